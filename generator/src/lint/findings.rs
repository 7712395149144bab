//! Collects the findings, and leaves out those that the spec allows.

use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use crate::fault::Fault;
use crate::openapi::extension::LINT_ALLOW;
use crate::openapi::file::FileRole;
use crate::openapi::survey::Survey;
use crate::source::Node;

/// The findings of a service.
pub(super) struct Findings<'s, 'a> {
    survey: &'s Survey<'a>,
    /// The index of each object of the survey.
    sites: BTreeMap<*const Node, usize>,
    found: Vec<Fault>,
    /// The entries of `x-lint-allow` that allowed something.
    used: BTreeSet<*const Node>,
}

impl<'s, 'a> Findings<'s, 'a> {
    pub(super) fn new(survey: &'s Survey<'a>) -> Self {
        let sites = survey.sites.iter().enumerate().map(|(index, site)| (ptr::from_ref(site.node), index));
        Self { survey, sites: sites.collect(), found: Vec::new(), used: BTreeSet::new() }
    }

    /// Adds a finding about an object of the survey, unless it is allowed there, at an object around it, or at the top of
    /// `openapi.yaml`.
    pub(super) fn add(&mut self, object: &Node, finding: Fault) {
        match self.allowed(object, finding.rule) {
            Some(allowed) => _ = self.used.insert(ptr::from_ref(allowed)),
            None => self.found.push(finding),
        }
    }

    fn allowed(&self, object: &Node, rule: &str) -> Option<&'a Node> {
        let site = self.sites.get(&ptr::from_ref(object)).and_then(|index| self.survey.sites.get(*index));
        let around = std::iter::successors(site, |site| self.survey.around(site)).map(|site| site.node);
        let service = self.survey.files.iter().filter(|file| file.role == FileRole::Service);
        let service = service.filter_map(|file| file.root.as_ref());
        around.chain(service).find_map(|node| node.get(LINT_ALLOW)?.get(rule))
    }

    /// All findings, those about entries of `x-lint-allow` that allow nothing included.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        let allowing = self.survey.sites.iter().filter_map(|site| site.node.get(LINT_ALLOW));
        for (rule, reason) in allowing.flat_map(Node::entries) {
            if !self.used.contains(&ptr::from_ref(reason)) {
                let what =
                    format!("`{}` finds nothing that is allowed here", rule.text().unwrap_or_default());
                self.found.push(rule.fault("unused-allow", what, "delete the line"));
            }
        }
        self.found
    }
}
