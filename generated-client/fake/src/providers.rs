//! A provider of accounts that stands for all of them: Google, GitHub, a company's identity provider.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::html;
use crate::lock::lock;
use crate::random;
use crate::request::RawRequest;
use crate::response::Response;
use crate::urls::with_query;

/// The path of the page on which people choose an account. The name of the provider follows it.
pub(crate) const PATH: &str = "/_fake/provider/";

/// The accounts at all providers. Its clones are the same accounts.
#[derive(Clone, Debug)]
pub struct Providers {
    inner: Arc<Mutex<Inner>>,
}

/// An account at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The provider's ID of the account.
    pub id: String,
    /// The email address; an account may have none.
    pub email: Option<String>,
    /// Whether the provider knows that the email address belongs to the person.
    pub email_verified: bool,
    /// The name of the person.
    pub name: String,
    /// The URL of a picture.
    pub picture: Option<String>,
}

#[derive(Debug)]
struct Inner {
    accounts: Vec<Account>,
    /// The accounts that were chosen, by provider and code.
    chosen: HashMap<(String, String), Account>,
}

impl Default for Providers {
    /// Two people have accounts at all providers.
    fn default() -> Self {
        let account = |id: &str, email: &str, name: &str| Account {
            id: id.to_owned(),
            email: Some(email.to_owned()),
            email_verified: true,
            name: name.to_owned(),
            picture: None,
        };
        let accounts = vec![
            account("1001", "ada@example.com", "Ada Lovelace"),
            account("1002", "grace@example.com", "Grace Hopper"),
        ];
        Self { inner: Arc::new(Mutex::new(Inner { accounts, chosen: HashMap::new() })) }
    }
}

impl Providers {
    /// Adds an account, which the page offers from then on.
    pub fn add(&self, account: Account) {
        self.lock().accounts.push(account);
    }

    /// Chooses an account as a person does on the page, and gives the code that the provider would give. None if no account
    /// has this email address.
    #[must_use]
    pub fn choose(&self, provider: &str, email: &str) -> Option<String> {
        let mut inner = self.lock();
        let account = inner.accounts.iter().find(|account| account.email.as_deref() == Some(email))?.clone();
        let code = random::token();
        inner.chosen.insert((provider.to_owned(), code.clone()), account);
        Some(code)
    }

    /// Makes a text the code that the provider gives for an account, which needn't be one that the page offers.
    pub fn add_code(&self, provider: &str, code: &str, account: Account) {
        self.lock().chosen.insert((provider.to_owned(), code.to_owned()), account);
    }

    /// The account that was chosen with this code, which works once.
    pub(crate) fn redeem(&self, provider: &str, code: &str) -> Option<Account> {
        self.lock().chosen.remove(&(provider.to_owned(), code.to_owned()))
    }

    /// The URL of the page, which sends the browser on to `redirect_uri` with `state`.
    pub(crate) fn page_url(base: &str, provider: &str, redirect_uri: &str, state: &str) -> String {
        with_query(&format!("{base}{PATH}{provider}"), &[("redirect_uri", redirect_uri), ("state", state)])
    }

    /// The page, or what follows a choice on it.
    pub(crate) fn respond(&self, provider: &str, request: &RawRequest) -> Response {
        let redirect_uri = request.query("redirect_uri").unwrap_or_default();
        let state = request.query("state").unwrap_or_default();
        match request.query("choose") {
            _ if redirect_uri.is_empty() => Response::new(400, "text/plain", "redirect_uri is missing"),
            None => Response::html(self.page(provider, redirect_uri, state)),
            Some("") => {
                let refused = ("error_description", "The user cancelled");
                Response::redirect(with_query(
                    redirect_uri,
                    &[("error", "access_denied"), refused, ("state", state)],
                ))
            }
            Some(email) => match self.choose(provider, email) {
                Some(code) => {
                    Response::redirect(with_query(redirect_uri, &[("code", &code), ("state", state)]))
                }
                None => Response::new(404, "text/plain", "there is no such account"),
            },
        }
    }

    fn page(&self, provider: &str, redirect_uri: &str, state: &str) -> String {
        let link = |email: &str| {
            let pairs = [("redirect_uri", redirect_uri), ("state", state), ("choose", email)];
            html::escape(&with_query("", &pairs))
        };
        let mut items = String::new();
        for account in &self.lock().accounts {
            let Some(email) = &account.email else { continue };
            let (name, shown) = (html::escape(&account.name), html::escape(email));
            items.push_str(&format!("<li><a href=\"{}\">{name}, {shown}</a></li>\n", link(email)));
        }
        let content = format!(
            "<p>Choose an account to sign in with.</p>\n<ul>\n{items}</ul>\n<p><a href=\"{}\">Cancel</a></p>",
            link("")
        );
        html::page(&format!("Sign in with {provider}"), &content)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        lock(&self.inner)
    }
}
