//! Checks a JSON value against the shape and the limits of its type.

use serde_json::{Map, Value};

use super::binary::Binary;
use super::limits::Limits;
use super::mismatch::{Mismatch, Problem, Step};
use super::secret::Secret;
use super::shape::{EnumShape, ObjectShape, Shape};
use super::validate::Validate;

impl Shape {
    /// Checks a value of a request against the shape, and its texts against the limits: those of its place, and those that its
    /// parts have by themselves. The result lists every mismatch.
    #[must_use]
    pub fn check(&self, value: &Value, limits: &Limits) -> Vec<Mismatch> {
        let mut walk = Walk::default();
        walk.value(self, value, limits);
        walk.found
    }

    /// Whether a value is of the kind that the shape says, as far as it can be printed. The parts of a list or an object
    /// aren't looked at. What is secret, and what is given as bytes, is of no kind.
    #[must_use]
    pub fn is_of_kind(&self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Boolean => value.is_boolean(),
            Self::Integer | Self::Number => value.is_number(),
            Self::Text => value.is_string(),
            Self::Time => self.check(value, &Limits::NONE).is_empty(),
            Self::Enum(of) => of.is_of_kind(value),
            Self::List(_) => value.is_array(),
            Self::Object(_) | Self::Map(_) | Self::Redirect => value.is_object(),
            Self::Choice { forms, .. } => forms.iter().any(|form| form.is_of_kind(value)),
            Self::Nullable(inner) => value.is_null() || inner.is_of_kind(value),
            Self::Nothing | Self::Binary | Self::ByStatus(_) | Self::Secret(_) => false,
        }
    }
}

/// A walk through a value along its shape.
#[derive(Default)]
struct Walk {
    path: Vec<Step>,
    found: Vec<Mismatch>,
}

impl Walk {
    fn value(&mut self, shape: &Shape, value: &Value, limits: &Limits) {
        match (shape, value) {
            (Shape::Nullable(_), Value::Null) => {}
            (Shape::Secret(inner) | Shape::Nullable(inner), _) => self.value(inner, value, limits),
            (Shape::Any, _) | (Shape::Text, Value::String(_)) => self.limits(value, limits),
            (Shape::Time, Value::String(_)) => self.limits(value, &limits.date_time()),
            (Shape::Binary, Value::String(_) | Value::Object(_)) => self.binary(value, limits),
            (Shape::Enum(of), value) if of.is_of_kind(value) => self.enumerated(of, value, limits),
            (Shape::Boolean, Value::Bool(_)) => {}
            (Shape::Number, Value::Number(_)) => self.limits(value, limits),
            (Shape::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => {
                self.limits(value, limits);
            }
            (Shape::List(item), Value::Array(values)) => {
                if let Err(violation) = limits.check_items(values.len()) {
                    self.add(Problem::OutsideLimits(violation));
                }
                for (index, value) in values.iter().enumerate() {
                    self.step(Step::Item(index), |walk| walk.value(item, value, limits));
                }
            }
            (Shape::Map(of), Value::Object(members)) => {
                for (name, value) in members {
                    self.step(Step::Key(name.clone()), |walk| walk.value(of, value, limits));
                }
            }
            (Shape::Object(object), Value::Object(members)) => self.object(*object, members),
            (Shape::Choice { forms, .. }, _) => self.choice(shape, forms, value, limits),
            (_, Value::Null) => self.add(Problem::Null),
            _ => self.add(Problem::WrongShape(shape.clone())),
        }
    }

    fn limits(&mut self, value: &Value, limits: &Limits) {
        if let Err(violation) = value.check(limits) {
            self.add(Problem::OutsideLimits(violation));
        }
    }

    fn binary(&mut self, value: &Value, limits: &Limits) {
        match Binary::from_json(value).map(|binary| binary.check(limits)) {
            Some(Ok(())) => {}
            Some(Err(violation)) => self.add(Problem::OutsideLimits(violation)),
            None => self.add(Problem::WrongShape(Shape::Binary)),
        }
    }

    fn enumerated(&mut self, of: &EnumShape, value: &Value, limits: &Limits) {
        if let Err(violation) = value.check(limits) {
            self.add(Problem::OutsideLimits(violation));
        } else if !of.knows(value) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            self.add(Problem::NotInEnum(of.clone(), Secret::from(text)));
        }
    }

