//! The pages that both services have.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use tower_sessions::cookie::time::OffsetDateTime;

/// The front page: the ways to sign in.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage<'p> {
    pub(crate) service: &'p str,
    /// The user who is signed in.
    pub(crate) user: Option<&'p str>,
    pub(crate) ways: &'p [Way],
    /// Whether a fake service stands in, whose messages are on a page.
    pub(crate) has_outbox: bool,
}

/// A way to sign in.
pub(crate) struct Way {
    pub(crate) href: &'static str,
    pub(crate) name: &'static str,
    pub(crate) note: &'static str,
}

/// A page with one form.
#[derive(Template)]
#[template(path = "form.html")]
pub(crate) struct FormPage<'p> {
    title: &'p str,
    text: &'p str,
    /// What was wrong the last time.
    failure: Option<&'p str>,
    action: &'p str,
    fields: Vec<Field<'p>>,
    button: &'p str,
    /// A picture to scan, as a data URL, and what it says.
    picture: Option<(&'p str, &'p str)>,
}

/// A field of a form.
struct Field<'p> {
    name: &'p str,
    label: &'p str,
    kind: &'p str,
    autocomplete: &'p str,
    value: &'p str,
}

impl<'p> FormPage<'p> {
    pub(crate) fn new(title: &'p str, action: &'p str, button: &'p str) -> Self {
        Self { title, text: "", failure: None, action, fields: Vec::new(), button, picture: None }
    }

    /// Says what the form is for.
    pub(crate) fn text(mut self, text: &'p str) -> Self {
        self.text = text;
        self
    }

    /// Says what was wrong the last time.
    pub(crate) fn failure(mut self, words: Option<&'p str>) -> Self {
        self.failure = words;
        self
    }

    /// Shows a picture to scan, and the same as text to type.
    pub(crate) fn picture(mut self, url: &'p str, text: &'p str) -> Self {
        self.picture = Some((url, text));
        self
    }

    pub(crate) fn email(self, value: &'p str) -> Self {
        self.field("email", "Email address", "email", "username", value)
    }

    pub(crate) fn password(self, autocomplete: &'p str) -> Self {
        self.field("password", "Password", "password", autocomplete, "")
    }

    pub(crate) fn code(self) -> Self {
        self.field("code", "Code", "text", "one-time-code", "")
    }

    pub(crate) fn tenant(self, value: &'p str) -> Self {
        self.field("tenant", "ID of your organization", "text", "organization", value)
    }

    /// Sends a value along that nobody types.
    pub(crate) fn hidden(self, name: &'p str, value: &'p str) -> Self {
        self.field(name, "", "hidden", "", value)
    }

    fn field(
        mut self,
        name: &'p str,
        label: &'p str,
        kind: &'p str,
        autocomplete: &'p str,
        value: &'p str,
    ) -> Self {
        self.fields.push(Field { name, label, kind, autocomplete, value });
        self
    }
}

impl IntoResponse for FormPage<'_> {
    fn into_response(self) -> Response {
        let status = if self.failure.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        (status, html(&self)).into_response()
    }
}

/// A page that says something.
#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage<'p> {
    pub(crate) title: &'p str,
    pub(crate) text: &'p str,
    pub(crate) is_failure: bool,
}

impl MessagePage<'_> {
    pub(crate) fn html(&self) -> Response {
        html(self)
    }
}

/// The page that waits until a link is opened elsewhere. It loads itself again.
#[derive(Template)]
#[template(path = "wait.html")]
pub(crate) struct WaitPage<'p> {
    /// The number of the right link in the message.
    pub(crate) number: &'p str,
    pub(crate) address: &'p str,
}

/// The page with the buttons for passkeys, the one page with a script.
#[derive(Template)]
#[template(path = "passkey.html")]
pub(crate) struct PasskeyPage;

/// The user's own page.
#[derive(Template)]
#[template(path = "account.html")]
pub(crate) struct AccountPage {
    pub(crate) name: String,
    pub(crate) email: String,
    /// Names and values.
    pub(crate) facts: Vec<(&'static str, String)>,
    pub(crate) roles: Vec<String>,
    /// Names of tenants, with the user's roles there.
    pub(crate) tenants: Vec<(String, String)>,
    /// When and from where the user has signed in.
    pub(crate) history: Vec<(String, String)>,
}

/// A page for administrators.
#[derive(Template)]
#[template(path = "admin.html")]
pub(crate) struct AdminPage<'p> {
    pub(crate) user: &'p str,
}

/// A time in seconds since the beginning of 1970, as a date and a time of day.
pub(crate) fn date(seconds: i64) -> String {
    match OffsetDateTime::from_unix_timestamp(seconds) {
        Ok(time) => format!("{} {:02}:{:02} UTC", time.date(), time.hour(), time.minute()),
        Err(_) => String::new(),
    }
}

/// The page as a response.
pub(crate) fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => {
            eprintln!("{error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
