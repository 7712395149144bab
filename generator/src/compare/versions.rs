//! Reads versions of the spec.

use std::collections::BTreeMap;
use std::{panic, thread};

use super::explained::Files;
use super::item::Item;
use super::{places, read_service};
use crate::bundle::Bundle;
use crate::fault::{Fault, Faults};
use crate::input::{Input, InputFile};
use crate::openapi::survey::Survey;
use crate::pipeline::{self, Faulty};
use crate::{bundle, emit};

/// One version of the spec, and the code that is generated from it.
#[derive(Clone, Debug, Default)]
pub struct Version {
    pub(super) items: Vec<Item>,
    /// The generated files.
    pub files: Files,
    /// The faults by today's rules that don't keep code from being generated. A version from before a rule may break it.
    pub faults: Vec<Fault>,
}

/// Reads a version; `inputs` are as [`generate`](crate::generate) takes them.
///
/// # Errors
///
/// The faults without which there is no API to compare.
pub fn read(inputs: &BTreeMap<String, impl InputFile>) -> Result<Version, Faults> {
    let read = |survey: &Survey<'_>| Some(read_service(bundle::bundle(survey)?));
    let (services, found) = pipeline::of_each(inputs, Faulty::Tolerated, read)?;
    let mut version = Version { faults: found.tolerated, ..Version::default() };
    for service in services {
        let (items, files) = service.map_err(|fault| Faults::new([fault]))?;
        version.items.extend(items);
        version.files.extend(files);
    }
    Ok(version)
}

fn read_service(mut bundle: Bundle<'_, '_>) -> Result<(Vec<Item>, Files), Fault> {
    let api = pipeline::model(&mut bundle)?;
    let mut items = read_service::items(&api);
    places::mark(&bundle, &api, &mut items);
    Ok((items, Files::from_iter(emit::emit(&api))))
}

/// Reads two versions at once: each service in a thread of its own, and one that is the same in both only once. What two
/// services may not have in common, such as a Cargo feature, isn't checked.
///
/// # Errors
///
/// For each version, the faults without which there is no API to compare.
pub fn read_both(
    old: BTreeMap<String, Input>,
    new: BTreeMap<String, Input>,
) -> (Result<Version, Faults>, Result<Version, Faults>) {
    let (old, new) = (by_service(old), by_service(new));
    let is_same = |name: &String| old.get(name) == new.get(name);
    thread::scope(|scope| {
        let start = |files| scope.spawn(move || read(files));
        let of_old: Vec<_> = old.iter().map(|(name, files)| (name, start(files))).collect();
        let others = new.iter().filter(|(name, _)| !is_same(name));
        let of_new: Vec<_> = others.map(|(name, files)| (name, start(files))).collect();
        let before = ended(of_old);
        let mut after = ended(of_new);
        after.extend(
            before.iter().filter(|(name, _)| is_same(name)).map(|(name, read)| (*name, read.clone())),
        );
        (joined(before), joined(after))
    })
}

/// The files of each service, by its name. What belongs to no service stands under the empty name.
fn by_service(inputs: BTreeMap<String, Input>) -> BTreeMap<String, BTreeMap<String, Input>> {
    let mut services: BTreeMap<String, BTreeMap<String, Input>> = BTreeMap::new();
    for (path, file) in inputs {
        let below = path.split_once('/').and_then(|(_, below)| below.split_once('/'));
        let service = below.map(|(service, _)| service.to_owned()).unwrap_or_default();
        services.entry(service).or_default().insert(path, file);
    }
    services
}

type Read = Result<Version, Faults>;

/// Waits for the threads. A panic in one of them goes on here.
fn ended<'a>(threads: Vec<(&'a String, thread::ScopedJoinHandle<'_, Read>)>) -> BTreeMap<&'a String, Read> {
    let read = threads
        .into_iter()
        .map(|(name, thread)| (name, thread.join().unwrap_or_else(|cause| panic::resume_unwind(cause))));
    read.collect()
}

/// All services as one version.
fn joined(services: BTreeMap<&String, Read>) -> Read {
    let mut version = Version::default();
    let mut faults = Vec::new();
    for read in services.into_values() {
        match read {
            Ok(service) => {
                version.items.extend(service.items);
                version.files.extend(service.files);
                version.faults.extend(service.faults);
            }
            Err(found) => faults.extend(found.iter().cloned()),
        }
    }
    if faults.is_empty() { Ok(version) } else { Err(Faults::new(faults)) }
}
