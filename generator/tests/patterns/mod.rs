//! Documents of any size that are one pattern, to see how the work grows with them.

use std::collections::BTreeMap;

/// What the documents are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pattern {
    /// What tables call it.
    pub(crate) name: &'static str,
    /// The lines under `components.schemas`, for documents of this size. The body of the operation holds `S0`.
    schemas: fn(usize) -> String,
}

/// All patterns. Chains are refused if they are longer than schemas can be nested, and rings if nothing ends them.
pub(crate) const PATTERNS: &[Pattern] = &[
    Pattern { name: "chain of members", schemas: |n| chain(n, OBJECT, |i| object("", &to(i + 1))) },
    Pattern {
        name: "chain of required members",
        schemas: |n| chain(n, OBJECT, |i| object("required: [next], ", &to(i + 1))),
    },
    Pattern {
        name: "chain of lists of objects",
        schemas: |n| chain(n, OBJECT, |i| object("", &format!("{{type: array, items: {}}}", to(i + 1)))),
    },
    Pattern { name: "chain of references", schemas: |n| chain(n, TEXT, |i| to(i + 1)) },
    Pattern { name: "chain of arrays", schemas: |n| chain(n, TEXT, |i| list(&to(i + 1))) },
    Pattern { name: "chain of maps", schemas: |n| chain(n, TEXT, |i| map(&to(i + 1))) },
    Pattern { name: "chain of allOf", schemas: |n| chain(n, OBJECT, |i| all_of(&[to(i + 1), own(i)])) },
    Pattern { name: "chain of allOf of one", schemas: |n| chain(n, TEXT, |i| all_of(&[to(i + 1)])) },
    Pattern { name: "ladder of allOf", schemas: |n| chain(n, OBJECT, |i| all_of(&[to(i + 1), to(i + 1)])) },
    Pattern { name: "ladder of members", schemas: |n| chain(n, OBJECT, |i| two_members(i + 1)) },
    Pattern { name: "chain of oneOf", schemas: |n| chain(n, OBJECT, |i| one_of(&to(i + 1))) },
    Pattern { name: "ring of members", schemas: |n| ring(n, |next| object("", &to(next))) },
    Pattern {
        name: "ring of required members",
        schemas: |n| ring(n, |next| object("required: [next], ", &to(next))),
    },
    Pattern { name: "ring of references", schemas: |n| ring(n, to) },
    Pattern { name: "ring of arrays", schemas: |n| ring(n, |next| list(&to(next))) },
    Pattern { name: "ring of allOf", schemas: |n| ring(n, |next| all_of(&[to(next), own(next)])) },
    Pattern { name: "ring of oneOf", schemas: |n| ring(n, |next| one_of(&to(next))) },
    Pattern { name: "objects beside each other", schemas: |n| beside(n, |i| object("", &text_of(i))) },
    Pattern { name: "enums beside each other", schemas: |n| beside(n, |i| values(i..i + 2)) },
    Pattern { name: "allOf beside each other", schemas: |n| beside(n, |i| all_of(&[own(i), own(i + 1)])) },
    Pattern {
        name: "members of one object",
        schemas: |n| {
            format!("    S0: {{type: object, description: A., properties: {{{}}}}}\n", members(n, text_of))
        },
    },
    Pattern {
        name: "required members of one object",
        schemas: |n| {
            let names: Vec<String> = (0..n).map(|i| format!("m{i}")).collect();
            let members = members(n, text_of);
            let required = names.join(", ");
            format!(
                "    S0: {{type: object, description: A., required: [{required}], properties: {{{members}}}}}\n"
            )
        },
    },
    Pattern { name: "values of one enum", schemas: |n| format!("    S0: {}\n", values(0..n)) },
    Pattern {
        name: "items of one allOf",
        schemas: |n| format!("    S0: {}\n", all_of(&(0..n).map(own).collect::<Vec<_>>())),
    },
    Pattern {
        name: "alternatives of one oneOf",
        schemas: |n| {
            let alternatives: Vec<String> = (1..=n).map(to).collect();
            let objects = (1..=n).map(|i| {
                format!(
                    "    S{i}: {{type: object, description: A., required: [m{i}], properties: {{m{i}: {}}}}}\n",
                    text_of(i)
                )
            });
            let objects: String = objects.collect();
            format!("    S0: {{description: A., oneOf: [{}]}}\n{objects}", alternatives.join(", "))
        },
    },
];

