//! What a reviewer sees of an edit of the spec: which generated files change, by how many lines, and what git writes at
//! the head of each hunk. The edits are made on a copy of the real spec.

mod folders;
mod generated;

use std::sync::LazyLock;

use folders::{Files, real_inputs};
use generated::generate;
use similar::{ChangeTag, TextDiff};

/// The spec of one service, and what was generated from it.
struct Service {
    name: &'static str,
    spec: Files,
    generated: Files,
}

static DESCOPE: LazyLock<Service> = LazyLock::new(|| Service::new("descope"));
static NHOST: LazyLock<Service> = LazyLock::new(|| Service::new("nhost"));

impl Service {
    fn new(name: &'static str) -> Self {
        let mut spec = real_inputs();
        spec.retain(|path, _| path.starts_with(&format!("spec/{name}/")));
        let generated = generate(&spec);
        Self { name, spec, generated }
    }

    /// What changes if `edits` are made, each of which replaces a text that stands once in a file of the spec.
    fn diffs(&self, edits: &[(&str, &str, &str)]) -> Vec<FileDiff> {
        let mut spec = self.spec.clone();
        for (file, from, to) in edits {
            let text = spec.entry(format!("spec/{}/{file}.yaml", self.name)).or_default();
            if from.is_empty() {
                text.push_str(to);
            } else {
                assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}.yaml");
                *text = text.replace(from, to);
            }
        }
        let (old, new) = (&self.generated, generate(&spec));
        let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
        paths.sort();
        paths.dedup();
        let text = |files: &Files, path: &String| files.get(path).cloned().unwrap_or_default();
        let diffs = paths.into_iter().map(|path| FileDiff::new(path, &text(old, path), &text(&new, path)));
        diffs.filter(|diff| !diff.hunks.is_empty()).collect()
    }

    /// The text from an anchor over the start of the first description behind it, and the same with one more word.
    fn reworded(&self, file: &str, anchor: &str) -> (String, String) {
        let text = &self.spec[&format!("spec/{}/{file}.yaml", self.name)];
        let (_, found) =
            text.split_at(text.find(anchor).unwrap_or_else(|| panic!("{anchor} in {file}.yaml")));
        let (_, described) = found.split_once("description: ").unwrap();
        let described = described.trim_start_matches([' ', '>', '|', '-', '\n']);
        let (before, after) = found.split_at(found.len() - described.len());
        let after: String = after.split_inclusive('\n').take(4).collect();
        (format!("{before}{after}"), format!("{before}Really {after}"))
    }

    /// The text of the member from its name up to the name of the next member.
    fn member(&self, file: &str, name: &str, next: &str) -> String {
        let text = &self.spec[&format!("spec/{}/{file}.yaml", self.name)];
        let (_, found) = text.split_at(text.find(&format!("        {name}:\n")).unwrap());
        let (member, _) = found.split_at(found.find(&format!("        {next}:\n")).unwrap());
        member.to_owned()
    }

    /// The one file that changes.
    fn diff(&self, edits: &[(&str, &str, &str)]) -> FileDiff {
        let mut diffs = self.diffs(edits);
        let names: Vec<String> = diffs.iter().map(|diff| diff.name.clone()).collect();
        assert_eq!(names.len(), 1, "one file changes, not {names:?}");
        diffs.remove(0)
    }
}

/// What changes in one file.
#[derive(Debug)]
struct FileDiff {
    /// `oauth.rs`.
    name: String,
    removed: Vec<String>,
    added: Vec<String>,
    hunks: Vec<Hunk>,
}

/// What git prints together: changed lines with three lines before and after them.
#[derive(Debug)]
struct Hunk {
    /// What git writes behind `@@ .. @@`, where no driver is known for the file.
    head: Option<String>,
    /// The same where `.gitattributes` names the driver for Rust.
    rust_head: Option<String>,
    text: String,
}

/// The list of known words at the end of a module, and what stands before it.
fn split_words(text: &str) -> (&str, &str) {
    text.split_at(text.find("pub(super) const KNOWN_WORDS").unwrap_or(text.len()))
}

