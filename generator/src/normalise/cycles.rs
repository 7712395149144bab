//! Ends the cycles of values that can't exist without themselves.

use std::collections::BTreeMap;

use serde_json::Value;

use super::structure::{Object, referenced};

/// A required member, and the schema that it refers to.
type Need = (String, String);

/// Makes a member of each cycle of required members optional. The schemas are followed in their order, each once.
pub(super) fn end(schemas: &mut Object) {
    let needs: BTreeMap<String, Vec<Need>> =
        schemas.iter().map(|(name, schema)| (name.clone(), needs(schema))).collect();
    for (name, member) in closing(schemas, &needs) {
        let required = schemas.get_mut(&name).and_then(|schema| schema.get_mut("required"));
        if let Some(required) = required.and_then(Value::as_array_mut) {
            required.retain(|listed| *listed != member.as_str());
        }
    }
}

fn needs(schema: &Value) -> Vec<Need> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let needed = required.filter_map(|name| {
        let member = schema["properties"].get(name).filter(|member| member["nullable"] != true)?;
        Some((name.to_owned(), referenced(member)?.to_owned()))
    });
    needed.collect()
}

/// The members that lead back to a schema which is being followed.
fn closing(schemas: &Object, needs: &BTreeMap<String, Vec<Need>>) -> Vec<(String, String)> {
    let mut closing = Vec::new();
    let mut is_open: BTreeMap<&str, bool> = BTreeMap::new();
    for start in schemas.keys() {
        let mut path: Vec<(&str, usize)> = Vec::new();
        let mut next = Some(start.as_str());
        loop {
            if let Some(name) = next.take().filter(|name| !is_open.contains_key(name)) {
                is_open.insert(name, true);
                path.push((name, 0));
            }
            let Some((name, followed)) = path.last_mut() else { break };
            let Some((member, target)) = needs.get(*name).and_then(|needs| needs.get(*followed)) else {
                is_open.insert(name, false);
                path.pop();
                continue;
            };
            *followed += 1;
            match is_open.get(target.as_str()) {
                Some(true) => closing.push(((*name).to_owned(), member.clone())),
                Some(false) => {}
                None => next = Some(target),
            }
        }
    }
    closing
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_member_of_each_cycle_becomes_optional() {
        let object = |members: &[(&str, &str)]| {
            let required: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
            let properties: Object = members
                .iter()
                .map(|(name, of)| ((*name).to_owned(), json!({"$ref": format!("#/components/schemas/{of}")})))
                .collect();
            json!({"required": required, "properties": properties})
        };
        let mut schemas = json!({
            "A": object(&[("b", "B"), ("self", "A")]),
            "B": object(&[("c", "C"), ("end", "D")]),
            "C": object(&[("a", "A"), ("end", "D")]),
            "D": object(&[]),
        });
        end(schemas.as_object_mut().unwrap());
        let required = ["A", "B", "C"].map(|name| schemas[name]["required"].clone());
        assert_eq!(required, [json!(["b"]), json!(["c", "end"]), json!(["end"])]);
    }
}
