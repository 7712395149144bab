//! What is wrong with a JSON value, and where.

use std::fmt;

use super::secret::Secret;
use super::shape::{EnumShape, ObjectShape, Shape};
use super::violation::Violation;

/// A place where a value doesn't match its shape. `Debug` and `Display` show nothing of the value but the names in its objects.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The way to the place, the outermost step first.
    pub path: Vec<Step>,
    /// What is wrong there.
    pub problem: Problem,
}

/// A step on the way to a part of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// To a member of an object of a declared type.
    Member(&'static str),
    /// To a value of a map, or to a member that is not declared.
    Key(String),
    /// To an item of a list.
    Item(usize),
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// It should have this shape.
    WrongShape(Shape),
    /// It, the text here, is none of the known values of the enum. Of an open enum it may still be right.
    NotInEnum(EnumShape, Secret),
    /// A value breaks its limits.
    OutsideLimits(Violation),
    /// It is a member, of this name, that its object does not have.
    UnknownMember(ObjectShape, String),
    /// It is required and absent.
    Missing,
    /// It is null, which is not accepted here.
    Null,
    /// It is a member that only responses have.
    ReadOnly,
    /// It has none of the shapes of a choice, which is this shape.
    NoForm(Shape),
}

impl Mismatch {
    /// The names of the declared members on the way.
    pub(crate) fn members(&self) -> Vec<&'static str> {
        let member = |step: &Step| match step {
            Step::Member(name) => Some(*name),
            Step::Key(_) | Step::Item(_) => None,
        };
        self.path.iter().filter_map(member).collect()
    }
}

/// The path as in `user.loginIds[0]`.
impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, step) in self.path.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            match step {
                Step::Member(name) => write!(f, "{dot}{name}")?,
                Step::Key(name) => write!(f, "{dot}{name}")?,
                Step::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl Mismatch {
    /// Whether the value may be right in spite of the mismatch.
    #[must_use]
    pub fn is_doubt(&self) -> bool {
        matches!(&self.problem, Problem::NotInEnum(of, _) if of.is_open)
    }

    pub(super) fn under(mut self, path: &[Step]) -> Self {
        let mut whole = path.to_vec();
        whole.append(&mut self.path);
        self.path = whole;
        self
    }
}