impl FileDiff {
    /// The list of known words is left out; it has a test of its own.
    fn new(path: &str, old: &str, new: &str) -> Self {
        let ((old, _), (new, _)) = (split_words(old), split_words(new));
        let diff = TextDiff::from_lines(old, new);
        let of = |tag: ChangeTag| -> Vec<String> {
            let changes = diff.iter_all_changes().filter(|change| change.tag() == tag);
            changes.map(|change| change.value().trim_end().to_owned()).collect()
        };
        let before: Vec<&str> = old.lines().collect();
        let head_before = |line: usize, is_head: fn(&str) -> bool| {
            let lines = before.get(..line).unwrap_or_default();
            lines.iter().rev().find(|line| is_head(line)).map(|line| (*line).to_owned())
        };
        let hunks = diff.grouped_ops(3).into_iter().map(|ops| {
            let start = ops.first().map(|op| op.old_range().start).unwrap_or_default();
            let lines = ops.iter().flat_map(|op| diff.iter_changes(op));
            Hunk {
                head: head_before(start, is_head),
                rust_head: head_before(start, is_rust_head),
                text: lines.map(|change| change.value().to_owned()).collect(),
            }
        });
        Self {
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            removed: of(ChangeTag::Delete),
            added: of(ChangeTag::Insert),
            hunks: hunks.collect(),
        }
    }

    /// Asserts that each hunk names the declaration that begins like this: in its head, or in the lines that it shows.
    fn assert_heads(&self, begin: &str) {
        for hunk in &self.hunks {
            let is_shown = hunk.text.contains(begin);
            for head in [&hunk.head, &hunk.rust_head] {
                let is_head = head.as_ref().is_some_and(|head| head.starts_with(begin));
                assert!(is_head || is_shown, "{begin}: {hunk:#?}");
            }
        }
    }

    fn lines(&self) -> (usize, usize) {
        (self.removed.len(), self.added.len())
    }
}

/// What git takes for the head of a function in a file that it knows nothing of.
fn is_head(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_alphabetic() || ['_', '$'].contains(&first))
}

/// What git's driver for Rust takes for the head of an item.
fn is_rust_head(line: &str) -> bool {
    const ITEMS: &[&str] = &["struct", "enum", "union", "mod", "trait", "fn", "impl", "macro_rules!"];
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").or(line.strip_prefix("pub(super) ")).unwrap_or(line);
    let word = line.split([' ', '<']).next().unwrap_or_default();
    ITEMS.contains(&word) && !line.contains(';')
}

#[test]
fn a_member_that_is_added_is_one_line_and_its_text() {
    let descope = &*DESCOPE;
    let member = "        deviceName:\n          description: Name of the device.\n          type: string\n";
    let shared = "        pkceChallenge:\n          description: >-\n            PKCE challenge in base64";
    let diff = descope.diff(&[("common", shared, &format!("{member}{shared}"))]);
    assert_eq!(diff.name, "common.rs");
    let lines = ["    /// Name of the device.", "    device_name: Option<String> as \"deviceName\","];
    assert_eq!((diff.removed.as_slice(), diff.added.as_slice()), (&[][..], &lines.map(str::to_owned)[..]));
    diff.assert_heads("pub struct LoginOptions: body(");

    let of_group = "        loginOptions:\n          $ref: 'common.yaml#/components/schemas/LoginOptions'\n    \
                    TotpUpdate";
    let diff = descope.diff(&[("totp", of_group, &format!("{member}{of_group}"))]);
    assert_eq!(diff.name, "totp.rs");
    // The one method that has the body lists what can be set.
    assert_eq!(diff.removed, ["    #![optional(login_options)]"]);
    let [listed, text, member] = diff.added.as_slice() else { panic!("{diff:#?}") };
    assert_eq!(listed, "    #![optional(device_name, login_options)]");
    assert_eq!([text, member], lines.each_ref());
    let heads: Vec<&str> = diff.hunks.iter().filter_map(|hunk| hunk.rust_head.as_deref()).collect();
    assert!(heads[0].starts_with("pub fn verify("), "{heads:?}");
    assert!(heads[1].starts_with("pub struct TotpVerifyRequest: body("), "{heads:?}");
}

#[test]
fn a_new_name_changes_one_line_of_the_words_of_its_file() {
    let member = "        deviceName:\n          description: Name of the device.\n          type: string\n";
    let next = "        pkceChallenge:\n          description: >-\n            PKCE challenge in base64";
    let mut spec = DESCOPE.spec.clone();
    let common = spec.get_mut("spec/descope/common.yaml").unwrap();
    *common = common.replace(next, &format!("{member}{next}"));
    let (old, new) = (&DESCOPE.generated, generate(&spec));
    let changed = |path: &&String| split_words(&old[*path]).1 != split_words(&new[*path]).1;
    let changed: Vec<&String> = new.keys().filter(changed).collect();
    assert_eq!(changed, ["generated-client/src/descope/common.rs"]);
    let lines = |files: &Files| -> Vec<String> {
        split_words(&files[changed[0]]).1.lines().map(str::to_owned).collect()
    };
    let (old, mut new) = (lines(old), lines(&new));
    let line = new.iter_mut().find(|line| line.contains(" deviceName")).unwrap();
    *line = line.replace(" deviceName", "");
    assert_eq!(old, new);
}

