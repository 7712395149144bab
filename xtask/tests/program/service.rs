//! A third service costs its folder in `spec/` and nothing else: one is added to a copy of the workspace, called in every
//! way, and removed again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

use crate::server::Server;
use crate::workspace::run;

const SPEC: [(&str, &str); 2] = [
    ("openapi.yaml", include_str!("acme/spec/openapi.yaml")),
    ("gadgets.yaml", include_str!("acme/spec/gadgets.yaml")),
];

/// The sources of the workspace, in a folder of which the path is always the same, so that cargo builds it once.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third-service");
        if copy.exists() {
            fs::remove_dir_all(&copy).unwrap();
        }
        for folder in ["generator", "generated-client", "xtask", "spec"] {
            for file in files(&root.join(folder)) {
                let to = copy.join(file.strip_prefix(root).unwrap());
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(&file, to).unwrap();
            }
        }
        for file in ["Cargo.toml", "Cargo.lock", "README.md"] {
            fs::copy(root.join(file), copy.join(file)).unwrap();
        }
        Self(copy)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Every file with its bytes.
    fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        files(&self.0).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
    }

    fn regen(&self) -> String {
        let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let ended = run(xtask.arg("regen").arg("--root").arg(&self.0));
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    }

    /// Builds the programs of the client. The names of the programs are their own, because the folder for what is built
    /// is that of the workspace, where the dependencies are built already.
    fn build(&self) -> PathBuf {
        const MANIFEST: &str = "generated-client/Cargo.toml";
        let manifest = self.read(MANIFEST);
        assert!(manifest.contains("name = \"authctl\""));
        self.write(MANIFEST, &manifest.replace("name = \"authctl\"", "name = \"third-authctl\""));
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--offline", "-p", "generated-client", "--bins"]);
        cargo.args(["--no-default-features", "--features", "cli"]);
        let ended = run(cargo.current_dir(&self.0).env("CARGO_TARGET_DIR", target));
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        self.write(MANIFEST, &manifest);
        target.join("debug")
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

#[test]
fn a_third_service_costs_its_spec_folder() {
    let copy = Copy::new();
    let before = copy.snapshot();
    for (name, text) in SPEC {
        copy.write(&format!("spec/my-acme/{name}"), text);
    }
    let written = copy.regen();
    let written: Vec<&str> = written.lines().filter_map(|line| line.strip_prefix("written  ")).collect();
    assert_eq!(
        written,
        [
            "generated-client/Cargo.toml",
            "generated-client/src/my_acme/gadgets.rs",
            "generated-client/src/my_acme/mod.rs",
            "generated-client/src/lib.rs",
        ]
    );
    copy.write("generated-client/src/bin/third-caller.rs", include_str!("acme/caller.rs"));
    let programs = copy.build();
    typed_calls_and_calls_by_id(&programs.join("third-caller"));
    calls_of_the_program(&programs.join("third-authctl"));

    fs::remove_dir_all(copy.0.join("spec/my-acme")).unwrap();
    fs::remove_file(copy.0.join("generated-client/src/bin/third-caller.rs")).unwrap();
    copy.regen();
    let after = copy.snapshot();
    let differs = |path: &&PathBuf| before.get(*path) != after.get(*path);
    let changed: Vec<&PathBuf> = before.keys().chain(after.keys()).filter(differs).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

fn typed_calls_and_calls_by_id(caller: &Path) {
    let server = Server::start();
    let ended = run(Command::new(caller).arg(server.url()));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(
        ended.stdout.lines().collect::<Vec<_>>(),
        [
            "Some(\"anvil\")",
            "Some(\"anvil\")",
            "Some(\"anvil\")",
            "Some(\"anvil\")",
            "Some(\"anvil\")",
            "{\"name\":\"anvil\"}",
            "{\"name\":\"anvil\"}",
            "my-acme gadgets_by_key: the client carries no `api_key`, which the operation needs",
            "my-acme gadgets_base: 403 Forbidden, …: The gadget belongs to somebody else.; \
             Some(\"not-yours\"); Some(\"The gadget belongs to somebody else.\")",
        ]
    );
    assert_eq!(
        server.received(),
        [
            "GET /gadgets/first x-account: roadrunner",
            "GET /gadgets/bearer authorization: Bearer t.o.k",
            "GET /gadgets/basic authorization: Basic Y295b3RlOnMzY3JldA==",
            "GET /gadgets/header x-api-key: k1",
            "GET /gadgets/query?key=k%2F2",
            "GET /gadgets/bearer authorization: Bearer t.o.k",
            "GET /gadgets/basic authorization: Basic Y295b3RlOnMzY3JldA==",
            "GET /gadgets/first x-account: denied",
        ]
    );
}

fn calls_of_the_program(authctl: &Path) {
    let server = Server::start();
    let call = |operation: &str, more: &[&str]| {
        let mut command = Command::new(authctl);
        command.env_clear().env("MY_ACME_ACCOUNT", "roadrunner").env("MY_ACME_BASE_URL", server.url());
        command.env("MY_ACME_LOGIN", "coyote:s3cret").env("MY_ACME_API_KEY", "k1");
        let ended = run(command.args(["call", "my-acme", operation]).args(more));
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    };
    for operation in ["gadgets_base", "gadgets_by_login", "gadgets_by_key"] {
        assert_eq!(call(operation, &[]), "{\n  \"name\": \"anvil\"\n}\n");
    }
    for operation in ["gadgets_by_login", "gadgets_by_key", "gadgets_base"] {
        let shown = call(operation, &["--dry-run"]);
        let secrets = ["Y295b3RlOnMzY3JldA==", "k1", "roadrunner"];
        assert!(
            shown.contains("[secret]") && !secrets.iter().any(|secret| shown.contains(secret)),
            "{shown}"
        );
    }
    assert_eq!(
        server.received(),
        [
            "GET /gadgets/first x-account: roadrunner",
            "GET /gadgets/basic authorization: Basic Y295b3RlOnMzY3JldA==",
            "GET /gadgets/header x-api-key: k1",
        ]
    );
    let listed = run(Command::new(authctl).args(["list", "my-acme", "gadgets"]));
    assert!(listed.stdout.contains("gadgets_by_token"), "{}", listed.stdout);
    let help = run(Command::new(authctl).arg("--help"));
    assert!(help.stdout.contains("MY_ACME_USER_TOKEN"), "{}", help.stdout);
}
