//! The memory of this process, as Linux shows it in `/proc/self`.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use super::canaries::{Canary, TAIL};

const CHUNK: usize = 1 << 20;

/// What is needed to read the memory. It is made before the secrets are, so that reading takes no memory that held them.
pub(crate) struct Memory {
    file: File,
    chunk: Vec<u8>,
    maps: String,
}

impl Memory {
    pub(crate) fn open() -> Self {
        Self {
            file: File::open("/proc/self/mem").unwrap(),
            chunk: vec![0; CHUNK],
            maps: String::with_capacity(CHUNK),
        }
    }

    /// How often each of these stands in memory that the process can write to, freed memory included.
    pub(crate) fn count(&mut self, canaries: &[Canary]) -> Vec<usize> {
        self.maps.clear();
        File::open("/proc/self/maps").unwrap().read_to_string(&mut self.maps).unwrap();
        let mut found = vec![0; canaries.len()];
        for (start, end) in self.maps.lines().filter_map(writable) {
            let mut at = start;
            while at < end {
                let length = CHUNK.min(usize::try_from(end - at).unwrap());
                self.file.seek(SeekFrom::Start(at)).unwrap();
                let chunk = &mut self.chunk[..length];
                if self.file.read_exact(chunk).is_err() {
                    break;
                }
                search(chunk, canaries, &mut found);
                // What begins near the end of a chunk is found in the next one.
                at += if length == CHUNK { (CHUNK - TAIL) as u64 } else { length as u64 };
            }
            self.chunk.fill(0);
        }
        found
    }
}

fn search(chunk: &[u8], canaries: &[Canary], found: &mut [usize]) {
    let mut firsts = [false; 256];
    canaries.iter().for_each(|canary| firsts[usize::from(canary.first())] = true);
    for (at, byte) in chunk.iter().enumerate() {
        if firsts[usize::from(*byte)] {
            for (canary, found) in canaries.iter().zip(&mut *found) {
                *found += usize::from(canary.begins(&chunk[at..]));
            }
        }
    }
}

/// The range of addresses of a line of `maps`, if it can be written to and is no file.
fn writable(line: &str) -> Option<(u64, u64)> {
    let mut words = line.split_whitespace();
    let (range, flags, inode) = (words.next()?, words.next()?, words.nth(2)?);
    let (start, end) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    (flags.starts_with("rw") && inode == "0").then_some((number(start)?, number(end)?))
}