    fn object(&mut self, object: ObjectShape, members: &Map<String, Value>) {
        for (name, value) in members {
            match object.members.iter().find(|member| member.name == name) {
                Some(member) if member.is_read_only => {
                    self.step(Step::Member(member.name), |walk| walk.add(Problem::ReadOnly));
                }
                Some(member) => self.step(Step::Member(member.name), |walk| {
                    walk.value(&(member.shape)(), value, &member.limits);
                }),
                None if object.is_extensible => {}
                None => {
                    let problem = Problem::UnknownMember(object, name.clone());
                    self.step(Step::Key(name.clone()), |walk| walk.add(problem));
                }
            }
        }
        let required = object.members.iter().filter(|member| member.is_required);
        for member in required.filter(|member| !members.contains_key(member.name)) {
            self.step(Step::Member(member.name), |walk| walk.add(Problem::Missing));
        }
    }

    /// A value that has none of the forms gets the mismatches of the form that was most likely meant: the form of which the
    /// value breaks nothing but the limits, or else, for an object, the only form that is an object.
    fn choice(&mut self, shape: &Shape, forms: &[Shape], value: &Value, limits: &Limits) {
        let mut objects = forms.iter().filter(|form| matches!(form, Shape::Object(_)));
        let only_object = objects.next().filter(|_| value.is_object() && objects.next().is_none());
        let mut meant = None;
        for form in forms {
            let found = form.check(value, limits);
            if found.iter().all(Mismatch::is_doubt) {
                return;
            }
            let is_limited =
                found.iter().all(|mismatch| matches!(mismatch.problem, Problem::OutsideLimits(_)));
            if is_limited || (meant.is_none() && only_object == Some(form)) {
                meant = Some(found);
            }
        }
        match meant {
            Some(found) => {
                self.found.extend(found.into_iter().map(|mismatch| mismatch.under(&self.path)));
            }
            None if value.is_null() => self.add(Problem::Null),
            None => self.add(Problem::NoForm(shape.clone())),
        }
    }

    fn step(&mut self, step: Step, walk: impl FnOnce(&mut Self)) {
        self.path.push(step);
        walk(self);
        self.path.pop();
    }

    fn add(&mut self, problem: Problem) {
        self.found.push(Mismatch { path: self.path.clone(), problem });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Mismatch, Problem, Step};
    use crate::runtime::value::limits::Limits;
    use crate::runtime::value::shape::{EnumKind, EnumShape, MemberShape, ObjectShape, Shape};

    const USER: Shape = Shape::Object(ObjectShape {
        name: "User",
        documentation: "",
        members: &[
            member("name", true, || Shape::Text),
            member("age", false, || Shape::Integer),
            member("colour", false, || colour(true)),
            member("size", false, || colour(false)),
            member("friends", false, || Shape::List(Box::new(USER))),
        ],
        is_extensible: false,
    });

    const fn member(name: &'static str, is_required: bool, shape: fn() -> Shape) -> MemberShape {
        let limits = Limits::NONE.length(2, 5);
        MemberShape { name, is_required, is_read_only: false, limits, shape, documentation: "" }
    }

    fn colour(is_open: bool) -> Shape {
        Shape::Enum(EnumShape {
            name: "Colour",
            documentation: "",
            kind: EnumKind::Text,
            values: &["red", "blue"],
            is_open,
        })
    }

    fn list(of: Shape) -> Shape {
        Shape::List(Box::new(of))
    }

    /// Each mismatch as its path and the name of its problem.
    fn found(shape: &Shape, value: &Value, limits: &Limits) -> Vec<String> {
        let found = shape.check(value, limits).into_iter().map(|mismatch| {
            let problem = format!("{:?}", mismatch.problem);
            let problem = problem.split(['(', ' ']).next().unwrap_or_default().to_owned();
            format!("{mismatch}: {problem}")
        });
        found.collect()
    }

