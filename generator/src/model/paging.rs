//! Reads how an operation gives a list in pages.

use std::collections::BTreeMap;

use serde_json::Value;

use super::api::{Given, Paging, Response};
use super::arguments::{Asked, Body, Parameter, ParameterIn};
use super::definitions::{Definition, Member, Schema};
use super::media::Content;
use super::types::Type;
use crate::fault::Fault;
use crate::names::parameters::ParameterNames;

/// What an operation sends and receives.
pub(super) struct Parts<'a> {
    pub(super) schemas: &'a BTreeMap<String, Schema>,
    pub(super) parameters: &'a [Parameter],
    pub(super) body: Option<&'a Body>,
    pub(super) responses: &'a [Response],
}

impl Parts<'_> {
    /// The paging that the extension of an operation describes, if it has the extension.
    pub(super) fn paging(&self, id: &str, extension: &Value) -> Result<Option<Paging>, Fault> {
        if extension.is_null() {
            return Ok(None);
        }
        self.read(extension).map(Some).ok_or_else(|| {
            Fault::without_location(
                "progenitor",
                format!("the request or the response of `{id}` lacks what `x-paging` names"),
                "report this with the spec: a check should have found it first",
            )
        })
    }

    fn read(&self, extension: &Value) -> Option<Paging> {
        let name = |key: &str| extension.get(key).and_then(Value::as_str);
        let asked = |key| name(key).map(|name| self.asked(name));
        let counts_items = name("start").is_some();
        let (items, ty) = self.given(name("items")?)?;
        let Type::List(item) = ty.into_required() else { return None };
        let total = name("total").map(|name| self.given(name));
        Some(Paging {
            counts_items,
            first: extension.get("first").and_then(Value::as_i64).unwrap_or_default(),
            position: asked(if counts_items { "start" } else { "page" })??,
            size: asked("size").map_or(Some(None), |size| size.map(Some))?,
            items,
            item: *item,
            total: total.map_or(Some(None), |total| total.map(|(total, _)| Some(total)))?,
        })
    }

    /// An argument: a member of the body, or else a query parameter.
    pub(super) fn asked(&self, name: &str) -> Option<Asked> {
        let member = self.body.and_then(|body| self.member(&body.ty, name));
        if let Some(member) = member {
            let by_id = name.to_owned();
            return Some(Asked { by_id, rust: member.rust.clone(), is_member: true });
        }
        let in_query = self.parameters.iter().filter(|parameter| parameter.location == ParameterIn::Query);
        let found = in_query.into_iter().find(|parameter| parameter.name == name)?;
        let ParameterNames { rust, by_id } = found.names.clone();
        Some(Asked { by_id, rust, is_member: false })
    }

    /// A member of the response, and its type.
    fn given(&self, name: &str) -> Option<(Given, Type)> {
        let Content::Json(ty) = &self.responses.first()?.content else { return None };
        let member = self.member(ty, name)?;
        Some((Given { name: name.to_owned(), rust: member.rust.clone() }, member.ty.clone()))
    }

    fn member(&self, ty: &Type, name: &str) -> Option<&Member> {
        let Definition::Object(object) = &self.schemas.get(ty.named()?)?.definition else { return None };
        object.members.iter().chain(&object.read_only).find(|member| member.name == name)
    }
}