const TEXT: &str = "{type: string, description: A.}";
const OBJECT: &str =
    "{type: object, description: A., required: [m], properties: {m: {type: string, description: M.}}}";

impl Pattern {
    /// The documents of a service with the pattern; `size` is the number of its schemas, or of the parts of one.
    pub(crate) fn documents(&self, size: usize) -> BTreeMap<String, String> {
        let schemas = (self.schemas)(size);
        BTreeMap::from([
            ("spec/sample/openapi.yaml".to_owned(), SERVICE.to_owned()),
            ("spec/sample/pattern.yaml".to_owned(), format!("{GROUP}{schemas}")),
        ])
    }
}

fn to(i: usize) -> String {
    format!("{{$ref: '#/components/schemas/S{i}'}}")
}

fn object(more: &str, next: &str) -> String {
    format!("{{type: object, description: A., {more}properties: {{next: {next}}}}}")
}

fn two_members(next: usize) -> String {
    let next = to(next);
    format!("{{type: object, description: A., properties: {{one: {next}, two: {next}}}}}")
}

fn own(i: usize) -> String {
    format!("{{type: object, properties: {{m{i}: {}}}}}", text_of(i))
}

fn text_of(_: usize) -> String {
    "{type: string, description: M.}".to_owned()
}

fn list(items: &str) -> String {
    format!("{{type: array, description: A., items: {items}}}")
}

fn map(values: &str) -> String {
    format!("{{type: object, description: A., additionalProperties: {values}}}")
}

fn all_of(items: &[String]) -> String {
    format!("{{description: A., allOf: [{}]}}", items.join(", "))
}

fn one_of(next: &str) -> String {
    format!("{{description: A., oneOf: [{{type: string}}, {next}]}}")
}

fn values(range: std::ops::Range<usize>) -> String {
    let values: Vec<String> = range.map(|i| format!("v{i}")).collect();
    format!("{{type: string, description: A., x-open-enum: true, enum: [{}]}}", values.join(", "))
}

fn members(n: usize, member: fn(usize) -> String) -> String {
    let members: Vec<String> = (0..n).map(|i| format!("m{i}: {}", member(i))).collect();
    members.join(", ")
}

/// Schemas of which each leads to the next.
fn chain(n: usize, last: &str, schema: fn(usize) -> String) -> String {
    let schemas =
        (0..n).map(|i| format!("    S{i}: {}\n", if i + 1 == n { last.to_owned() } else { schema(i) }));
    schemas.collect()
}

/// Schemas of which each leads to the next, and the last one to the first.
fn ring(n: usize, schema: fn(usize) -> String) -> String {
    (0..n).map(|i| format!("    S{i}: {}\n", schema((i + 1) % n))).collect()
}

/// Schemas that are all members of `S0`.
fn beside(n: usize, schema: fn(usize) -> String) -> String {
    let schemas: String = (1..=n).map(|i| format!("    S{i}: {}\n", schema(i))).collect();
    let members: Vec<String> = (1..=n).map(|i| format!("m{i}: {}", to(i))).collect();
    format!("    S0: {{type: object, description: A., properties: {{{}}}}}\n{schemas}", members.join(", "))
}

const SERVICE: &str = "\
openapi: 3.0.3
info:
  title: Sample
  version: v1
  description: A service that is made up.
servers:
  - url: https://sample.example.com
security:
  - base_key: []
tags:
  - name: pattern
    description: One pattern.
components:
  securitySchemes:
    base_key:
      type: http
      scheme: bearer
      description: The public key of the project.
paths: {}
";

const GROUP: &str = "\
openapi: 3.0.3
info:
  title: Pattern
  version: v1
paths:
  /pattern:
    post:
      operationId: pattern_send
      tags: [pattern]
      summary: Send it
      description: Sends it.
      externalDocs:
        url: https://docs.example.com/send
      security:
        - base_key: []
      x-retry: never
      requestBody:
        description: What to send.
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Holder'
            example: {}
      responses:
        '200':
          description: The response.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Holder'
              example: {}
components:
  securitySchemes:
    base_key:
      $ref: 'openapi.yaml#/components/securitySchemes/base_key'
  schemas:
    Holder:
      type: object
      description: What is held.
      properties:
        held:
          $ref: '#/components/schemas/S0'
";