#[test]
fn a_required_member_changes_its_type_and_the_methods_that_take_it() {
    let descope = &*DESCOPE;
    let required = "      required:\n        - loginId\n        - code\n      properties:\n";
    let members = "      required:\n        - loginId\n        - code\n        - device\n      properties:\n        \
                   device:\n          description: Name of the device.\n          type: string\n";
    let example = "              code: '493027'\n";
    let with_device = format!("{example}              device: phone\n");
    let diff = descope.diff(&[("totp", required, members), ("totp", example, &with_device)]);
    assert_eq!(diff.name, "totp.rs");
    let declared = diff.added.iter().find(|line| line.contains("= \"device\","));
    assert_eq!(declared.map(String::as_str), Some("    device: String = \"device\","));
    for hunk in &diff.hunks {
        let is_named = ["pub fn verify(", "pub struct TotpVerifyRequest: body("].iter().any(|head| {
            hunk.text.contains(head) || hunk.rust_head.as_ref().is_some_and(|found| found.starts_with(head))
        });
        assert!(is_named, "{hunk:#?}");
    }
}

#[test]
fn a_shared_text_stands_in_one_file() {
    let (descope, nhost) = (&*DESCOPE, &*NHOST);
    let cases = [
        (descope, "    LoginOptions:\n", "pub struct LoginOptions: body("),
        (descope, "        locale:\n", "locale: Option<String>"),
        (descope, "    RedirectUrl:\n      name: redirectUrl\n", "RedirectUrlParameter,"),
        (descope, "    RateLimited:\n", "RateLimited,"),
        (nhost, "    Provider:\n      type: string\n", "pub enum Provider: open_enum {"),
        (nhost, "    Provider:\n      name: provider\n", "ProviderParameter,"),
    ];
    for (service, anchor, item) in cases {
        let (from, to) = service.reworded("common", anchor);
        let diff = service.diff(&[("common", &from, &to)]);
        assert_eq!(diff.name, "common.rs", "{anchor}");
        assert!(diff.removed.len() <= 3, "{anchor}: {diff:#?}");
        assert!(diff.hunks.iter().all(|hunk| hunk.text.contains(item)), "{item}: {diff:#?}");
    }
}

#[test]
fn a_change_of_an_operation_names_the_operation() {
    let descope = &*DESCOPE;
    let (from, to) = descope.reworded("oauth", "operationId: oauth_exchange\n");
    let diff = descope.diff(&[("oauth", &from, &to)]);
    assert_eq!(diff.name, "oauth.rs");
    assert!(diff.removed.len() <= 3, "one paragraph is laid out anew: {diff:#?}");
    diff.assert_heads("pub fn exchange(");

    let text = &descope.spec["spec/descope/oauth.yaml"];
    let (_, exchange) = text.split_once("operationId: oauth_exchange\n").unwrap();
    let (exchange, _) = exchange.split_once("x-retry: never\n").unwrap();
    let retry = |class| format!("operationId: oauth_exchange\n{exchange}x-retry: {class}\n");
    let diff = descope.diff(&[("oauth", &retry("never"), &retry("safe"))]);
    assert_eq!((diff.name.as_str(), diff.lines()), ("oauth.rs", (2, 2)));
    let heads: Vec<&str> = diff.hunks.iter().filter_map(|hunk| hunk.rust_head.as_deref()).collect();
    assert!(heads[0].starts_with("pub fn exchange("), "{heads:?}");
    assert!(diff.hunks[1].text.contains("pub enum OauthExchange("), "{diff:#?}");
}

/// A group with one operation, which responds with a shared type.
const DEVICES: &str = "\
openapi: 3.0.3
info:
  title: Devices
  version: v1
  description: The devices that users sign in with.
paths:
  /v1/auth/devices/swap:
    post:
      operationId: devices_swap
      tags:
        - devices
      summary: Move a session to another device
      description: Gives the session of the new device.
      externalDocs:
        url: https://docs.example.com/devices
      security:
        - project_id: []
      x-retry: never
      responses:
        '200':
          description: The session.
          content:
            application/json:
              schema:
                $ref: 'common.yaml#/components/schemas/JwtResponse'
              example:
                sessionJwt: eyJhbGciOiJSUzI1NiJ9.e30.c2ln
                refreshJwt: eyJhbGciOiJSUzI1NiJ9.e30.c2ln
        '429':
          $ref: 'common.yaml#/components/responses/RateLimited'
