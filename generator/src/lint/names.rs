//! Rules about the names of members and parameters.

use std::collections::BTreeMap;

use super::findings::Findings;
use crate::openapi::kind::ObjectKind;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The places of one spelling: the object and the node of the name, in the order of the files.
type Places<'a> = Vec<(&'a Node, &'a Node)>;

/// One thing has one name: `userId`, `userID` and `user_id` are one name in three spellings.
pub(super) fn spellings(survey: &Survey<'_>, findings: &mut Findings<'_, '_>) {
    let mut names: BTreeMap<String, BTreeMap<&str, Places<'_>>> = BTreeMap::new();
    for site in &survey.sites {
        let name = match site.kind {
            ObjectKind::Parameter => {
                site.node.get("name").filter(|_| site.node.text_of("in") != Some("header"))
            }
            ObjectKind::Schema if site.via == "properties" => site.key,
            _ => None,
        };
        if let Some((name, text)) = name.and_then(|name| Some((name, name.text()?))) {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            let letters: String = letters.flat_map(char::to_lowercase).collect();
            names.entry(letters).or_default().entry(text).or_default().push((site.node, name));
        }
    }
    for spellings in names.values().filter(|spellings| spellings.len() > 1) {
        report(spellings, findings);
    }
}

/// Reports the first place of each spelling but the most frequent.
fn report(spellings: &BTreeMap<&str, Places<'_>>, findings: &mut Findings<'_, '_>) {
    let Some((usual, places)) = spellings.iter().max_by_key(|(_, places)| places.len()) else { return };
    let Some((_, there)) = places.first() else { return };
    for (name, places) in spellings.iter().filter(|(name, _)| *name != usual) {
        let Some((object, node)) = places.first() else { continue };
        let what = format!("`{name}` is spelt `{usual}` elsewhere, as at {}", there.location());
        let help = format!("write `{usual}`, unless the server insists on `{name}`");
        findings.add(object, node.fault("spelling", what, help));
    }
}
