//! Writes the setters of optional members.

/// Setters on the type itself.
macro_rules! setters {
    (
        $name:ident $_meta:tt $_required:tt
        [$(($member:ident $type:tt $_wire:tt $_limits:tt [$(#$meta:tt)*]))*]
        [$(($rest:ident $rest_type:tt [$(#$rest_meta:tt)*]))?]
        $_read_only:tt
    ) => {
        impl $name {
            $($crate::runtime::declare::setters::setter! { $member [$member] $type $(#$meta)* #[must_use] })*
            $($crate::runtime::declare::setters::rest! { $rest [$rest] $rest_type $(#$rest_meta)* #[must_use] })?
        }
    };
}

/// The same setters on each `Call` that has the type as its body.
macro_rules! call_setters {
    (
        $name:ident $_meta:tt $_required:tt
        [$(($member:ident $type:tt $_wire:tt $_limits:tt [$(#$meta:tt)*]))*]
        [$(($rest:ident $rest_type:tt [$(#$rest_meta:tt)*]))?]
        $_read_only:tt
    ) => {
        impl<O> $crate::runtime::Call<O, $name> {
            $($crate::runtime::declare::setters::setter! { $member [body.$member] $type $(#$meta)* })*
            $($crate::runtime::declare::setters::rest! { $rest [body.$rest] $rest_type $(#$rest_meta)* })?
        }
    };
}

/// One setter. It takes anything that converts into the type of the member.
macro_rules! setter {
    ($name:ident [$($member:ident).+] [Option<$type:ty>] $(#$meta:tt)*) => {
        $(#$meta)*
        pub fn $name(mut self, value: impl Into<$type>) -> Self {
            self.$($member).+ = Some(value.into());
            self
        }
    };
    ($name:ident [$($member:ident).+] [Vec<$type:ty>] $(#$meta:tt)*) => {
        $(#$meta)*
        pub fn $name(mut self, values: impl IntoIterator<Item = impl Into<$type>>) -> Self {
            self.$($member).+ = Some(values.into_iter().map(Into::into).collect());
            self
        }
    };
    ($name:ident [$($member:ident).+] [$type:ty] $(#$meta:tt)*) => {
        $(#$meta)*
        pub fn $name(mut self, value: impl Into<$type>) -> Self {
            self.$($member).+ = Some(value.into());
            self
        }
    };
}

/// The setter of the member that holds all members without a declaration.
macro_rules! rest {
    ($name:ident [$($member:ident).+] [$type:ty] $(#$meta:tt)*) => {
        $(#$meta)*
        pub fn $name(mut self, value: impl Into<$type>) -> Self {
            self.$($member).+ = value.into();
            self
        }
    };
}

pub(crate) use {call_setters, rest, setter, setters};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::types;

    types::declare! {
        [structures::request_structure, constructors::default, setters::setters, setters::call_setters]
        pub struct Settings(
            name: String = "name",
        ) {
            count: Option<i64> = "count",
            note: Option<Nullable<String>> = "note",
            list: Vec<String> = "list",
            map: BTreeMap<String, i64> = "map";
            rest: BTreeMap<String, String>
        }
    }

    #[test]
    fn each_optional_member_has_a_setter() {
        let set = Settings::default()
            .count(7)
            .list(["a", "b"])
            .map([("k".to_owned(), 1)])
            .rest([("x".to_owned(), "y".to_owned())]);
        assert_eq!(set.count, Some(7));
        assert_eq!(set.list, Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(set.map, Some(BTreeMap::from([("k".to_owned(), 1)])));
        assert_eq!(set.rest, BTreeMap::from([("x".to_owned(), "y".to_owned())]));
        assert_eq!(
            set.clone().count(8).list(["c"]),
            Settings { count: Some(8), list: Some(vec!["c".to_owned()]), ..set }
        );
    }

    #[test]
    fn a_member_can_be_absent_null_empty_or_a_value() {
        let note = |settings: Settings| settings.note;
        assert_eq!(note(Settings::default()), None);
        assert_eq!(note(Settings::default().note(None)), Some(Nullable::Null));
        assert_eq!(note(Settings::default().note("")), Some(Nullable::Value(String::new())));
        assert_eq!(Settings::default().list([""; 0]).list, Some(Vec::new()));
        assert_eq!(Settings::default().map([]).map, Some(BTreeMap::new()));
    }

    #[test]
    fn a_call_has_the_same_setters() {
        let _: fn(Call<(), Settings>) -> Call<(), Settings> =
            |call| call.count(7).list(["a"]).map([("k".to_owned(), 1)]).rest(BTreeMap::new());
    }
}
