//! What is said of each kind of change: `cases/review/<row>/findings.txt` has all that is found in the case of a row.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p generator --test review` accepts what is found now.

mod folders;
mod generated;
mod review_cases;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use folders::{Files, names_in, real_inputs};
use generated::is_update;
use generator::Input;
use generator::compare::{self, Comparison, Place, ROWS};
use review_cases::{BASE, folder, version};

fn compared(old: &Files, new: &Files) -> Result<Comparison, String> {
    let read = |files: &Files| compare::read(files).map_err(|faults| faults.to_string());
    Ok(compare::compare(read(old)?, read(new)?))
}

fn shown(comparison: &Comparison) -> String {
    let mut text = String::new();
    let place = |place: &Option<Place>| match place {
        Some(Place { file, line }) => format!("{file}:{line}"),
        None => "nowhere".to_owned(),
    };
    for finding in &comparison.findings {
        _ = writeln!(text, "{}: {}", finding.id(), finding.row.meaning);
        if !finding.detail.is_empty() {
            _ = writeln!(text, "    {}", finding.detail);
        }
        let (rust, wire) = (finding.row.rust.name(), finding.row.wire.name());
        _ = writeln!(text, "    callers: {rust}, wire: {wire}, bump: {}", finding.bump().name());
        _ = writeln!(text, "    {} -> {}", place(&finding.old), place(&finding.new));
        for (name, paths) in
            [("added", &finding.added), ("changed", &finding.changed), ("removed", &finding.removed)]
        {
            if !paths.is_empty() {
                _ = writeln!(text, "    {name}: {}", paths.join(", "));
            }
        }
    }
    text
}

