//! Floating-point numbers on their way into JSON.
//!
//! `serde_json::to_value` makes null of a number that isn't finite, which means something else to a service, and it widens
//! an `f32`, so that 0.7 becomes 0.699999988079071. Once a value is JSON, neither can be told any more, and JSON text that
//! is read back would leave copies of secrets in memory. So the numbers are looked at on their way.

use std::fmt::Display;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Value;

/// What is wrong with a number that JSON doesn't have.
pub(crate) const NOT_FINITE: &str = "is not a finite number";

/// The number that the shortest text of an `f32` stands for.
pub(crate) fn widened(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// The JSON of a value.
///
/// # Errors
///
/// If a number in it isn't finite, and if it has no JSON.
pub(crate) fn to_value(value: &impl Serialize) -> serde_json::Result<Value> {
    value.serialize(Floats(serde_json::value::Serializer))
}

/// Hands everything on to another serializer as it is, save the floating-point numbers.
struct Floats<T>(T);

/// A part of a value.
impl<T: Serialize + ?Sized> Serialize for Floats<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Floats(serializer))
    }
}

/// Methods for what is no floating-point number and holds none.
macro_rules! hand_on {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method(self, $($argument: $type),*) -> Result<S::Ok, S::Error> {
            self.0.$method($($argument),*)
        }
    )*};
}

/// Methods for what holds a single value.
macro_rules! hand_on_with_a_value {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method<T: Serialize + ?Sized>(self, $($argument: $type,)* value: &T) -> Result<S::Ok, S::Error> {
            self.0.$method($($argument,)* &Floats(value))
        }
    )*};
}

/// Methods for what holds several values, and what each method collects them in.
macro_rules! begin {
    ($($method:ident($($argument:ident: $type:ty),*) -> $collection:ident;)*) => {$(
        type $collection = Floats<S::$collection>;

        fn $method(self, $($argument: $type),*) -> Result<Self::$collection, S::Error> {
            self.0.$method($($argument),*).map(Floats)
        }
    )*};
}

impl<S: Serializer> Serializer for Floats<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_f32(self, value: f32) -> Result<S::Ok, S::Error> {
        self.serialize_f64(widened(value))
    }

    fn serialize_f64(self, value: f64) -> Result<S::Ok, S::Error> {
        if value.is_finite() { self.0.serialize_f64(value) } else { Err(Error::custom(NOT_FINITE)) }
    }

    hand_on! {
        serialize_bool(value: bool);
        serialize_i8(value: i8);
        serialize_i16(value: i16);
        serialize_i32(value: i32);
        serialize_i64(value: i64);
        serialize_i128(value: i128);
        serialize_u8(value: u8);
        serialize_u16(value: u16);
        serialize_u32(value: u32);
        serialize_u64(value: u64);
        serialize_u128(value: u128);
        serialize_char(value: char);
        serialize_str(value: &str);
        serialize_bytes(value: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    hand_on_with_a_value! {
        serialize_some();
        serialize_newtype_struct(name: &'static str);
        serialize_newtype_variant(name: &'static str, index: u32, variant: &'static str);
    }

    begin! {
        serialize_seq(length: Option<usize>) -> SerializeSeq;
        serialize_tuple(length: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> SerializeTupleVariant;
        serialize_map(length: Option<usize>) -> SerializeMap;
        serialize_struct(name: &'static str, length: usize) -> SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, length: usize)
            -> SerializeStructVariant;
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.collect_str(value)
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

/// What a serializer collects the parts of a value in. Some collections take the name of each part; a map takes its keys
/// by themselves, which are no floating-point numbers in JSON.
macro_rules! collections {
    ($($collection:ident $method:ident($($name:ident)?) $($key:ident)?;)*) => {$(
        impl<S: $collection> $collection for Floats<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            $(fn $key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
                self.0.$key(key)
            })?

            fn $method<T: Serialize + ?Sized>(
                &mut self,
                $($name: &'static str,)?
                value: &T,
            ) -> Result<(), S::Error> {
                self.0.$method($($name,)? &Floats(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    )*};
}

collections! {
    SerializeSeq serialize_element();
    SerializeTuple serialize_element();
    SerializeTupleStruct serialize_field();
    SerializeTupleVariant serialize_field();
    SerializeMap serialize_value() serialize_key;
    SerializeStruct serialize_field(name);
    SerializeStructVariant serialize_field(name);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::json;

    use super::{to_value, widened};

    #[derive(Serialize)]
    struct Parts<'a, T> {
        alone: T,
        listed: Vec<Option<T>>,
        paired: (T, &'a str),
        mapped: BTreeMap<&'a str, T>,
    }

    fn parts<T: Copy>(value: T) -> Parts<'static, T> {
        let mapped = BTreeMap::from([("a", value)]);
        Parts { alone: value, listed: vec![Some(value), None], paired: (value, "b"), mapped }
    }

    #[test]
    fn an_f32_keeps_its_shortest_text() {
        assert_eq!(widened(0.7), 0.7);
        let expected =
            json!({"alone": 0.7, "listed": [0.7, null], "paired": [0.7, "b"], "mapped": {"a": 0.7}});
        assert_eq!(to_value(&parts(0.7_f32)).unwrap(), expected);
        assert_eq!(to_value(&parts(0.7_f64)).unwrap(), expected);
        assert_eq!(to_value(&[f32::MAX, f32::MIN_POSITIVE]).unwrap(), json!([3.4028235e38, 1.1754944e-38]));
    }

    #[test]
    fn a_number_that_is_not_finite_is_refused_wherever_it_stands() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let all = [
                to_value(&number),
                to_value(&(number as f32)),
                to_value(&vec![Some(number)]),
                to_value(&(1, number)),
                to_value(&BTreeMap::from([("a", vec![number])])),
                to_value(&Parts { alone: number, ..parts(0.5) }),
            ];
            for refused in all {
                assert_eq!(refused.unwrap_err().to_string(), "is not a finite number");
            }
        }
    }

    #[test]
    fn everything_else_is_the_same_as_in_serde_json() {
        #[derive(Serialize)]
        enum Kind {
            Unit,
            New(i64),
            Pair(u8, char),
            Named { number: u64 },
        }
        #[derive(Serialize)]
        struct Pair(bool, ());
        let kinds = [Kind::Unit, Kind::New(-7), Kind::Pair(1, 'c'), Kind::Named { number: u64::MAX }];
        assert_eq!(to_value(&kinds).unwrap(), serde_json::to_value(&kinds).unwrap());
        assert_eq!(to_value(&Pair(true, ())).unwrap(), json!([true, null]));
        let value = json!({"a": [1, -1, 0.5, null, true, "x"], "b": {}});
        assert_eq!(to_value(&value).unwrap(), value);
    }
}
