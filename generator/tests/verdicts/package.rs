//! A package whose library is generated code with the runtime of the client, and whose program is made of many small ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::folders::{Files, package};

const LIBRARY: &str = "#![allow(warnings)]\n\
    #[path = \"{runtime}\"]\npub mod runtime;\n\
    pub use runtime::{JsonText, Nullable, Secret, Timestamp};\n\
    pub(crate) const KNOWN_WORDS: &[&[&str]] = &[];\n";

/// A small program, and the code that it is compiled with.
pub(crate) struct Program {
    pub(crate) row: String,
    pub(crate) text: String,
    pub(crate) code: Code,
}

/// The code of a spec, which is a module of the library.
#[derive(Clone)]
pub(crate) struct Code {
    module: String,
    services: BTreeSet<String>,
}

/// The package while it is put together.
pub(crate) struct Package {
    folder: PathBuf,
    specs: BTreeMap<Files, Code>,
    features: BTreeSet<String>,
    library: String,
}

impl Package {
    /// A package without code, in the folder for files of tests.
    pub(crate) fn new() -> Self {
        let runtime = package().join("../generated-client/src/runtime/mod.rs");
        let library = LIBRARY.replace("{runtime}", &runtime.display().to_string());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("verdicts");
        Self { folder, specs: BTreeMap::new(), features: BTreeSet::new(), library }
    }

    /// Adds the generated code of a spec, unless it is there already.
    pub(crate) fn add(&mut self, spec: &Files) -> Code {
        if let Some(code) = self.specs.get(spec) {
            return code.clone();
        }
        let module = format!("spec_{}", self.specs.len());
        let mut services = BTreeSet::new();
        let output = generator::generate(spec).unwrap_or_else(|faults| panic!("{faults}"));
        for path in spec.keys() {
            let parts: Vec<&str> = path.trim_end_matches(".yaml").split('/').collect();
            services.insert(parts[1].to_owned());
            self.features.insert(format!("{}-{}", parts[1], parts[2]));
        }
        for (path, text) in output.files.iter() {
            let Some(path) = path.strip_prefix("generated-client/src/") else { continue };
            if services.contains(path.split('/').next().unwrap()) {
                self.write_file(&format!("src/{module}/{path}"), text);
            }
        }
        _ = writeln!(self.library, "pub mod {module} {{");
        for service in &services {
            let file = self.folder.join(format!("src/{module}/{service}/mod.rs"));
            _ = writeln!(self.library, "    #[path = {file:?}]\n    pub mod {service};");
        }
        self.library.push_str("}\n");
        self.add_hand_written(spec, &module);
        let code = Code { module, services };
        self.specs.insert(spec.clone(), code.clone());
        code
    }

    /// Adds the hand-written code that the generated code of a service expects. Only one spec may expect any.
    fn add_hand_written(&mut self, spec: &Files, module: &str) {
        let path = spec.iter().find(|(_, text)| text.contains("x-hand-written: true")).map(|(path, _)| path);
        let Some(service) = path.and_then(|path| path.split('/').nth(1)) else { return };
        let (initial, rest) = service.split_at(1);
        let marker = format!("crate::{module}::{service}::{}{rest}", initial.to_uppercase());
        _ = writeln!(
            self.library,
            "mod services {{\n    pub mod {service} {{\n        pub const BY_HAND: bool = true;\n        \
             impl crate::runtime::Conventions for {marker} {{}}\n    }}\n}}"
        );
    }

    /// Writes what cargo needs. The dependencies are those of the package that compiles the generator's cases.
    pub(crate) fn write(&self) {
        let cases = fs::read_to_string(package().join("tests/compiled/Cargo.toml")).unwrap();
        let from = cases.find("[features]\n").unwrap() + "[features]\n".len();
        let dependencies = &cases[from..cases.find("[dev-dependencies]").unwrap()];
        let groups: String = self.features.iter().map(|group| format!("{group} = []\n")).collect();
        let manifest = format!(
            "[package]\nname = \"verdicts\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [features]\n{groups}{dependencies}"
        );
        self.write_file("Cargo.toml", &manifest);
        self.write_file("Cargo.lock", &fs::read_to_string(package().join("../Cargo.lock")).unwrap());
        self.write_file("src/lib.rs", &self.library);
    }

    /// Compiles programs, and gives the first error of each that fails.
    pub(crate) fn check(&self, programs: &[&Program]) -> BTreeMap<String, String> {
        let mut main = "#![allow(warnings)]\nfn main() {}\n".to_owned();
        for Program { row, text, code: Code { module, services } } in programs {
            let services: Vec<&str> = services.iter().map(String::as_str).collect();
            let text = format!(
                "use verdicts::{module}::{{{}}};\n\
                 async fn program() -> Result<(), Box<dyn std::error::Error>> {{\n{text}Ok(())\n}}\n",
                services.join(", ")
            );
            self.write_file(&format!("src/programs/{row}.rs"), &text);
            _ = writeln!(main, "#[path = \"programs/{row}.rs\"]\nmod row_{};", row.replace('-', "_"));
        }
        self.write_file("src/main.rs", &main);
        errors(&self.cargo_check())
    }

    /// The messages of the compiler as lines of JSON. Without the default features, each type has what it has in every build.
    fn cargo_check(&self) -> String {
        let features: Vec<&str> = self.features.iter().map(String::as_str).collect();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--message-format=json"])
            .args(["--no-default-features", "--features", &features.join(",")])
            .arg("--target-dir")
            .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
            .current_dir(&self.folder)
            .output()
            .unwrap();
        let messages = String::from_utf8(output.stdout).unwrap();
        let has_error = messages.contains("\"level\":\"error\"");
        assert!(output.status.success() || has_error, "{}", String::from_utf8_lossy(&output.stderr));
        messages
    }

    /// Leaves a file alone that says this already, so that cargo compiles nothing twice.
    fn write_file(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The first error of each program that has one. An error elsewhere is a fault of the test.
fn errors(messages: &str) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).unwrap();
        let message = &message["message"];
        let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        if message["level"] != "error" || spans.is_empty() {
            continue;
        }
        let row = spans
            .iter()
            .find_map(|span| span["file_name"].as_str()?.strip_prefix("src/programs/")?.strip_suffix(".rs"));
        let row = row.unwrap_or_else(|| panic!("{}", message["rendered"].as_str().unwrap()));
        let text = message["message"].as_str().unwrap();
        errors.entry(row.to_owned()).or_insert_with(|| text.to_owned());
    }
    errors
}