#[test]
fn each_row_has_a_case_that_says_what_is_found() {
    let cases = folder("");
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names_in(&cases).into_iter().filter(|name| name != BASE) {
        let folder = folder(&name);
        let comparison = match compared(&version(&folder, "before"), &version(&folder, "after")) {
            Ok(comparison) => comparison,
            Err(faults) => {
                wrong.push(format!("{name}: {faults}"));
                continue;
            }
        };
        let text = shown(&comparison);
        let path = folder.join("findings.txt");
        if is_update() {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text {
            wrong.push(format!("{}:\n{text}", path.display()));
        }
        if !comparison.unexplained.is_empty() {
            wrong.push(format!("{name}: unexplained: {:#?}", comparison.unexplained));
        }
        if !comparison.findings.iter().any(|finding| finding.row.id == name) {
            wrong.push(format!("{name}: no finding of this row, but\n{text}"));
        }
        seen.insert(name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let without: Vec<&str> = ROWS.iter().map(|row| row.id).filter(|id| !seen.contains(*id)).collect();
    assert!(without.is_empty(), "add a case under {} for {without:?}", cases.display());
}

#[test]
fn the_real_spec_is_the_same_as_itself() {
    let version = compare::read(&real_inputs()).unwrap();
    let comparison = compare::compare(version.clone(), version);
    assert_eq!((shown(&comparison), comparison.unexplained), (String::new(), Vec::new()));
}

/// An edit of one member of the real spec.
struct Edit {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    /// The finding, and that of the reverse edit.
    found: [&'static str; 2],
}

const EDITS: &[Edit] = &[
    Edit {
        file: "common",
        from: "        metadata:\n          type: object\n          description: |\n            Any JSON object that your project wants",
        to: "        device:\n          type: string\n          description: The device.\n        metadata:\n          \
             type: object\n          description: |\n            Any JSON object that your project wants",
        found: ["member-added nhost SignUpOptions.device", "member-removed-sent nhost SignUpOptions.device"],
    },
    // The method of the operation lists what can be set, too.
    Edit {
        file: "security-key",
        from: "        nickname:\n          type: string\n          description: The user's",
        to: "        id:\n          type: string\n          description: The ID.\n        nickname:\n          type: string\n          \
             description: The user's",
        found: [
            "member-added nhost VerifyAddSecurityKeyRequest.id",
            "member-removed-sent nhost VerifyAddSecurityKeyRequest.id",
        ],
    },
    Edit {
        file: "common",
        from: "        appid:\n          type: boolean\n",
        to: "        appid:\n          type: string\n",
        found: [
            "type-sent nhost AuthenticationExtensionsClientOutputs.appid",
            "type-sent nhost AuthenticationExtensionsClientOutputs.appid",
        ],
    },
    Edit {
        file: "common",
        from: "            The language for emails and text messages: a code of 2",
        to: "            The language of emails and text messages: a code of 2",
        found: ["text nhost SignUpOptions.locale", "text nhost SignUpOptions.locale"],
    },
];

#[test]
fn an_edit_of_one_member_of_the_real_spec_is_one_finding_and_few_lines_of_one_file() {
    let mut spec = real_inputs();
    spec.retain(|path, _| path.starts_with("spec/nhost/"));
    let old = compare::read(&spec).unwrap();
    for Edit { file, from, to, found } in EDITS {
        let mut edited = spec.clone();
        let text = edited.get_mut(&format!("spec/nhost/{file}.yaml")).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {file}.yaml");
        *text = text.replace(from, to);
        let new = compare::read(&edited).unwrap();
        for (one, other, id) in [(&old, &new, found[0]), (&new, &old, found[1])] {
            let comparison = compare::compare(one.clone(), other.clone());
            let ids: Vec<String> = comparison.findings.iter().map(|finding| finding.id()).collect();
            assert_eq!((ids, comparison.unexplained), (vec![(*id).to_owned()], Vec::new()));
        }
        let diff = generated::diff(&old.files, &new.files);
        assert_eq!(diff.matches("--- ").count(), 1, "{diff}");
        let lines = diff.lines().filter(|line| line.starts_with(['+', '-'])).count() - 2;
        assert!(lines <= 5, "{lines} lines: {diff}");
    }
}

/// An imported service, which leaves open what a curated one says.
fn imported() -> Files {
    let mut files = folders::read(&folders::package().join("tests/cases/ok/imported/spec"), "spec/");
    files.retain(|path, _| path.ends_with(".yaml"));
    files
}

#[test]
fn a_version_has_the_code_that_is_generated_also_of_an_imported_service() {
    let mut real = real_inputs();
    real.retain(|path, _| path.starts_with("spec/nhost/"));
    for inputs in [real, imported()] {
        let version = compare::read(&inputs).unwrap();
        assert_eq!(version.faults, []);
        assert_eq!(version.files, generated::generate(&inputs));
    }
}

#[test]
fn two_versions_of_an_imported_service_are_compared_as_they_are_completed() {
    let old = imported();
    let mut new = old.clone();
    let path = "spec/sample/imported.yaml";
    let text = new.get_mut(path).unwrap();
    *text = text.replace("    get:\n", "    get:\n      x-retry: never\n");
    *text = text.replace(
        "        loginToken:\n          type: string\n",
        "        loginToken:\n          type: integer\n",
    );
    let comparison = compared(&old, &new).unwrap();
    assert_eq!(comparison.unexplained, []);
    let ids: Vec<String> = comparison.findings.iter().map(|finding| finding.id()).collect();
    // What looks secret counts as secret, and what changes nothing can be sent again, until somebody says otherwise.
    assert_eq!(
        ids,
        [
            "sensitive-removed sample Boat.loginToken",
            "type sample Boat.loginToken",
            "retry-narrowed sample imported_boat_get",
        ]
    );
}

#[test]
fn a_version_from_before_a_rule_of_curation_is_read_and_its_faults_are_counted() {
    let mut inputs = imported();
    let openapi = inputs.get_mut("spec/sample/openapi.yaml").unwrap();
    *openapi = openapi.replace("x-imported: true\n", "");
    let curated = inputs.get_mut("spec/sample/curated.yaml").unwrap();
    *curated = curated.replace("x-curated: true\n", "").replace("      x-retry: safe\n", "");
    let version = compare::read(&inputs).unwrap();
    assert!(version.faults.iter().any(|fault| fault.rule == "missing-retry"), "{:?}", version.faults);
    assert!(generator::generate(&inputs).is_err());
}

#[test]
fn a_header_is_told_once_at_its_own_line() {
    let old = version(&folder("headers-added"), "after");
    let mut new = old.clone();
    let path = "spec/sample/boxes.yaml";
    let one = "            X-One: {description: A header., schema: {type: string}, example: a}\n";
    let two = one.replace("X-One", "X-Two");
    let text = new.get_mut(path).unwrap();
    *text = text.replace(one, &format!("{one}{two}"));
    let line = new[path].lines().position(|line| line.contains("X-Two")).unwrap() + 1;
    assert_eq!(
        shown(&compared(&old, &new).unwrap()),
        format!(
            "member-added sample BoxesOpenResponseHeaders.x-two: a member is new\n    \
             callers: additive, wire: same, bump: minor\n    nowhere -> {path}:{line}\n    \
             added: generated_client::sample::boxes::BoxesOpenResponseHeaders::x_two\n"
        )
    );
}

#[test]
fn what_the_generator_changed_is_named_by_its_line() {
    let version = compare::read(&version(&folder(BASE), "before")).unwrap();
    let path = "generated-client/src/sample/boxes.rs";
    let mut checked_in = version.files.clone();
    let text = checked_in.get_mut(path).unwrap();
    *text = text.replace("    metal: Option<String>", "    metal: Option<bool>");
    *text = text.replace("types! {", "types! {\npub struct Gone: body() {}");
    let line = |files: &Files, of: &str| files[path].lines().position(|line| line.contains(of)).unwrap() + 1;
    let changes = compare::generator_changes(&checked_in, &version);
    let found: Vec<(&str, &str, usize)> =
        changes.iter().map(|change| (change.file.as_str(), change.item.as_str(), change.line)).collect();
    assert_eq!(
        found,
        [
            (path, "Gone", line(&checked_in, "struct Gone")),
            (path, "Parts.metal", line(&version.files, "    metal: Option<String>")),
        ]
    );
}

#[test]
fn two_versions_that_are_read_at_once_are_the_same_as_each_alone() {
    let of = |name: &str, side: &str| -> BTreeMap<String, Input> {
        let texts = version(&folder(name), side).into_iter();
        texts.map(|(path, text)| (path, Input::Read(text.into_bytes()))).collect()
    };
    // One of them has two services, of which one is the same in both.
    let (old, mut new) = (of("member-added", "before"), of("member-added", "after"));
    new.extend(of("service-added", "after").into_iter().filter(|(path, _)| path.starts_with("spec/other/")));
    let alone = [&old, &new].map(|spec| compare::read(spec).unwrap());
    let (before, after) = compare::read_both(old.clone(), new.clone());
    let [before, after] = [before.unwrap(), after.unwrap()];
    assert_eq!([&before.files, &after.files], [&alone[0].files, &alone[1].files]);
    let [one, other] = alone;
    assert_eq!(shown(&compare::compare(before, after)), shown(&compare::compare(one, other)));

    new.insert("spec/sample/boxes.yaml".to_owned(), Input::Read(b"paths: [".to_vec()));
    new.insert("spec/notes.txt".to_owned(), Input::Unreadable("it is gone".to_owned()));
    let alone = compare::read(&new).unwrap_err();
    let (before, after) = compare::read_both(old, new);
    assert!(before.is_ok());
    assert_eq!(after.unwrap_err(), alone);
}

#[test]
fn schemas_with_the_same_members_are_told_apart_by_what_uses_them_and_a_member_that_travels_as_before_is_not_told()
 {
    let path = "spec/sample/letters.yaml";
    let of = |names: [&str; 2], direction: &str| {
        let mut spec = version(&folder("response-headers"), "before");
        let text = spec.get_mut(path).unwrap();
        for name in names {
            let body = format!(
                "      x-retry: idempotent \n      requestBody:\n        content:\n          application/json:\n            \
                 schema: {{$ref: '#/components/schemas/{name}'}}\n            example: {{sum: 1}}\n      responses:\n"
            );
            *text = text.replacen("      x-retry: idempotent\n      responses:\n", &body, 1);
            text.push_str(&format!(
                "    {name}:\n      type: object\n      description: A sum.\n      properties:\n        \
                 sum: {{type: integer, {direction}description: The sum.}}\n"
            ));
        }
        spec
    };
    let (old, new) = (of(["Paid", "Owed"], "writeOnly: true, "), of(["PaidSum", "OwedSum"], ""));
    let comparison = compared(&old, &new).unwrap();
    assert_eq!(comparison.unexplained, []);
    let details: Vec<(String, &str)> =
        comparison.findings.iter().map(|finding| (finding.id(), finding.detail.as_str())).collect();
    assert_eq!(
        details,
        [
            ("schema-renamed sample OwedSum".to_owned(), "`Owed` became `OwedSum`"),
            ("schema-renamed sample PaidSum".to_owned(), "`Paid` became `PaidSum`"),
        ]
    );
}

/// The findings if a text in one file of the base is replaced by one text, and by another.
fn between(path: &str, from: &str, [old, new]: [&str; 2]) -> Vec<String> {
    let of = |to: &str| {
        let mut spec = version(&folder(BASE), "before");
        let text = spec.get_mut(path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from:?} in {path}");
        *text = text.replace(from, to);
        spec
    };
    let comparison = compared(&of(old), &of(new)).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(comparison.unexplained, [], "{old} {new}");
    comparison.findings.iter().map(|finding| finding.id()).collect()
}

#[test]
fn a_parameter_whose_parts_are_joined_or_not_is_written_in_another_way() {
    let path = "spec/sample/boxes.yaml";
    let from =
        "{name: tags, in: query, description: Words for it., schema: {type: array, items: {type: string}}}";
    let list = "{type: array, items: {type: string}}";
    let secret = "{type: object, additionalProperties: {type: string}}, x-sensitive: true";
    let cases = [("spaceDelimited", list), ("pipeDelimited", list), ("form", secret)];
    for (style, schema) in cases {
        let with = |explode: bool| {
            format!(
                "{{name: tags, in: query, style: {style}, explode: {explode}, description: Words for it., schema: {schema}}}"
            )
        };
        let found = between(path, from, [&with(false), &with(true)]);
        assert_eq!(found, ["parameter-style sample boxes_open query:tags"], "{style} {schema}");
    }
    let plain = |style: &str| {
        format!(
            "{{name: tags, in: query, style: {style}, explode: true, description: Words for it., schema: {list}}}"
        )
    };
    assert_eq!(between(path, from, [&plain("form"), &plain("pipeDelimited")]), [""; 0]);
}

#[test]
fn the_order_of_alternatives_is_told_where_a_value_can_fit_several() {
    let path = "spec/sample/letters.yaml";
    let (room, street) = ("{$ref: '#/components/schemas/Room'}", "{$ref: '#/components/schemas/Street'}");
    let from = format!("        - {room}\n        - {street}\n");
    let texts = "{type: array, items: {type: string}, description: Texts.}";
    let any = "{description: Anything.}";
    let cases: [(&[&str], &[&str], bool); 4] = [
        (&[room, street, texts], &[street, room, texts], true),
        (&[room, texts], &[texts, room], false),
        (&[room, texts, any], &[any, room, texts], true),
        (&[room, texts, street], &[room, street, texts], false),
    ];
    for (old, new, is_told) in cases {
        let forms =
            |forms: &[&str]| forms.iter().map(|form| format!("        - {form}\n")).collect::<String>();
        let found = between(path, &from, [&forms(old), &forms(new)]);
        let expected: &[&str] = if is_told { &["alternative-order sample Chest"] } else { &[] };
        assert_eq!(found, expected, "{old:?} {new:?}");
    }
}
