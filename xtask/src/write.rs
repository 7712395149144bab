//! Carries out a plan.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::Builder;
use walkdir::WalkDir;

use crate::fault::Faults;
use crate::plan::{Change, Plan};
use crate::tree::{PACKAGE, SOURCES, SPEC};

/// The beginning of the name of a temporary file.
const TEMPORARY: &str = ".regen-";

/// Makes the changes one after the other. Each is atomic: whenever the run ends, a file is as it
/// was or as it is to be, and the next run of the same task does the rest. `again` says so in its words.
pub(crate) fn apply(root: &Path, plan: &Plan, again: &str) -> Result<(), Faults> {
    remove_temporary_files(root)?;
    for (done, change) in plan.changes.iter().enumerate() {
        make(root, change).map_err(|fault| {
            let all = plan.changes.len();
            fault.and(format!("{done} of {all} changes were made; {again}"))
        })?;
    }
    Ok(())
}

/// Removes the temporary files of runs that were killed before they could do it themselves.
fn remove_temporary_files(root: &Path) -> Result<(), Faults> {
    // The manifest lies beside the folder of the sources.
    let beside = WalkDir::new(root.join(PACKAGE)).max_depth(1);
    let within = [SOURCES, SPEC].into_iter().flat_map(|folder| WalkDir::new(root.join(folder)));
    // What can't be read has been reported already, since the plan was made from these folders.
    for file in beside.into_iter().chain(within).filter_map(Result::ok) {
        if file.file_type().is_file() && file.file_name().to_string_lossy().starts_with(TEMPORARY) {
            match fs::remove_file(file.path()) {
                Err(cause) if cause.kind() != ErrorKind::NotFound => {
                    return Err(Faults::io("remove", file.path().display(), &cause));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn make(root: &Path, change: &Change) -> Result<(), Faults> {
    let path = root.join(&change.path);
    match &change.new {
        Some(text) => replace(&path, text).map_err(|cause| Faults::io("write", &change.path, &cause)),
        None => remove(&path).map_err(|cause| Faults::io("remove", &change.path, &cause)),
    }
}

/// Writes a temporary file beside the file, and renames it over the file. Only so does a file system replace a file at
/// once.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY);
    share_with_others(&mut builder);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// By default only its owner can read a temporary file; a source file gets the permissions that the umask leaves.
#[cfg(unix)]
fn share_with_others(builder: &mut Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn share_with_others(_: &mut Builder<'_, '_>) {}

fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    if let Some(folder) = path.parent() {
        // This fails if the folder is not empty, and then the folder stays.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &str, new: Option<&str>) -> Change {
        Change { path: path.to_owned(), old: None, new: new.map(str::to_owned) }
    }

    fn plan(changes: Vec<Change>) -> Plan {
        Plan { changes, unchanged: 0 }
    }

    #[test]
    fn files_and_folders_come_and_go() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("old")).unwrap();
        fs::write(root.path().join("old/a.rs"), "a").unwrap();
        let changes = vec![change("new/deep/b.rs", Some("b")), change("old/a.rs", None)];
        apply(root.path(), &plan(changes), "run it again").unwrap();
        assert_eq!(fs::read_to_string(root.path().join("new/deep/b.rs")).unwrap(), "b");
        assert!(!root.path().join("old").exists());
        let left: Vec<_> = fs::read_dir(root.path().join("new/deep")).unwrap().collect();
        assert_eq!(left.len(), 1, "a temporary file stays behind");
    }

    #[test]
    fn the_temporary_files_of_a_run_that_was_killed_are_removed() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("generated-client/src/descope");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.path().join("spec/acme")).unwrap();
        let in_spec = "../../../spec/acme/.regen-d4e5f6";
        let files = ["../../.regen-x1y2z3", ".regen-a1b2c3", in_spec, ".hidden", "oauth.rs"];
        for file in files {
            fs::write(folder.join(file), "half").unwrap();
        }
        apply(root.path(), &plan(Vec::new()), "").unwrap();
        let left = files.map(|file| folder.join(file).exists());
        assert_eq!(left, [false, false, false, true, true]);
    }

    #[cfg(unix)]
    #[test]
    fn a_written_file_can_be_read_by_others() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("by-umask"), "").unwrap();
        apply(root.path(), &plan(vec![change("ours", Some(""))]), "").unwrap();
        let mode = |name| fs::metadata(root.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("ours"), mode("by-umask"));
    }

    #[test]
    fn a_failure_says_which_file_and_how_far_it_got() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("b")).unwrap();
        fs::write(root.path().join("b/inside"), "").unwrap();
        let changes = vec![change("a", Some("a")), change("b", Some("b"))];
        let message = apply(root.path(), &plan(changes), "run it again").unwrap_err().to_string();
        assert!(message.starts_with("error: cannot write b: "), "{message}");
        assert!(message.ends_with("1 of 2 changes were made; run it again\n"));
        assert_eq!(fs::read_to_string(root.path().join("a")).unwrap(), "a");
    }
}
