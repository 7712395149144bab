//! A group of the depot, as the generator would write it.

use super::{Carries, Client, Depot};
use crate::runtime::codegen::*;

group! {
    /// The boxes in the depot.
    pub struct Boxes("boxes");

    pub fn open(&self) -> Call<op::BoxesOpen> {
        //! Open a box.
        #![request(POST "/boxes/open")]
        #![retry(never)]
        #![example(depot)]
        //! client.boxes().open().send().await?;
        self.client.call(())
    }
}

operations! {
    pub enum BoxesOpen: Depot -> Text<String> {
        Spec::post("boxes_open", "/boxes/open");
    }
}

#[cfg(feature = "test-util")]
examples! {
    boxes_open: BoxesOpen = 200 text "the lid is up",
}

pub(super) const KNOWN_WORDS: &str = "lid";
