//! The names in the schema that progenitor is given for what operations send and receive. They are in no code.

use super::casing::pascal;

/// The name of the schema that progenitor is given for what operations send and receive. No schema of the spec has it.
pub(crate) struct ValuesOfOperations {
    name: String,
}

impl ValuesOfOperations {
    /// The name beside these schemas.
    pub(crate) fn beside<'a>(schemas: impl Iterator<Item = &'a str>) -> Self {
        let taken: Vec<String> = schemas.map(pascal).filter(|name| name.starts_with(VALUES)).collect();
        let longest = taken.iter().map(String::len).max().unwrap_or_default();
        Self { name: format!("{VALUES}{}", "x".repeat((longest + 1).saturating_sub(VALUES.len()))) }
    }

    /// The schema.
    pub(crate) fn schema(&self) -> &str {
        &self.name
    }

    /// The name that typify gives it.
    pub(crate) fn rendered(&self) -> String {
        pascal(&self.name)
    }
}

const VALUES: &str = "ValuesOfOperations";

/// The member with this index of that schema, or of an object.
pub(crate) fn distinct_value(index: usize) -> String {
    format!("value_{index}")
}

/// What stands for the parameter with this index among the values of an operation.
pub(crate) fn parameter_value(index: usize) -> String {
    format!("parameter_{index}")
}

/// The member that stands for a form of a choice.
pub(crate) fn form_value(index: usize) -> String {
    format!("form_{index}")
}

/// What stands for the body.
pub(crate) fn body_value() -> String {
    "body".to_owned()
}

/// What stands for the response with this status.
pub(crate) fn response_value(status: &str) -> String {
    format!("response_{}", status.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_schema_has_the_name_of_what_an_operation_sends() {
        let none = ValuesOfOperations::beside([].into_iter());
        assert_eq!(none.rendered(), "ValuesOfOperations");
        for taken in
            ["ValuesOfOperations", "ValuesOfOperationsx", "ValuesOfOperationsX1", "valuesOfOperations"]
        {
            let values = ValuesOfOperations::beside(["ValuesOfOperations", taken, "Report"].into_iter());
            assert!(
                ![pascal(taken).as_str(), "ValuesOfOperations"].contains(&values.rendered().as_str()),
                "{taken}"
            );
        }
    }
}
