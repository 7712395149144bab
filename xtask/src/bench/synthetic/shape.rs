//! The numbers of operations, schemas and parameters, and their spread over the groups.

use std::ops::Range;

use super::cycle::cycle;
use super::words;

/// Operations of the model, which all numbers below belong to.
pub(super) const OPERATIONS: usize = 459;

/// Operations that read. They have parameters and no body.
pub(super) const READING: usize = 84;
/// One operation in this many of the others has parameters.
pub(super) const WRITING_FOR_ONE_WITH_PARAMETERS: usize = 20;

/// Schemas of bodies.
const BODIES: usize = 289;
/// Schemas inside of bodies only.
const SETTINGS: usize = 71;
/// Schemas of responses.
const RESPONSES: usize = 205;
/// Schemas inside of responses only.
const DETAILS: usize = 90;
/// Schemas inside of bodies and responses. With the five that all groups share, the sum is 741.
const RULES: usize = 81;

const OPERATIONS_OF_A_GROUP: usize = 12;

/// Members of the schemas of bodies, one after the other. Most have few; [`members_of_body`] adds the large ones.
const OF_BODIES: [usize; 20] = [1, 2, 6, 1, 3, 10, 1, 2, 4, 1, 5, 2, 17, 1, 3, 2, 5, 1, 5, 4];
/// Members of the schemas of responses, and of those inside of them.
const OF_RESPONSES: [usize; 10] = [1, 2, 1, 6, 1, 3, 1, 2, 14, 1];
/// Members of all other schemas.
const OF_PARTS: [usize; 10] = [2, 4, 1, 9, 3, 6, 2, 15, 1, 8];
/// Parameters of the operations that have some.
const PARAMETERS: [usize; 10] = [1, 1, 2, 1, 9, 1, 4, 1, 1, 28];

/// A group of operations, and how many schemas it has of each kind.
#[derive(Debug, PartialEq)]
pub(super) struct Group {
    pub(super) name: String,
    /// Its operations, among those of the document.
    pub(super) operations: Range<usize>,
    pub(super) bodies: Range<usize>,
    pub(super) settings: Range<usize>,
    pub(super) responses: Range<usize>,
    pub(super) details: Range<usize>,
    pub(super) rules: Range<usize>,
}

/// Groups of about the same size.
pub(super) fn groups(operations: usize) -> Vec<Group> {
    let count = operations.div_ceil(OPERATIONS_OF_A_GROUP).max(1);
    let bound = |index: usize| operations * index / count;
    (0..count).map(|index| group(words::group(index), bound(index)..bound(index + 1))).collect()
}

fn group(name: String, operations: Range<usize>) -> Group {
    let share = |total| share(total, operations.start)..share(total, operations.end);
    Group {
        name,
        bodies: share(BODIES),
        settings: share(SETTINGS),
        responses: share(RESPONSES),
        details: share(DETAILS),
        rules: share(RULES),
        operations,
    }
}

/// How many of `total` things the operations before this one have.
fn share(total: usize, operation: usize) -> usize {
    total * operation / OPERATIONS
}

/// Whether the operation is one of `total`, which are spread evenly.
pub(super) fn is_one_of(total: usize, operation: usize) -> bool {
    share(total, operation) < share(total, operation + 1)
}

/// The members of a body; the model has three bodies with 37.
pub(super) fn members_of_body(index: usize) -> usize {
    if index % 96 == 95 { 37 } else { cycle(&OF_BODIES, index) }
}

pub(super) fn members_of_response(index: usize) -> usize {
    cycle(&OF_RESPONSES, index)
}

pub(super) fn members_of_part(index: usize) -> usize {
    cycle(&OF_PARTS, index)
}

/// The parameters of an operation that has some.
pub(super) fn parameters(index: usize) -> usize {
    cycle(&PARAMETERS, index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_share_what_the_model_has() {
        let groups = groups(OPERATIONS);
        let sum = |of: fn(&Group) -> &Range<usize>| groups.iter().map(|group| of(group).len()).sum::<usize>();
        assert_eq!(sum(|group| &group.operations), OPERATIONS);
        assert_eq!(sum(|group| &group.bodies), BODIES);
        assert_eq!(sum(|group| &group.rules), RULES);
        assert!(groups.iter().all(|group| (11..=12).contains(&group.operations.len())));
    }

    #[test]
    fn one_of_is_spread_evenly() {
        let reading: Vec<usize> =
            (0..OPERATIONS).filter(|operation| is_one_of(READING, *operation)).collect();
        assert_eq!(reading.len(), READING);
        assert!(reading.windows(2).all(|pair| matches!(pair[1] - pair[0], 5 | 6)));
    }
}
