//! Writes what serde's derives would write for declared objects.

/// `Serialize`: required members are always written, optional ones if they are set, and members that only responses have
/// are never written.
macro_rules! serialize {
    (
        $name:ident $_meta:tt
        [$(($required:ident $_required_type:tt $required_wire:literal $_required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $optional_wire:literal $_optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        $_read_only:tt
    ) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::members::Writer::begin(serializer)
                    $(.required($required_wire, &self.$required))*
                    $(.optional($optional_wire, &self.$optional))*
                    $(.rest(&self.$rest))?
                    .end()
            }
        }
    };
}

/// `Deserialize` of a type that responses contain: every member may be absent.
macro_rules! deserialize {
    (
        $name:ident $_meta:tt
        [$(($required:ident $_required_type:tt $required_wire:literal $_required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $optional_wire:literal $_optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        [$((
            $read_only:ident $_read_only_type:tt $read_only_wire:literal $_read_only_limits:tt $_read_only_meta:tt
        ))*]
    ) => {
        impl $crate::runtime::members::Object for $name {
            fn read<'de, A: ::serde::de::MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<(), A::Error> {
                match name {
                    $($required_wire => $crate::runtime::members::read(&mut self.$required, map),)*
                    $($optional_wire => $crate::runtime::members::read(&mut self.$optional, map),)*
                    $($read_only_wire => $crate::runtime::members::read(&mut self.$read_only, map),)*
                    _ => $crate::runtime::declare::json::read_other!(self, name, map $(, $rest)?),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::members::object(deserializer)
            }
        }

        impl $crate::runtime::members::Member for $name {
            const NAMES: Option<$crate::runtime::members::Names> = Some($crate::runtime::members::Names {
                required: &[$($required_wire),*],
                other: &[$($optional_wire,)* $($read_only_wire),*],
            });
        }
    };
}

/// Reads a member that isn't declared. It is kept if the type has a member for all others.
macro_rules! read_other {
    ($self:ident, $name:ident, $map:ident) => {
        $crate::runtime::members::ignore($map)
    };
    ($self:ident, $name:ident, $map:ident, $rest:ident) => {
        $crate::runtime::members::read_rest(&mut $self.$rest, $name, $map)
    };
}

/// `Deserialize` of a type that only requests contain: required members have to be there.
macro_rules! read_strictly {
    (
        $name:ident $_meta:tt
        [$(($required:ident $_required_type:tt $required_wire:literal $_required_limits:tt $_required_meta:tt))*]
        [$(($optional:ident $_optional_type:tt $optional_wire:literal $_optional_limits:tt $_optional_meta:tt))*]
        [$(($rest:ident $_rest_type:tt $_rest_meta:tt))?]
        $_read_only:tt
    ) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[allow(unused_mut, reason = "a type may have no members")]
                let mut members = $crate::runtime::members::Reader::begin(deserializer);
                #[allow(irrefutable_let_patterns, reason = "a type may require nothing")]
                let ($(Some($required),)*) = ($(members.required($required_wire),)*) else {
                    return members.fail();
                };
                let read = Self {
                    $($required,)*
                    $($optional: members.optional($optional_wire),)*
                    $($rest: members.rest(),)?
                };
                members.end(read)
            }
        }

        impl $crate::runtime::members::Member for $name {
            // A value without a required member can't be read, so nothing else need ask for them.
            const NAMES: Option<$crate::runtime::members::Names> = Some($crate::runtime::members::Names {
                required: &[],
                other: &[$($required_wire,)* $($optional_wire),*],
            });
        }
    };
}

/// Takes the place of a macro whose code a type has only with the feature `both-directions`, and expands to nothing.
#[cfg(not(feature = "both-directions"))]
macro_rules! nothing {
    ($($declaration:tt)*) => {};
}

#[cfg(not(feature = "both-directions"))]
pub(crate) use {nothing as deserialize_strictly, nothing as serialize_response};
#[cfg(feature = "both-directions")]
pub(crate) use {read_strictly as deserialize_strictly, serialize as serialize_response};

pub(crate) use {deserialize, read_other, read_strictly, serialize};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::types;

    types::declare! {
        [structures::structure, constructors::default, json::serialize, json::deserialize]
        pub struct Response(
            name: String = "Name",
        ) {
            count: Option<i64> = "count",
        }
    }

    types::declare! {
        [structures::structure, constructors::default, json::serialize, json::deserialize]
        pub struct Extensible() {
            list: Vec<i64> = "list";
            rest: BTreeMap<String, i64>
        }
    }

    types::declare! {
        [structures::structure, constructors::default, json::serialize, json::deserialize]
        pub struct Both(
            name: String = "name",
        ) {} read_only {
            id: String = "id",
            tags: Vec<String> = "tags",
        }
    }

    #[test]
    fn a_read_only_member_is_read_and_not_written() {
        let both: Both = read(r#"{"id":"7","name":"n","tags":["a"]}"#);
        assert_eq!(both, Both { name: "n".to_owned(), id: "7".to_owned(), tags: vec!["a".to_owned()] });
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"{"name":"n"}"#);
    }

    fn read<T: serde::de::DeserializeOwned>(json: &str) -> T {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn unset_members_are_not_written() {
        let written = |value: &Response| serde_json::to_string(value).unwrap();
        assert_eq!(written(&Response::default()), r#"{"Name":""}"#);
        assert_eq!(written(&Response { count: Some(1), ..Response::default() }), r#"{"Name":"","count":1}"#);
        let extensible = Extensible { list: vec![1], rest: BTreeMap::from([("a".to_owned(), 2)]) };
        assert_eq!(serde_json::to_string(&extensible).unwrap(), r#"{"list":[1],"a":2}"#);
    }

    #[test]
    fn members_may_be_absent_null_or_unknown() {
        assert_eq!(read::<Response>("{}"), Response::default());
        assert_eq!(read::<Response>(r#"{"Name":null,"new":{}}"#), Response::default());
        let response = Response { name: "n".to_owned(), count: Some(7) };
        assert_eq!(read::<Response>(r#"{"count":"7","Name":"n"}"#), response);
        let extensible = Extensible { list: vec![1], rest: BTreeMap::from([("a".to_owned(), 2)]) };
        assert_eq!(read::<Extensible>(r#"{"a":2,"list":[1,null],"b":null}"#), extensible);
    }

    #[cfg(feature = "both-directions")]
    mod both_directions {
        use crate::runtime::codegen::*;
        use crate::runtime::declare::types;

        types::declare! {
            [structures::structure, json::deserialize_strictly]
            pub struct Request(
                name: String = "name",
            ) {
                count: Option<i64> = "count";
                rest: Map<String, Value>
            }
        }

        #[test]
        fn a_request_must_have_its_required_members() {
            let read = |json| serde_json::from_str::<Request>(json).map_err(|error| error.to_string());
            let rest = Map::from_iter([("x".to_owned(), Value::Null)]);
            assert_eq!(
                read(r#"{"name":"n","x":null}"#),
                Ok(Request { name: "n".to_owned(), count: None, rest })
            );
            assert_eq!(read(r#"{"count":1}"#), Err("missing field `name`".to_owned()));
            assert_eq!(read(r#"{"name":null}"#), Err("missing field `name`".to_owned()));
        }
    }
}
