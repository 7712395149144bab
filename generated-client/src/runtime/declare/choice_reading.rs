//! Reads choices: which of several forms a value has.

/// `Deserialize`: the first form that fits, or else `Other`.
macro_rules! deserialize {
    (
        $name:ident $_meta:tt
        [$(($variant:ident [$form:ty] [$required:tt $nullable:tt [$($tag:literal $tags:tt)?]] $_variant_meta:tt))*]
        [$($other:ident)?]
    ) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::declare::choice_reading::skip!(deserializer $(, $other)?);
                let value: $crate::runtime::Secret<::serde_json::Value> =
                    ::serde::Deserialize::deserialize(deserializer)?;
                let form = $crate::runtime::members::Form::LOOSE;
                if let Some(read) = $crate::runtime::members::Member::read_form(value.expose(), form) {
                    return Ok(read);
                }
                $crate::runtime::declare::choice_reading::otherwise!($name, value $(, $other)?)
            }
        }

        impl $crate::runtime::members::Member for $name {
            const WITHOUT_BODY: Option<&'static str> = $crate::runtime::members::first(&[
                $(<$form as $crate::runtime::members::Member>::WITHOUT_BODY),*
            ]);

            fn read<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                ::serde::Deserialize::deserialize(deserializer)
            }

            /// None for a value that has no form which is known.
            #[inline]
            fn read_form(value: &::serde_json::Value, form: $crate::runtime::members::Form) -> Option<Self> {
                let rounds: &[bool] = if form.is_exact { &[true] } else { &[true, false] };
                for &is_exact in rounds {
                    $(
                        let form = $crate::runtime::members::Form {
                            required: &$required,
                            nullable: &$nullable,
                            tag: $crate::runtime::declare::choice_reading::tag!($($tag $tags)?),
                            is_exact,
                        };
                        if let Some(read) = form.read::<$form>(value) {
                            return Some(Self::$variant(read));
                        }
                    )*
                }
                None
            }
        }
    };
}

/// The member by which a form is told from the others, if there is one.
macro_rules! tag {
    () => {
        None
    };
    ($name:literal $texts:tt) => {
        Some(($name, &$texts))
    };
}

/// Skips a choice that accepts any value, while the form that it stands in is tried.
macro_rules! skip {
    ($deserializer:ident) => {};
    ($deserializer:ident, $other:ident) => {
        if $crate::runtime::members::skips_choice() {
            let skipped: Result<::serde::de::IgnoredAny, _> =
                ::serde::Deserialize::deserialize($deserializer);
            return skipped.map(|_| Self::default());
        }
    };
}

/// What a value that fits no form is read as: `Other`, or an error if the choice has no such variant.
macro_rules! otherwise {
    ($name:ident, $value:ident) => {
        Err(::serde::de::Error::custom(concat!("no form of ", stringify!($name))))
    };
    ($name:ident, $value:ident, $other:ident) => {
        Ok(Self::$other($value))
    };
}

/// Takes the place of a macro whose code a type has only with the feature `both-directions`, and expands to nothing.
#[cfg(not(feature = "both-directions"))]
macro_rules! nothing {
    ($($declaration:tt)*) => {};
}

#[cfg(feature = "both-directions")]
pub(crate) use deserialize as deserialize_strictly;
#[cfg(not(feature = "both-directions"))]
pub(crate) use nothing as deserialize_strictly;

