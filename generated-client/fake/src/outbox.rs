//! The messages that a fake would have sent.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard};

use crate::lock::lock;

/// The messages that a fake would have sent, the newest last. Its clones are the same outbox.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    messages: Arc<Mutex<Vec<Message>>>,
}

/// A message that a fake would have sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// How it would have been sent: `email`, `sms`, `voice`, `im` or `whatsapp`.
    pub channel: &'static str,
    /// The email address or phone number that it goes to.
    pub to: String,
    /// What it is for, as the service calls it: `signin-passwordless`.
    pub purpose: String,
    /// The one-time code in it.
    pub code: Option<String>,
    /// The link in it; of several, the one that is right.
    pub link: Option<String>,
    /// Which of several links is right, and the number and the URL of each.
    pub numbered: Option<(String, Vec<(String, String)>)>,
}

impl Message {
    /// A message without a code and a link.
    pub(crate) fn new(channel: &'static str, to: &str, purpose: &str) -> Self {
        Self {
            channel,
            to: to.to_owned(),
            purpose: purpose.to_owned(),
            code: None,
            link: None,
            numbered: None,
        }
    }

    /// The same message with this code.
    pub(crate) fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same message with this link.
    pub(crate) fn link(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }

    /// The same message with several links, each with its number, of which one is right.
    pub(crate) fn numbered(mut self, right: String, links: Vec<(String, String)>) -> Self {
        self.numbered = Some((right, links));
        self
    }

    /// The message as `/_fake/outbox` lists it.
    pub(crate) fn json(&self) -> Value {
        let mut json = json!({
            "channel": self.channel,
            "to": self.to,
            "purpose": self.purpose,
            "code": self.code,
            "link": self.link,
        });
        if let (Some((right, links)), Some(members)) = (&self.numbered, json.as_object_mut()) {
            let links = links.iter().map(|(number, link)| json!({"number": number, "link": link}));
            members.insert("links".to_owned(), links.collect());
            members.insert("right".to_owned(), json!(right));
        }
        json
    }
}

impl Outbox {
    /// All messages, the newest last.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        self.lock().clone()
    }

    /// The newest message to this email address or phone number.
    #[must_use]
    pub fn latest(&self, to: &str) -> Option<Message> {
        self.lock().iter().rev().find(|message| message.to == to).cloned()
    }

    /// The code in the newest message to this email address or phone number.
    #[must_use]
    pub fn code(&self, to: &str) -> Option<String> {
        self.latest(to)?.code
    }

    /// The link in the newest message to this email address or phone number.
    #[must_use]
    pub fn link(&self, to: &str) -> Option<String> {
        self.latest(to)?.link
    }

    /// Removes all messages.
    pub fn clear(&self) {
        self.lock().clear();
    }

    pub(crate) fn send(&self, message: Message) {
        self.lock().push(message);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Message>> {
        lock(&self.messages)
    }
}
