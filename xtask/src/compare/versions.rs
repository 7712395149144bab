//! The files of a version: from the working tree or a folder, or from a revision of git.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use generator::Input;

use crate::fault::Faults;
use crate::tree;

/// Where a version comes from.
#[derive(Debug)]
pub(super) struct Source {
    /// How it is called in what is printed.
    pub(super) label: String,
    from: From,
}

#[derive(Debug)]
enum From {
    Folder(PathBuf),
    Revision { root: PathBuf, commit: String },
}

/// The names that the default branch may have, in the order in which they are looked for.
const DEFAULT_BRANCHES: &[&str] = &["origin/HEAD", "origin/main", "main", "origin/master", "master"];

impl Source {
    /// A folder with a spec in it, or else a revision.
    pub(super) fn named(root: &Path, name: &str) -> Result<Self, Faults> {
        let folder = PathBuf::from(name);
        if folder.join("spec").is_dir() {
            return Ok(Self { label: format!("`{name}`"), from: From::Folder(folder) });
        }
        let Some(commit) = resolve(root, name)? else {
            return Err(Faults::new(format_args!(
                "`{name}` is neither a revision of git nor a folder with a `spec` in it"
            )));
        };
        Ok(Self { label: format!("`{name}`"), from: From::Revision { root: root.to_owned(), commit } })
    }

    /// The last commit that the working tree and the default branch have in common.
    pub(super) fn merge_base(root: &Path) -> Result<Self, Faults> {
        for branch in DEFAULT_BRANCHES {
            if resolve(root, branch)?.is_some() {
                let commit = common_commit(root, branch)?;
                let short: String = commit.chars().take(10).collect();
                return Ok(Self {
                    label: format!("`{short}`"),
                    from: From::Revision { root: root.to_owned(), commit },
                });
            }
        }
        Err(Faults::new(
            "there is no branch `main` or `master` to compare with; fetch it, or name the old version, as in `cargo xtask \
             diff HEAD~1`",
        ))
    }

    /// The working tree.
    pub(super) fn working_tree(root: &Path) -> Self {
        Self { label: "the working tree".to_owned(), from: From::Folder(root.to_owned()) }
    }

    /// The folder that holds all files of the version. Those of a revision are written into `to`.
    pub(super) fn folder(&self, to: &Path) -> Result<PathBuf, Faults> {
        match &self.from {
            From::Folder(folder) => Ok(folder.clone()),
            From::Revision { root, commit } => {
                let files = unpacked(&git(root, &["archive", "--format=tar", commit])?);
                replace(to, &files).map_err(|cause| Faults::io("write", to.display(), &cause))?;
                Ok(to.to_owned())
            }
        }
    }

    /// The files under `spec/`.
    pub(super) fn spec(&self) -> Result<BTreeMap<String, Input>, Faults> {
        match &self.from {
            From::Folder(folder) => tree::spec(folder)
                .map_err(|faults| faults.and(format!("error: {} can't be read", self.label))),
            From::Revision { root, commit } => {
                let files = in_commit(root, commit, "spec")?;
                let is_spec = |path: &String| {
                    !path.ends_with(".md") && !path.rsplit('/').any(|part| part.starts_with('.'))
                };
                let files = files.into_iter().filter(|(path, _)| is_spec(path));
                let files: BTreeMap<String, Input> =
                    files.map(|(path, bytes)| (path, Input::Read(bytes))).collect();
                if files.is_empty() {
                    return Err(Faults::new(format_args!("there is no file under spec/ in {}", self.label)));
                }
                Ok(files)
            }
        }
    }

