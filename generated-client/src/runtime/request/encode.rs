//! Encodes values for a path, a query, a form, a header and cookies.

use super::arguments::invalid;
use super::expansion::{Expander, percent, sorted};
use super::parameter::{Parameter, ParameterLocation};
use crate::runtime::error::invalid_request::InvalidRequest;
use crate::runtime::value::secret::Secret;
use crate::runtime::value::secret_bytes::SecretBytes;
use serde_json::{Map, Value};

/// A pair of a query.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", percent(name), percent(value))
}

/// The path with every `{name}` replaced by its argument. An argument never becomes more than one segment.
pub(crate) fn path(
    template: &str,
    arguments: &[(&'static Parameter, &Value)],
) -> Result<String, InvalidRequest> {
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(literal);
        path.push_str(&path_argument(name, arguments)?);
        rest = after;
    }
    path.push_str(rest);
    Ok(path)
}

fn path_argument(name: &str, arguments: &[(&'static Parameter, &Value)]) -> Result<String, InvalidRequest> {
    let found = arguments
        .iter()
        .find(|(parameter, _)| parameter.location == ParameterLocation::Path && parameter.name == name);
    let Some((parameter, value)) = found else {
        return Err(InvalidRequest::new(format!("parameter `{name}`"), "is missing"));
    };
    let text = alone(parameter, value)?.unwrap_or_default().into_text();
    // URL parsers remove these segments, even if they are encoded.
    if matches!(&*text, "" | "." | "..") {
        return Err(invalid(parameter, "can't be a segment of a path"));
    }
    Ok(text)
}

/// The query without its question mark; empty if no argument goes there.
///
/// # Errors
///
/// If an item of a list contains what separates the items, or a name what ends it.
pub(crate) fn query(arguments: &[(&'static Parameter, &Value)]) -> Result<String, InvalidRequest> {
    let mut pairs = Expander::default();
    for (parameter, value) in arguments {
        if parameter.location == ParameterLocation::Query {
            pairs.parameter(parameter, value).map_err(|why| invalid(parameter, why))?;
        }
    }
    Ok(pairs.into_bytes().into_text())
}

/// A body of `application/x-www-form-urlencoded`. `styled` describes those members that have a style; of the others, lists
/// repeat their name, and objects are JSON. Like a query, a form can't say that a list is empty.
///
/// # Errors
///
/// Those of [`query`].
pub(crate) fn form(
    styled: &'static [Parameter],
    members: &Map<String, Value>,
) -> Result<SecretBytes, InvalidRequest> {
    let mut pairs = Expander::default();
    for (name, value) in sorted(members) {
        match styled.iter().find(|field| field.name == name) {
            Some(field) => {
                let written = pairs.parameter(field, value);
                written.map_err(|why| InvalidRequest::in_body(&[name], &why))?;
            }
            None => pairs.member(name, value),
        }
    }
    Ok(pairs.into_bytes())
}

/// The text of one parameter; none if nothing is written for it, as for an empty list.
fn alone(parameter: &Parameter, value: &Value) -> Result<Option<SecretBytes>, InvalidRequest> {
    let mut expander = Expander::default();
    expander.parameter(parameter, value).map_err(|why| invalid(parameter, why))?;
    Ok(expander.into_parts())
}

/// The value of a header; none if the header is left out, as for an empty list. An empty text is sent.
///
/// # Errors
///
/// If an item of a list contains a comma, or a name an equals sign, since headers have no encoding for them.
pub(crate) fn header(parameter: &Parameter, value: &Value) -> Result<Option<SecretBytes>, InvalidRequest> {
    alone(parameter, value)
}

/// The pairs of names and values of a cookie, with `; ` between; none if there is no pair.
///
/// # Errors
///
/// Those of [`query`].
pub(crate) fn cookie(parameter: &Parameter, value: &Value) -> Result<Option<Secret>, InvalidRequest> {
    Ok(alone(parameter, value)?.map(|pairs| Secret::from(pairs.into_text())))
}

#[cfg(test)]
mod tests {
    use super::{alone, form, header, path, query};
    use crate::runtime::request::parameter::Parameter;
    use crate::runtime::value::secret_bytes::SecretBytes;
    use serde_json::{Value, json};

    fn query_of(parameter: Parameter, value: Value) -> String {
        let parameter: &'static Parameter = Box::leak(Box::new(parameter));
        query(&[(parameter, &value)]).unwrap()
    }

    #[test]
    fn query_styles() {
        let list = json!(["a b", "c,d", "é&="]);
        let object = json!({"a": 1, "b": ["x", true], "gone": null});
        let p = || Parameter::query("p");
        for (parameter, value, expected) in [
            (
                p(),
                json!("https://a.example/cb?x=1&y=a b+c"),
                "p=https%3A%2F%2Fa.example%2Fcb%3Fx%3D1%26y%3Da%20b%2Bc",
            ),
            (p(), json!(false), "p=false"),
            (p(), json!(1.5), "p=1.5"),
            (p(), json!(""), "p="),
            (p(), list.clone(), "p=a%20b&p=c%2Cd&p=%C3%A9%26%3D"),
            (p(), json!([]), ""),
            (p(), object.clone(), "a=1&b=x&b=true"),
            (p().comma(), list, "p=a%20b,c%2Cd,%C3%A9%26%3D"),
            (p().comma(), json!([]), ""),
            (p().comma(), json!("one"), "p=one"),
            (p().comma(), json!({"a": 1, "b": "x,y"}), "p=a,1,b,x%2Cy"),
            (p().json(), json!({"a": {"b": 1}}), "p=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D"),
            (p().json(), json!("text"), "p=%22text%22"),
            (p().deep_object(), object, "p%5Ba%5D=1&p%5Bb%5D%5B0%5D=x&p%5Bb%5D%5B1%5D=true"),
            (Parameter::query("a b"), json!("line\r\nfeed\0"), "a%20b=line%0D%0Afeed%00"),
        ] {
            assert_eq!(query_of(parameter, value), expected);
        }
    }

    #[test]
    fn a_path_argument_is_one_segment() {
        let parameter: &'static Parameter = Box::leak(Box::new(Parameter::path("id")));
        let of = |value: Value| path("/a/{id}/b", &[(parameter, &value)]);
        for (value, expected) in [
            (json!("plain"), "/a/plain/b"),
            (json!("x/../y"), "/a/x%2F..%2Fy/b"),
            (json!("%2e%2e"), "/a/%252e%252e/b"),
            (json!("a?b#c;d\\e"), "/a/a%3Fb%23c%3Bd%5Ce/b"),
            (json!("..."), "/a/.../b"),
            (json!("é \0"), "/a/%C3%A9%20%00/b"),
            (json!(7), "/a/7/b"),
            (json!(["x,", "y"]), "/a/x%2C,y/b"),
        ] {
            assert_eq!(of(value).unwrap(), expected);
        }
        for value in ["", ".", ".."] {
            let invalid = of(json!(value)).unwrap_err();
            assert_eq!(invalid.to_string(), "parameter `id` can't be a segment of a path");
        }
        assert_eq!(
            path("/a/{other}", &[(parameter, &json!(1))]).unwrap_err().to_string(),
            "parameter `other` is missing"
        );
    }

    #[test]
    fn form_bodies() {
        let members = json!({"a": "x y&", "b": [1, 2], "c": {"d": 1}, "e": null, "f": true});
        assert_eq!(
            form(&[], members.as_object().unwrap()).unwrap().into_text(),
            "a=x%20y%26&b=1&b=2&c=%7B%22d%22%3A1%7D&f=true"
        );
    }

    #[test]
    fn members_of_a_form_have_styles() {
        static STYLED: &[Parameter] = &[
            Parameter::query("metadata").deep_object(),
            Parameter::query("items").deep_object(),
            Parameter::query("tags").comma(),
            Parameter::query("words").space(),
            Parameter::query("labels").json(),
            Parameter::query("flat"),
        ];
        let of = |members: Value| form(STYLED, members.as_object().unwrap()).map(|bytes| bytes.into_text());
        let members = json!({
            "metadata": {"order_id": "6735", "é": "a b"},
            "items": [{"price": 1, "tiers": [2, null, 3]}, {"price": "x&y"}],
            "tags": ["a", "b,c"],
            "labels": ["a"],
            "flat": {"x": 1, "y": 2},
            "plain": ["c", "d"],
        });
        assert_eq!(
            of(members).unwrap(),
            "x=1&y=2&items%5B0%5D%5Bprice%5D=1&items%5B0%5D%5Btiers%5D%5B0%5D=2&items%5B0%5D%5Btiers%5D%5B1%5D=3\
             &items%5B1%5D%5Bprice%5D=x%26y&labels=%5B%22a%22%5D&metadata%5Border_id%5D=6735\
             &metadata%5B%C3%A9%5D=a%20b&plain=c&plain=d&tags=a,b%2Cc"
        );
        assert_eq!(of(json!({"metadata": "", "items": []})).unwrap(), "metadata=");
        let invalid = of(json!({"words": ["s3 cret"]})).unwrap_err();
        assert_eq!(
            invalid.to_string(),
            "member `words` has an item with a blank in it, which would make it two"
        );
    }

    #[test]
    fn header_values() {
        let header_of = |parameter: Parameter, value: Value| {
            let text = header(&parameter, &value).map(|value| value.map(SecretBytes::into_text));
            text.map_err(|error| error.to_string())
        };
        let of = |value: Value| header_of(Parameter::header("X-Test"), value);
        let exploded = |value: Value| header_of(Parameter::header("X-Test").exploded(), value);
        let sent = |text: &str| -> Result<_, String> { Ok(Some(text.to_owned())) };
        assert_eq!(of(json!("as it is, whole")), sent("as it is, whole"));
        assert_eq!(of(json!(["a", 1])), sent("a,1"));
        assert_eq!(exploded(json!(["", "a"])), sent(",a"));
        for empty in [json!([]), json!([null]), json!({}), json!({"a": null})] {
            assert_eq!(of(empty.clone()), Ok(None), "{empty}");
            assert_eq!(exploded(empty.clone()), Ok(None), "{empty}");
        }
        assert_eq!(of(json!("")), sent(""));
        let refused =
            |why: &str| -> Result<Option<String>, _> { Err(format!("parameter `X-Test` has {why}")) };
        assert_eq!(of(json!(["a", "b,c"])), refused("an item with a comma in it, which would make it two"));
        assert_eq!(exploded(json!({"a=b": 1})), refused("a name with a `=` in it, which would end it"));
        assert_eq!(of(json!({"a=b": 1})), sent("a=b,1"));
        let as_json = header_of(Parameter::header("X-Test").json(), json!({"é": ["\u{7f}𝄞 \n"]}));
        assert_eq!(as_json, sent(r#"{"\u00e9":["\u007f\ud834\udd1e \n"]}"#));
    }

    /// The table of styles in OpenAPI, with the text, the list and the object of its rows. Members are in the order of
    /// their names.
    #[test]
    fn the_table_of_styles() {
        let values = [
            json!(""),
            json!("blue"),
            json!(["blue", "black", "brown"]),
            json!({"B": 150, "G": 200, "R": 100}),
        ];
        let query = || Parameter::query("color");
        let path = || Parameter::path("color");
        for (parameter, expected) in [
            (
                path().matrix(),
                [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"],
            ),
            (
                path().matrix().exploded(),
                [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"],
            ),
            (path().label(), [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
            (path().label().exploded(), [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
            (query().comma(), ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
            (query(), ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"]),
            (path(), ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (path().exploded(), ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
            (
                query().space(),
                ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"],
            ),
            (
                query().pipe(),
                ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"],
            ),
            (
                query().deep_object(),
                [
                    "color=",
                    "color=blue",
                    "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                    "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
                ],
            ),
            (Parameter::header("color"), ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (Parameter::header("color").exploded(), ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
            (
                Parameter::cookie("color"),
                ["color=", "color=blue", "color=blue; color=black; color=brown", "B=150; G=200; R=100"],
            ),
            (
                Parameter::cookie("color").comma(),
                ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"],
            ),
        ] {
            for (value, expected) in values.iter().zip(expected) {
                let written = alone(&parameter, value).unwrap().unwrap().into_text();
                assert_eq!(written, expected, "{parameter:?}");
            }
        }
    }

    #[test]
    fn reserved_characters_stay_where_they_may() {
        let text = json!("https://a.example/?x=1&y=[2]#z +%");
        assert_eq!(
            query_of(Parameter::query("u").allow_reserved(), text.clone()),
            "u=https://a.example/?x=1%26y=%5B2%5D%23z%20%2B%25"
        );
        assert_eq!(
            query_of(Parameter::query("u"), text),
            "u=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%5B2%5D%23z%20%2B%25"
        );
    }

    #[test]
    fn an_item_can_not_contain_what_separates_the_items() {
        let (query, path) = (|| Parameter::query("p"), || Parameter::path("p"));
        for (parameter, value, what) in [
            (query().pipe(), json!(["a|b"]), "a `|`"),
            (query().comma().allow_reserved(), json!(["a,b", "c"]), "a comma"),
            (query().comma().allow_reserved(), json!({"a": "b,c"}), "a comma"),
            (query().comma().allow_reserved(), json!({"a,b": "c"}), "a comma"),
            (path().label().exploded(), json!(["a.b"]), "a dot"),
            (path().label().exploded(), json!([1.5]), "a dot"),
            (path().label().exploded(), json!({"a.b": 1}), "a dot"),
        ] {
            let refused = alone(&parameter, &value).map(drop).unwrap_err().to_string();
            let why = format!("parameter `p` has an item with {what} in it, which would make it two");
            assert_eq!(refused, why, "{value}");
        }
        for (parameter, value, sent) in [
            (query().comma(), json!(["a,b"]), "p=a%2Cb"),
            (query().allow_reserved(), json!(["a,b", "c"]), "p=a,b&p=c"),
            (path().label(), json!(["a.b", "c,d"]), ".a.b,c%2Cd"),
            (path().label().exploded(), json!("a.b"), ".a.b"),
            (path().matrix().exploded(), json!(["a;b"]), ";p=a%3Bb"),
        ] {
            assert_eq!(alone(&parameter, &value).unwrap().unwrap().into_text(), sent);
        }
    }

    #[test]
    fn a_name_in_a_deep_object_can_not_contain_a_bracket() {
        for name in ["x][y", "[", "a]"] {
            for value in [json!({name: 1}), json!([{"a": {name: 1}}])] {
                let refused = alone(&Parameter::query("f").deep_object(), &value).map(drop).unwrap_err();
                assert_eq!(
                    refused.to_string(),
                    "parameter `f` has a name with a bracket in it, which would make it two"
                );
            }
        }
    }

    #[test]
    fn deep_objects_nest() {
        let value = json!({"price": {"gte": 1, "lt": 9}, "tags": ["a", "b"], "parts": [{"id": 1}]});
        assert_eq!(
            query_of(Parameter::query("f").deep_object(), value),
            "f%5Bparts%5D%5B0%5D%5Bid%5D=1&f%5Bprice%5D%5Bgte%5D=1&f%5Bprice%5D%5Blt%5D=9&f%5Btags%5D%5B0%5D=a&f%5Btags%5D%5B1%5D=b"
        );
    }

    #[test]
    fn an_empty_value_is_sent_where_it_may_be() {
        assert_eq!(query_of(Parameter::query("archived").allow_empty(), Value::Null), "archived=");
    }
}