components:
  securitySchemes:
    project_id:
      $ref: 'openapi.yaml#/components/securitySchemes/project_id'
";

#[test]
fn a_new_group_moves_nothing() {
    let descope = &*DESCOPE;
    let tag = "tags:\n  - name: devices\n    description: The devices that users sign in with.\n";
    let diffs = descope.diffs(&[("openapi", "tags:\n", tag), ("devices", "", DEVICES)]);
    let changed: Vec<(&str, usize)> =
        diffs.iter().map(|diff| (diff.name.as_str(), diff.removed.len())).collect();
    assert_eq!(changed, [("devices.rs", 0), ("mod.rs", 0)]);
    assert!(diffs[1].added.len() <= 12, "{:#?}", diffs[1]);
}

#[test]
fn a_new_operation_moves_nothing() {
    let descope = &*DESCOPE;
    let paths = DEVICES.split_once("paths:\n").unwrap().1.split_once("components:").unwrap().0;
    let paths = paths.replace("devices_", "totp_").replace("- devices", "- totp");
    let before = "  /v1/auth/totp/verify:\n";
    let diff = descope.diff(&[("totp", before, &format!("{paths}{before}"))]);
    assert_eq!((diff.name.as_str(), diff.removed.len()), ("totp.rs", 0));
}

#[test]
fn a_type_that_moves_to_the_shared_ones_keeps_its_path() {
    let descope = &*DESCOPE;
    let oauth = &descope.spec["spec/descope/oauth.yaml"];
    let (_, schema) = oauth.split_once("    OauthNativeFinishRequest:\n").unwrap();
    let schema = format!("    OauthNativeFinishRequest:\n{schema}");
    let schema = schema.trim_end().to_owned() + "\n";
    let provider = {
        let (_, rest) = oauth.split_once("    OauthProvider:\n").unwrap();
        format!("    OauthProvider:\n{}", rest.split_once("    OauthNativeStartRequest:\n").unwrap().0)
    };
    let mut spec = descope.spec.clone();
    let moved = oauth.replace(&schema, "").replace(&provider, "");
    let moved = ["OauthProvider", "OauthNativeFinishRequest"].iter().fold(moved, |text, name| {
        text.replace(
            &format!("'#/components/schemas/{name}'"),
            &format!("'common.yaml#/components/schemas/{name}'"),
        )
    });
    spec.insert("spec/descope/oauth.yaml".to_owned(), moved);
    spec.entry("spec/descope/common.yaml".to_owned()).or_default().push_str(&format!("{provider}{schema}"));

    let (old, new) = (&descope.generated, generate(&spec));
    let changed: Vec<&String> = new.keys().filter(|path| old.get(*path) != new.get(*path)).collect();
    let folder = "generated-client/src/descope";
    assert_eq!(changed, [&format!("{folder}/common.rs"), &format!("{folder}/oauth.rs")]);
    let diff = |file: &str| {
        let path = format!("{folder}/{file}.rs");
        FileDiff::new(&path, &old[&path], &new[&path])
    };
    let (common, oauth) = (diff("common"), diff("oauth"));
    let (examples, mut moved): (Vec<String>, Vec<String>) =
        oauth.removed.into_iter().partition(|line| line.contains("descope::oauth::OauthProvider"));
    let mut arrived = common.added;
    moved.sort();
    arrived.sort();
    assert_eq!((common.removed, moved), (Vec::new(), arrived), "the code moves as it is");
    let shortened: Vec<String> =
        examples.iter().map(|line| line.replace("descope::oauth::", "descope::")).collect();
    assert_eq!(oauth.added, shortened, "the examples take the shorter path, and nothing else changes");
    let text = &new[&format!("{folder}/oauth.rs")];
    assert!(text.contains("\npub use super::common::*;\n"), "`oauth::OauthProvider` is still public");
}

#[test]
fn arguments_follow_the_list_of_required_members() {
    let descope = &*DESCOPE;
    let old = descope.member("password", "oldPassword", "newPassword");
    let new = descope.member("password", "newPassword", "revokeOtherSessions");
    let swapped = descope.diffs(&[("password", &format!("{old}{new}"), &format!("{new}{old}"))]);
    assert!(swapped.is_empty(), "the order of properties isn't the order of arguments: {swapped:#?}");

    let required = "        - loginId\n        - oldPassword\n        - newPassword\n";
    let reordered = "        - loginId\n        - newPassword\n        - oldPassword\n";
    let diff = descope.diff(&[("password", required, reordered)]);
    assert_eq!(diff.name, "password.rs");
    assert!(diff.added.iter().any(|line| line.contains("new(login_id, new_password, old_password)")));
}
