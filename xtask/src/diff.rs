//! Shows a plan as a unified diff.

use similar::TextDiff;

use crate::plan::{Change, Plan};

/// The most lines that are shown of one file, so that a log of CI stays readable.
const MOST_LINES: usize = 200;

/// The diffs of all files that would change, in a form that `git apply` takes if none is cut.
pub(crate) fn unified(plan: &Plan) -> String {
    plan.changes.iter().map(of_file).collect()
}

fn of_file(change: &Change) -> String {
    let old = change.old.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    let new = change.new.as_deref().unwrap_or_default();
    let side = |prefix, there: bool| match there {
        true => format!("{prefix}/{}", change.path),
        false => "/dev/null".to_owned(),
    };
    let diff = TextDiff::from_lines(old.as_ref(), new)
        .unified_diff()
        .header(&side('a', change.old.is_some()), &side('b', change.new.is_some()))
        .to_string();
    shortened(&diff)
}

fn shortened(diff: &str) -> String {
    let mut lines = diff.split_inclusive('\n');
    let mut shown: String = lines.by_ref().take(MOST_LINES).collect();
    match lines.count() {
        0 => {}
        more => shown.push_str(&format!("... {more} more lines of this diff are not shown\n")),
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: Option<&str>, new: Option<&str>) -> String {
        of_file(&Change {
            path: "a/oauth.rs".to_owned(),
            old: old.map(|text| text.as_bytes().to_vec()),
            new: new.map(str::to_owned),
        })
    }

    #[test]
    fn a_changed_file_shows_old_and_new() {
        assert_eq!(
            diff(Some("one\ntwo\n"), Some("one\n2\n")),
            "--- a/a/oauth.rs\n+++ b/a/oauth.rs\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
        );
    }

    #[test]
    fn new_and_stale_files_have_nothing_on_the_other_side() {
        let new = diff(None, Some("one\n"));
        assert_eq!(new, "--- /dev/null\n+++ b/a/oauth.rs\n@@ -0,0 +1 @@\n+one\n");
        let stale = diff(Some("one\n"), None);
        assert_eq!(stale, "--- a/a/oauth.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n");
    }

    #[test]
    fn a_very_long_diff_is_cut_and_says_so() {
        let text = diff(None, Some(&"line\n".repeat(1000)));
        assert_eq!(text.lines().count(), MOST_LINES + 1);
        assert!(text.ends_with("\n... 803 more lines of this diff are not shown\n"));
    }
}
