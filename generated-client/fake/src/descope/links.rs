//! What magic links and enchanted links have in common: how they are made.

use super::errors::{ServiceError, error};
use super::model::identity::Identity;
use super::model::links::{Link, LinkUse};
use super::recipients::Recipient;
use super::state::Descope;
use crate::random;
use crate::request::Request;
use crate::urls::with_query;

impl Descope {
    /// The page that a call wants a browser to be led to, or the project's. Its domain has to be approved.
    pub(super) fn page(&self, wanted: Option<&str>) -> Result<String, ServiceError> {
        let Some(url) = wanted.filter(|url| !url.is_empty()) else {
            return Ok(self.settings.default_redirect_url.clone());
        };
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        let approved = &self.settings.approved_domains;
        if approved.is_empty() || approved.iter().any(|domain| domain == host) {
            Ok(url.to_owned())
        } else {
            Err(error(400, "E011003", format!("The domain {host} isn't approved for redirects")))
        }
    }

    /// Makes a link to a page, and gives its URL.
    pub(super) fn make_link(&mut self, recipient: &Recipient, page: &str, use_of: LinkUse) -> String {
        let token = random::token();
        let link = Link {
            address: recipient.address.clone(),
            identity: recipient.identity.clone(),
            channel: recipient.channel,
            options: recipient.options.clone(),
            expires: self.now() + self.settings.link_seconds,
            use_of,
        };
        let url = with_query(page, &[("t", &token)]);
        self.links.add(token, link);
        url
    }

    /// Signs in whom a link was sent to, and spends the link. Gives the session, and whether the user is new.
    pub(super) fn open_link(&mut self, token: &str, link: Link) -> Result<(String, bool), ServiceError> {
        let was_changed = matches!(link.identity, Identity::Changed(_));
        let (user_id, is_new) = self.confirm(link.identity, link.channel, &link.address, &link.options)?;
        self.links.spend(token);
        let methods: &[&str] = if was_changed && !link.options.mfa { &[] } else { &[link.channel.name()] };
        let session = self.sign_in(&user_id, methods, &link.options)?;
        Ok((session, is_new))
    }
}

/// The page that a request wants a link to lead to, in the spellings of newer and older clients.
pub(super) fn wanted_page(request: &Request) -> Option<&str> {
    let spellings = ["redirectUrl", "redirectURL", "URI"];
    let given = spellings
        .into_iter()
        .map(|name| request.text(name))
        .chain(spellings.into_iter().filter_map(|name| request.raw.query(name)));
    given.into_iter().find(|text| !text.is_empty())
}