    #[test]
    fn a_value_is_of_the_kind_that_its_shape_says() {
        let (time, number) = (json!("2026-01-31T09:52:26Z"), json!(7));
        for (shape, good, bad) in [
            (Shape::Time, &time, &json!("31 January")),
            (Shape::Text, &time, &number),
            (Shape::Number, &number, &time),
            (colour(false), &json!("mauve"), &number),
            (list(Shape::Time), &json!([7]), &time),
            (Shape::Nullable(Box::new(Shape::Time)), &Value::Null, &number),
        ] {
            assert!(shape.is_of_kind(good) && !shape.is_of_kind(bad), "{shape:?}");
        }
        assert!(!Shape::Secret(Box::new(Shape::Text)).is_of_kind(&time));
    }

    #[test]
    fn all_mismatches_are_found_with_their_paths() {
        let value = json!({
            "age": 1.5,
            "colour": "mauve",
            "size": "huge",
            "friends": [{"name": "Al", "age": null}, {"name": "Barbara", "nick": 1}, 7, null],
        });
        let mut found = found(&USER, &value, &Limits::NONE);
        found.sort_unstable();
        assert_eq!(
            found,
            [
                "age: WrongShape",
                "colour: NotInEnum",
                "friends[0].age: Null",
                "friends[1].name: OutsideLimits",
                "friends[1].nick: UnknownMember",
                "friends[2]: WrongShape",
                "friends[3]: Null",
                "name: Missing",
                "size: NotInEnum",
            ]
        );
        let doubts = USER.check(&value, &Limits::NONE).into_iter().filter(|mismatch| mismatch.is_doubt());
        assert_eq!(doubts.map(|mismatch| mismatch.to_string()).collect::<Vec<_>>(), ["colour"]);
    }

    #[test]
    fn parts_are_checked_against_the_limits_of_their_place() {
        let secrets = Shape::Map(Box::new(Shape::Secret(Box::new(Shape::Text))));
        let choice =
            Shape::Choice { name: "Choice", documentation: "", forms: vec![Shape::Text, list(Shape::Text)] };
        let limits = Limits::NONE.length(2, 3);
        for (shape, good, bad, path) in [
            (&Shape::Text, json!("ab"), json!("a"), ""),
            (&Shape::Any, json!(["ab"]), json!(["a"]), ""),
            (&colour(true), json!("red"), json!("r"), ""),
            (&list(Shape::Text), json!(["ab", "abc"]), json!(["ab", "abcd"]), "[1]"),
            (&secrets, json!({"a": "ab"}), json!({"a": "ab", "b": "b"}), "b"),
            (&choice, json!("ab"), json!("a"), ""),
            (&choice, json!(["ab"]), json!(["a"]), "[0]"),
        ] {
            assert_eq!(found(shape, &good, &limits), [""; 0], "{shape:?}");
            assert_eq!(found(shape, &bad, &limits), [format!("{path}: OutsideLimits")], "{shape:?}");
        }
        assert_eq!(found(&list(Shape::Integer), &json!([1]), &limits), [""; 0]);
        let limits = Limits::NONE.at_least(2.0).items(1, 2);
        for (value, expected) in [
            (json!([2, 3]), &[][..]),
            (json!([1]), &["[0]: OutsideLimits"][..]),
            (json!([2, 3, 4]), &[": OutsideLimits"][..]),
        ] {
            assert_eq!(found(&list(Shape::Integer), &value, &limits), expected, "{value}");
        }
    }

    #[test]
    fn a_member_that_only_responses_have_is_refused() {
        const ID: MemberShape = MemberShape { is_read_only: true, ..member("id", false, || Shape::Text) };
        let shape = Shape::Object(ObjectShape {
            name: "Both",
            documentation: "",
            members: &[ID],
            is_extensible: false,
        });
        assert_eq!(found(&shape, &json!({}), &Limits::NONE), [""; 0]);
        assert_eq!(found(&shape, &json!({"id": "ab"}), &Limits::NONE), ["id: ReadOnly"]);
    }

