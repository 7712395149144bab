//! The task `drift`: what the spec and the vendor's document don't have in common.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::Faults;
use crate::findings::Format;
use crate::lint::{known, report};
use crate::regen::Report;
use crate::tree;

/// Compares the services with the vendor's documents.
pub(crate) fn run(
    root: &Path,
    documents: &[PathBuf],
    service: Option<&str>,
    format: Format,
) -> Result<Report, Faults> {
    let spec = tree::spec(root)?;
    if let Some(service) = service {
        known(service, spec.keys())?;
    }
    let mut read: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for path in documents {
        let bytes = fs::read(path).map_err(|cause| Faults::io("read", path.display(), &cause))?;
        read.insert(path.display().to_string(), bytes);
    }
    match generator::drift(&spec, &read, service) {
        Ok(findings) => Ok(report(&findings, format)),
        Err(faults) => Ok(Report {
            text: format.print(&(&faults).into()),
            complaint: "nothing was compared\n".to_owned(),
        }),
    }
}
