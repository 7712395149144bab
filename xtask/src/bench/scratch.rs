//! Files of the benchmark and of other long tasks. They can be deleted at any time.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use fs4::{FileExt, TryLockError};
use walkdir::WalkDir;

use crate::fault::Faults;

/// Locks a folder until the result is dropped. Two benchmarks at once would disturb each other, in what they
/// measure and in their files.
pub(super) fn lock(folder: &Path) -> Result<File, Faults> {
    let path = folder.join("lock");
    let fault = |cause: io::Error| Faults::io("lock", path.display(), &cause);
    fs::create_dir_all(folder).map_err(fault)?;
    let file = File::create(&path).map_err(fault)?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Faults::new("another benchmark is running in this repository; wait for its end"))
        }
        Err(TryLockError::Error(cause)) => Err(fault(cause)),
    }
}

/// Writes a file, and the folders that it is in.
pub(crate) fn write(path: &Path, content: &(impl AsRef<[u8]> + ?Sized)) -> Result<(), Faults> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, content));
    written.map_err(|cause| Faults::io("write", path.display(), &cause))
}

pub(crate) fn read(path: &Path) -> Result<String, Faults> {
    fs::read_to_string(path).map_err(|cause| Faults::io("read", path.display(), &cause))
}

/// Removes a folder and everything in it, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), Faults> {
    match fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != ErrorKind::NotFound => {
            Err(Faults::io("remove", folder.display(), &cause))
        }
        _ => Ok(()),
    }
}

/// The files under a folder, sorted.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, Faults> {
    let unreadable = |error: walkdir::Error| Faults::io("read", folder.display(), &error.into());
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    let files = entries.filter(|entry| entry.as_ref().map_or(true, |entry| !entry.file_type().is_dir()));
    files.map(|entry| entry.map(walkdir::DirEntry::into_path).map_err(unreadable)).collect()
}

/// Copies the files of a folder into another one.
pub(super) fn copy(from: &Path, to: &Path) -> Result<(), Faults> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        write(&target, &read(&file)?)?;
    }
    Ok(())
}

/// Copies a file, unless the target is as new.
pub(super) fn copy_newer(from: &Path, to: &Path) -> Result<(), Faults> {
    let changed = |path: &Path| fs::metadata(path).and_then(|metadata| metadata.modified());
    match (changed(from), changed(to)) {
        (Ok(source), Ok(target)) if source <= target => Ok(()),
        _ => write(to, &read(from)?),
    }
}

/// Makes a file look changed.
pub(super) fn touch(path: &Path) -> Result<(), Faults> {
    let touched =
        || -> io::Result<()> { File::options().append(true).open(path)?.set_modified(SystemTime::now()) };
    touched().map_err(|cause| Faults::io("touch", path.display(), &cause))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_copied_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |path: &str| folder.path().join(path);
        write(&path("a/b/c.rs"), "c").unwrap();
        write(&path("a/d.rs"), "d").unwrap();
        copy(&path("a"), &path("copy")).unwrap();
        assert_eq!(files(&path("copy")).unwrap(), [path("copy/b/c.rs"), path("copy/d.rs")]);
        assert_eq!(read(&path("copy/b/c.rs")).unwrap(), "c");
        remove(&path("copy")).unwrap();
        remove(&path("copy")).unwrap();
        assert!(!path("copy").exists());
    }

    #[test]
    fn a_folder_is_held_once_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = lock(folder.path()).unwrap();
        let message = lock(folder.path()).unwrap_err().to_string();
        assert!(message.starts_with("error: another benchmark is running"), "{message}");
        drop(held);
        lock(folder.path()).unwrap();
    }

    #[test]
    fn a_copy_that_is_as_new_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = |path: &str| folder.path().join(path);
        write(&path("from"), "old").unwrap();
        copy_newer(&path("from"), &path("to")).unwrap();
        assert_eq!(read(&path("to")).unwrap(), "old");
        write(&path("to"), "grown").unwrap();
        copy_newer(&path("from"), &path("to")).unwrap();
        assert_eq!(read(&path("to")).unwrap(), "grown");
    }
}