    #[test]
    fn no_value_is_shown() {
        let secret = |shape| Shape::Secret(Box::new(shape));
        for shape in
            [colour(false), colour(true), secret(colour(false)), secret(colour(true)), Shape::Integer]
        {
            let mismatches = shape.check(&json!("s3cret"), &Limits::NONE);
            let shown = format!("{mismatches:?} {}", mismatches[0]);
            assert!(!shown.contains("s3cret"), "{shown}");
        }
        let mismatches = colour(true).check(&json!("mauve"), &Limits::NONE);
        assert!(matches!(&mismatches[0].problem, Problem::NotInEnum(_, text) if text.expose() == "mauve"));
    }

    #[test]
    fn null_is_accepted_where_it_is_declared() {
        let nullable = |shape| Shape::Nullable(Box::new(shape));
        let limits = Limits::NONE.length(2, 3);
        assert_eq!(found(&nullable(Shape::Text), &Value::Null, &limits), [""; 0]);
        assert_eq!(found(&nullable(Shape::Text), &json!("a"), &limits), [": OutsideLimits"]);
        assert_eq!(found(&list(nullable(Shape::Integer)), &json!([1, null]), &limits), [""; 0]);
        assert_eq!(found(&Shape::Any, &Value::Null, &limits), [""; 0]);
        for shape in
            [Shape::Text, USER, colour(true), list(Shape::Text), Shape::Secret(Box::new(Shape::Text))]
        {
            assert_eq!(found(&shape, &Value::Null, &limits), [": Null"], "{shape:?}");
        }
        let choice = |forms| Shape::Choice { name: "Choice", documentation: "", forms };
        assert_eq!(found(&choice(vec![Shape::Text, USER]), &Value::Null, &limits), [": Null"]);
        assert_eq!(found(&choice(vec![nullable(Shape::Text), USER]), &Value::Null, &limits), [""; 0]);
    }

    #[test]
    fn a_choice_names_what_the_form_lacks_that_was_meant() {
        let choice = Shape::Choice { name: "Target", documentation: "", forms: vec![Shape::Text, USER] };
        assert_eq!(found(&choice, &json!({"name": "Al"}), &Limits::NONE), [""; 0]);
        assert_eq!(found(&choice, &json!({"name": "Al", "colour": "mauve"}), &Limits::NONE), [""; 0]);
        assert_eq!(found(&choice, &json!({}), &Limits::NONE), ["name: Missing"]);
        assert_eq!(found(&choice, &json!(7), &Limits::NONE), [": NoForm"]);
        let in_list = list(choice);
        let mismatch = in_list.check(&json!(["x", {}]), &Limits::NONE).remove(0);
        assert_eq!(mismatch.path, [Step::Item(1), Step::Member("name")]);
        assert_eq!((mismatch.to_string().as_str(), mismatch.problem), ("[1].name", Problem::Missing));
        assert_eq!(in_list.check(&json!([1]), &Limits::NONE)[0].members(), [""; 0]);
    }

    #[test]
    fn bytes_are_counted_as_they_are() {
        let limits = Limits::NONE.length(0, 3);
        assert_eq!(found(&Shape::Binary, &json!("AP8K"), &limits), [""; 0]);
        assert_eq!(
            found(&Shape::Binary, &json!({"content": "AP8K", "file_name": "a.png"}), &limits),
            [""; 0]
        );
        let long = Shape::Binary.check(&json!("AP8KAA=="), &limits);
        assert!(matches!(&long[..], [Mismatch { problem: Problem::OutsideLimits(_), .. }]), "{long:?}");
        let wrong = Shape::Binary.check(&json!("s3cret!"), &limits);
        assert!(
            matches!(&wrong[..], [Mismatch { problem: Problem::WrongShape(Shape::Binary), .. }]),
            "{wrong:?}"
        );
    }
}