    /// The generated code as it was checked in, of the services that `made` has.
    pub(super) fn generated(
        &self,
        made: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, Faults> {
        let folders: BTreeSet<&str> = made.keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
        let mut files = BTreeMap::new();
        for folder in folders {
            match &self.from {
                From::Folder(root) => {
                    for path in made.keys().filter(|path| path.starts_with(folder)) {
                        if let Ok(text) = fs::read_to_string(root.join(path)) {
                            files.insert(path.clone(), text);
                        }
                    }
                }
                From::Revision { root, commit } => {
                    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                    let found = in_commit(root, commit, folder)?.into_iter();
                    files.extend(found.map(|(path, bytes)| (path, text(bytes))));
                }
            }
        }
        Ok(files)
    }
}

/// Makes a folder hold these files and no others.
fn replace(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
        _ => {}
    }
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

/// The commit that a revision names; `None` if there is no such revision.
fn resolve(root: &Path, name: &str) -> Result<Option<String>, Faults> {
    if name.starts_with('-') {
        return Ok(None);
    }
    found(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")])
}

/// The last commit that a branch and the one that is checked out have in common.
fn common_commit(root: &Path, branch: &str) -> Result<String, Faults> {
    found(root, &["merge-base", branch, "HEAD"])?.ok_or_else(|| {
        Faults::new(format_args!(
            "no commit is known that `{branch}` and the one that is checked out have in common; fetch the whole history, \
             or name the old version, as in `cargo xtask diff HEAD~1`"
        ))
    })
}

/// What git finds; `None` if it finds nothing, which it says by the exit code 1. Every other code is a fault.
fn found(root: &Path, arguments: &[&str]) -> Result<Option<String>, Faults> {
    let output = start(root, arguments)?;
    match output.status.code() {
        Some(0) => Ok(Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())),
        Some(1) => Ok(None),
        _ => Err(refused(&output)),
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, Faults> {
    let output = start(root, arguments)?;
    if output.status.success() { Ok(output.stdout) } else { Err(refused(&output)) }
}

fn start(root: &Path, arguments: &[&str]) -> Result<Output, Faults> {
    let output = Command::new("git").current_dir(root).args(arguments).output();
    output.map_err(|cause| Faults::io("run", "git", &cause).and(TWO_FOLDERS))
}

/// The fault of a run of git that failed, with what git printed.
fn refused(output: &Output) -> Faults {
    let said = String::from_utf8_lossy(&output.stderr);
    Faults::new(format_args!("git: {}", said.trim())).and(TWO_FOLDERS)
}

const TWO_FOLDERS: &str =
    "help: revisions are read with git; without it, name two folders that have a `spec` in them";

/// The files of a commit below a folder, by their paths. One run of `git archive` gives all of them.
fn in_commit(root: &Path, commit: &str, folder: &str) -> Result<BTreeMap<String, Vec<u8>>, Faults> {
    let listed = git(root, &["ls-tree", "-d", "--name-only", commit, folder])?;
    if listed.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(unpacked(&git(root, &["archive", "--format=tar", commit, folder])?))
}

/// The files in an archive of tar: blocks of 512 bytes, a header before the content of each file.
fn unpacked(archive: &[u8]) -> BTreeMap<String, Vec<u8>> {
    const BLOCK: usize = 512;
    let mut files = BTreeMap::new();
    let mut rest = archive;
    while let Some((header, after)) = rest.split_at_checked(BLOCK) {
        let text = |from: usize, to: usize| {
            let field = header.get(from..to).unwrap_or_default();
            let field = field.split(|byte| *byte == 0).next().unwrap_or_default();
            String::from_utf8_lossy(field).trim().to_owned()
        };
        let size = usize::from_str_radix(&text(124, 136), 8).unwrap_or_default();
        let (name, prefix) = (text(0, 100), text(345, 500));
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let is_file = header.get(156).is_some_and(|kind| *kind == b'0');
        if is_file && let Some(content) = after.get(..size) {
            files.insert(path, content.to_vec());
        }
        rest = after.get(size.div_ceil(BLOCK) * BLOCK..).unwrap_or_default();
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_an_archive_are_found() {
        let mut archive = Vec::new();
        for (name, kind, content) in [("spec/", b'5', ""), ("spec/a.yaml", b'0', "a: 1\n")] {
            let mut header = [0_u8; 512];
            header[..name.len()].copy_from_slice(name.as_bytes());
            let size = format!("{:011o}", content.len());
            header[124..135].copy_from_slice(size.as_bytes());
            header[156] = kind;
            archive.extend(header);
            let mut block = content.as_bytes().to_vec();
            block.resize(content.len().div_ceil(512) * 512, 0);
            archive.extend(block);
        }
        archive.extend([0; 1024]);
        assert_eq!(unpacked(&archive), BTreeMap::from([("spec/a.yaml".to_owned(), b"a: 1\n".to_vec())]));
        assert!(unpacked(&archive[..300]).is_empty());
    }
}
