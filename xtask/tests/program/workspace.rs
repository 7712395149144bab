//! A small repository in a temporary folder, and runs of the built program in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

const MANIFEST: &str = "[package]\nname = \"generated-client\"\n\n[features]\ndefault = []\n\
    # @generated features\n# @generated end\n\n[dependencies]\n";

pub(crate) struct Workspace {
    folder: TempDir,
}

/// What a run said, and how it ended.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Every file by path, with its bytes and the time of its last change.
type Snapshot = BTreeMap<PathBuf, (Vec<u8>, SystemTime)>;

impl Workspace {
    /// A spec with one service and one group; nothing is generated yet.
    pub(crate) fn new() -> Self {
        let workspace = Self { folder: tempfile::tempdir().unwrap() };
        workspace.write("generated-client/Cargo.toml", MANIFEST);
        workspace.write(
            "generated-client/src/lib.rs",
            "//! Written by hand.\n// @generated services\n// @generated end\n",
        );
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/spec/descope");
        for file in ["openapi.yaml", "common.yaml", "oauth.yaml"] {
            let text = fs::read_to_string(spec.join(file)).unwrap();
            workspace.write(&format!("spec/descope/{file}"), &text);
        }
        workspace
    }

    /// The same after a first `regen`.
    pub(crate) fn regenerated() -> Self {
        let workspace = Self::new();
        let run = workspace.run(&["regen"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        workspace
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces the only occurrence of `old` in a file.
    pub(crate) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {path}");
        self.write(path, text.replace(old, new));
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let entries = WalkDir::new(self.folder.path()).into_iter().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| {
                let changed = entry.metadata().unwrap().modified().unwrap();
                let bytes = fs::read(entry.path()).unwrap();
                (entry.into_path(), (bytes, changed))
            })
            .collect()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(&mut self.command(arguments))
    }

    /// A run that isn't started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("--root").arg(self.folder.path()).args(arguments);
        command
    }

    /// Runs git in the folder, in a way that doesn't depend on the settings of the machine.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        for setting in ["user.name=A Person", "user.email=person@example.com", "commit.gpgsign=false"] {
            command.args(["-c", setting]);
        }
        let run = run(command.args(arguments).current_dir(self.folder.path()));
        assert_eq!(run.code, Some(0), "git {arguments:?}: {}", run.stderr);
    }

    /// Commits all files under a tag.
    pub(crate) fn commit(&self, tag: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", tag]);
        self.git(&["tag", tag]);
    }
}

pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
