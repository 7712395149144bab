//! Invites users, who sign in for the first time with the link that they get.

use super::details::draft;
use super::lookup::text;
use crate::descope::errors::ServiceError;
use crate::descope::model::channels::Channel;
use crate::descope::model::identity::Identity;
use crate::descope::model::links::LinkUse;
use crate::descope::model::options::SignInOptions;
use crate::descope::recipients::Recipient;
use crate::descope::state::Descope;
use serde_json::{Value, json};

/// Makes the user whom a body describes, and sends a link as the body of the invitation asks. A user whom the body names by the
/// user ID is invited again. Gives the ID, and whether the user is new.
pub(super) fn invite(
    state: &mut Descope,
    body: &Value,
    invitation: &Value,
) -> Result<(String, bool), ServiceError> {
    let login_id = text(body, "loginId").to_owned();
    let channel = match invitation.get("sendSMS") == Some(&json!(true)) {
        true => Channel::Sms,
        false => Channel::Email,
    };
    // What the link needs comes first, so that a user is made only if the invitation can be sent.
    let page = state.page(Some(text(invitation, "inviteUrl")))?;
    let (user_id, address, is_new) = match state.users.get(&login_id) {
        Some(known) => (known.id.clone(), channel.address_of(known, &login_id, false)?, false),
        None => {
            let (mut user, login_ids) = draft(state, body, false)?;
            let address = channel.address_of(&user, &login_id, false)?;
            let user_id = user.id.clone();
            user.status = "invited".to_owned();
            state.users.add(user, &login_ids)?;
            (user_id, address, true)
        }
    };
    let identity = Identity::Known(user_id.clone());
    let recipient = Recipient { login_id, channel, address, identity, options: SignInOptions::default() };
    let link = state.make_link(&recipient, &page, LinkUse::Magic);
    state.tools.outbox.send(channel.message(&recipient.address, "invite").link(link));
    Ok((user_id, is_new))
}
