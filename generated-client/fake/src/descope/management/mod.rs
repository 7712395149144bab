//! What a backend administers with a management key.

mod access_keys;
mod attributes;
mod batch;
mod company;
mod details;
mod invitation;
mod jwt;
mod lookup;
mod permission;
mod role;
mod sso_link;
mod tenant;
mod test_user;
mod user;
mod user_batch;
mod user_credential;
mod user_import;
mod user_search;
mod user_update;

use super::state::Descope;
use crate::service::Behaviour;

/// What the operations do, by their ids.
pub(super) fn behaviours() -> Vec<(&'static str, Behaviour<Descope>)> {
    [
        access_keys::BEHAVIOURS,
        attributes::BEHAVIOURS,
        company::BEHAVIOURS,
        jwt::BEHAVIOURS,
        permission::BEHAVIOURS,
        role::BEHAVIOURS,
        sso_link::BEHAVIOURS,
        tenant::BEHAVIOURS,
        test_user::BEHAVIOURS,
        user::BEHAVIOURS,
        user_batch::BEHAVIOURS,
        user_credential::BEHAVIOURS,
        user_import::BEHAVIOURS,
        user_search::BEHAVIOURS,
        user_update::BEHAVIOURS,
    ]
    .concat()
}

/// Why operations have no behaviour, although others of their groups have one.
pub(super) const LEFT_OUT: &[(&str, &str)] = &[
    (
        "tenant_remove_sso_user",
        "The vendor's texts contradict each other about what it removes, and no SDK calls it.",
    ),
    ("user_update_add_families", NO_FAMILIES),
    ("user_update_remove_families", NO_FAMILIES),
];

const NO_FAMILIES: &str =
    "The fake has no families, as the operations of the group `family` have no behaviour.";
