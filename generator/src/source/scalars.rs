//! What a scalar of YAML is: text, a number, a truth value or null.

use std::borrow::Cow;

use saphyr::Scalar;
use saphyr_parser::ScalarStyle;

use super::node::Value;

/// The value of a scalar by the core schema of YAML 1.2; `None` if it is text.
pub(super) fn plain_value(text: &str, style: ScalarStyle) -> Option<Value> {
    if style != ScalarStyle::Plain {
        return None;
    }
    if text.is_empty() {
        return Some(Value::Null);
    }
    match Scalar::parse_from_cow(Cow::Borrowed(text)) {
        Scalar::Null => Some(Value::Null),
        Scalar::Boolean(flag) => Some(Value::Bool(flag)),
        Scalar::Integer(number) => Some(Value::Integer(number)),
        Scalar::FloatingPoint(number) => Some(Value::Float(number.into_inner())),
        Scalar::String(_) => None,
    }
}