pub(crate) use {deserialize, otherwise, skip, tag};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;

    response! {
        pub struct Cat(
            name: String = "name",
        ) {
            hunts: Option<bool> = "hunts",
        }
    }

    response! {
        pub struct Dog(
            name: String = "name",
        ) {
            barks: Option<bool> = "barks";
            rest: Map<String, Value>
        }
    }

    response_choice! {
        pub enum Pet {
            Anything(BTreeMap<String, String>),
            Dog(Dog) = ["name"],
            Cat(Cat) = ["name"],
            Many(Vec<Pet>),
            Number(Option<i64>),
        }
    }

    response_choice! {
        pub enum Tagged {
            Cat(Cat) if "kind" = ["cat", "Cat"],
            Dog(Dog) if "kind" = ["dog"],
        }
    }

    response_choice! {
        pub enum Nested {
            Tagged(Tagged),
            Count(i64),
        }
    }

    response! {
        pub struct Twig(
            tree: Box<Tree> = "tree",
        ) {
            z: Option<bool> = "z",
        }
    }

    response! {
        pub struct Branch(
            tree: Box<Tree> = "tree",
        ) {
            z: Option<i64> = "z",
        }
    }

    response_choice! {
        pub enum Tree {
            Leaf(String),
            Many(Vec<Tree>),
            Twig(Twig) = ["tree"],
            Branch(Branch) = ["tree"],
        }
    }

    fn is(json: &str, variant: &str) {
        let pet: Pet = serde_json::from_str(json).unwrap();
        assert!(format!("{pet:?}").starts_with(variant), "{json}: {pet:?}");
    }

    #[test]
    fn the_form_that_describes_all_of_a_value_goes_first() {
        is(r#"{"name":"a","hunts":true}"#, "Cat");
        is(r#"{"name":"a"}"#, "Dog");
        is(r#"{"name":"a","new":1}"#, "Dog");
        is(r#"{"name":"a","new":"b"}"#, "Anything");
        is(r#"{"new":1}"#, "Other");
        is(r#"[{"name":"a","hunts":true},null,[7]]"#, "Many");
        is("null", "Number");
        is(r#""7""#, "Other");
    }

    #[test]
    fn a_tag_tells_forms_apart() {
        let read = |json: &str| serde_json::from_str::<Tagged>(json).unwrap();
        assert!(
            matches!(read(r#"{"kind":"dog","name":"a"}"#), Tagged::Dog(dog) if dog.rest.contains_key("kind"))
        );
        assert!(matches!(read(r#"{"kind":"Cat","barks":true}"#), Tagged::Cat(_)));
        assert!(matches!(read(r#"{"barks":true}"#), Tagged::Dog(_)));
        assert!(matches!(read(r#"{"kind":"fish"}"#), Tagged::Other(_)));
        assert!(matches!(read(r#"{"kind":7}"#), Tagged::Other(_)));
    }

    #[test]
    fn a_choice_in_a_choice_leaves_to_the_others_what_it_does_not_know() {
        let read = |json: &str| serde_json::from_str::<Nested>(json).unwrap();
        assert_eq!(read("7"), Nested::Count(7));
        assert!(matches!(read(r#"{"kind":"dog"}"#), Nested::Tagged(Tagged::Dog(_))));
    }

    /// A tree of this depth, in whose branches the tree stands in place of `TREE`.
    fn tree(branch: &str, depth: usize) -> Tree {
        let json = (0..depth).fold(r#""leaf""#.to_owned(), |tree, _| branch.replace("TREE", &tree));
        serde_json::from_str(&json).unwrap()
    }

    /// The test would never end if each level were read once for each form of the level above.
    #[test]
    fn a_deep_choice_is_read_in_a_time_that_its_forms_do_not_multiply() {
        for branch in [r#"{"tree":TREE,"z":{}}"#, r#"{"z":{},"tree":TREE,"new":1}"#] {
            assert!(matches!(tree(branch, 100), Tree::Other(_)), "{branch}");
        }
        for branch in [r#"[{"tree":TREE},7]"#, r#"[{"tree":TREE,"z":{}}]"#] {
            assert!(matches!(tree(branch, 50), Tree::Other(_)), "{branch}");
        }
        for branch in [r#"{"tree":TREE,"z":7}"#, r#"{"tree":TREE,"new":1,"z":"7"}"#] {
            let mut read = tree(branch, 100);
            for _ in 0..100 {
                let Tree::Branch(branch) = read else { panic!("this is no branch") };
                assert_eq!(branch.z, Some(7));
                read = *branch.tree;
            }
            assert_eq!(read, Tree::Leaf("leaf".to_owned()));
        }
    }
}
