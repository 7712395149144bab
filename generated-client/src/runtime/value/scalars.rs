//! Reads texts, numbers and truth values in the forms in which servers send them.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, Expected, MapAccess, Unexpected, Visitor};
use serde_json::Value;

use crate::runtime::value::members::{Form, Member, empty};

impl Member for bool {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(BooleanVisitor)
    }
}

/// Accepts a truth value, and a string that contains one.
struct BooleanVisitor;

impl Visitor<'_> for BooleanVisitor {
    type Value = Option<bool>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        text.trim().parse().map(Some).or_else(|_| empty(text, &self))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

impl Member for String {
    const WITHOUT_BODY: Option<&'static str> = Some("\"\"");

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

impl Member for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(NumberVisitor(PhantomData))
    }
}

impl Member for f32 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        deserializer.deserialize_any(NumberVisitor(PhantomData))
    }

    fn read_form(value: &Value, form: Form) -> Option<Self> {
        f64::read_form(value, form).filter(|value| !Self::is_beyond(*value)).and_then(Self::of_float)
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Member for $integer {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
                deserializer.deserialize_any(NumberVisitor(PhantomData))
            }
        }

        impl Number for $integer {
            const EXPECTED: &'static str = "an integer";

            fn of_integer(value: i128) -> Option<Self> {
                value.try_into().ok()
            }

            fn of_float(value: f64) -> Option<Self> {
                // No type reaches beyond 2^64, and below that the cast of a whole number is exact.
                let is_whole = value.fract() == 0.0 && value.abs() <= 2f64.powi(64);
                is_whole.then_some(value as i128).and_then(Self::of_integer)
            }
        }
    )*};
}

integers!(i32, i64, u32, u64);

macro_rules! floats {
    ($($float:ty),*) => {$(
        impl Number for $float {
            const EXPECTED: &'static str = "a number";

            fn of_integer(value: i128) -> Option<Self> {
                Some(value as $float)
            }

            fn of_float(value: f64) -> Option<Self> {
                Some(value as $float)
            }

            fn is_beyond(value: f64) -> bool {
                (value as $float).is_infinite()
            }
        }
    )*};
}

floats!(f32, f64);

/// A number that may come in a string.
trait Number: Sized {
    const EXPECTED: &'static str;

    /// `None` where the type can't hold it.
    fn of_integer(value: i128) -> Option<Self>;

    /// `None` where the type can't hold it.
    fn of_float(value: f64) -> Option<Self>;

    /// Whether it is beyond the range of floating-point numbers. Such a number is read as an absent one, whether it stands in
    /// the JSON, where it is null then, or in a text.
    fn is_beyond(value: f64) -> bool {
        value.is_infinite()
    }
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: Number> NumberVisitor<T> {
    fn float<E: Error>(&self, value: f64, found: Unexpected<'_>) -> Result<Option<T>, E> {
        if T::is_beyond(value) {
            return Ok(None);
        }
        T::of_float(value).map(Some).ok_or_else(|| E::invalid_value(found, self))
    }
}

impl<'de, T: Number> Visitor<'de> for NumberVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        T::of_integer(value.into())
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        T::of_integer(value.into())
            .map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        self.float(value, Unexpected::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        let text = value.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if let Some(integer) = text.parse().ok().and_then(T::of_integer) {
            return Ok(Some(integer));
        }
        // `inf` and `NaN` are no numbers in JSON.
        let float: Option<f64> = text.parse().ok().filter(|_| text.bytes().any(|byte| byte.is_ascii_digit()));
        match float {
            Some(float) => self.float(float, Unexpected::Str(value)),
            None => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        let text = text_of_number(map, &self)?;
        self.visit_str(&text)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}

/// The text of a number as serde_json hands it on with its feature `arbitrary_precision`, which any crate of a program may
/// switch on for all the others. No other map is a number.
fn text_of_number<'de, A: MapAccess<'de>>(map: A, expected: &dyn Expected) -> Result<String, A::Error> {
    let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map));
    number.map(|number| number.to_string()).map_err(|_| A::Error::invalid_type(Unexpected::Map, expected))
}

/// From 2^53 on, a floating-point number may stand for several whole numbers.
const FIRST_INEXACT: f64 = 9_007_199_254_740_992.0;

/// Accepts a string, and a number or a truth value as its text. Null is none. A whole number that may be another one is
/// refused.
struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        match value.abs() < FIRST_INEXACT {
            true => Ok(Some(value.to_string())),
            false => Err(E::invalid_value(Unexpected::Float(value), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        text_of_number(map, &self).map(Some)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
