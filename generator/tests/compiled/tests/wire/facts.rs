//! What the keywords of the spec say is part of the descriptions.

use generator_cases::facts::operations;
use generator_cases::runtime::{OperationInfo, Shape};

fn start() -> &'static OperationInfo {
    operations().into_iter().find(|info| info.spec.id == "facts_start").unwrap()
}

#[test]
fn an_argument_tells_its_limits_and_its_default() {
    let documentation = start().documentation;
    let laps = "How many laps there are. The value is from 1 to 99. It is deprecated.";
    assert_eq!(documentation.argument("laps").as_deref(), Some(laps));
    let text =
        |name: &str| start().arguments.iter().find(|argument| argument.name == name).unwrap().documentation;
    assert_eq!(text("language"), " The language of the announcements. The default is `en`.\n");
    assert_eq!(text("lanes"), " The lanes that are used. The list has 1 to 8 items.\n");
}

#[test]
fn a_member_tells_its_limits_and_its_default() {
    let Shape::Object(race) = (start().request)() else { panic!("no object") };
    let texts: Vec<&str> = race.members.iter().map(|member| member.documentation).collect();
    assert_eq!(
        texts,
        [
            " In metres. The value is more than 0.\n",
            " Who runs. The list has at least 2 items.\n",
            " The prizes, by their places.\n",
            " Where it is:\n - under a roof\n - in the open\n\n The default is `false`.\n",
            " The default is `relay`.\n",
            " The default is `strict`.\n",
        ]
    );
}
