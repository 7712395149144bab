//! Why two versions can't be compared, in the format that was asked for.

use generator::fault::Faults as SpecFaults;

use crate::fault::Faults;
use crate::findings::{Findings, Format, of_workspace};
use crate::regen::{Report, counted};

/// Why two versions can't be compared.
pub(crate) enum Stop {
    /// The versions that have faults.
    Versions(Vec<Refused>),
    /// Something else.
    Workspace(Faults),
}

/// A version with faults, by today's rules, that keep it from being compared.
pub(crate) struct Refused {
    /// How it is called in what is printed.
    pub(super) label: String,
    pub(super) faults: SpecFaults,
}

impl Refused {
    fn closing(&self) -> String {
        format!(
            "{} can't be compared: it has {} by the rules of this generator",
            self.label,
            counted(self.faults.len(), "fault")
        )
    }

    fn message(&self) -> Faults {
        Faults::verbatim(self.faults.to_string()).and(format!("error: {}", self.closing()))
    }
}

impl Stop {
    /// What the task prints in place of its findings. People read it where they read the errors of other tasks.
    pub(super) fn report(self, format: Format) -> Result<Report, Faults> {
        if format == Format::Text {
            return Err(self.into());
        }
        let (findings, complaint) = match self {
            Self::Versions(refused) => of_versions(&refused),
            Self::Workspace(faults) => of_workspace(&faults.and("nothing was compared")),
        };
        Ok(Report { text: format.print(&findings), complaint })
    }
}

/// The faults of the versions as findings, each with the version that it is in, and the lines that are printed after them.
fn of_versions(refused: &[Refused]) -> (Findings, String) {
    let closings: Vec<String> = refused.iter().map(Refused::closing).collect();
    let mut all = Findings { summary: closings.join("\n\n"), ..Findings::default() };
    for version in refused {
        for mut finding in Findings::from(&version.faults).findings {
            finding.item.clone_from(&version.label);
            all.findings.push(finding);
        }
    }
    (all, format!("{}\n", closings.join("\n")))
}

impl From<Faults> for Stop {
    fn from(faults: Faults) -> Self {
        Self::Workspace(faults)
    }
}

impl From<Stop> for Faults {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Workspace(faults) => faults,
            Stop::Versions(refused) => {
                let mut all = Self::default();
                refused.iter().for_each(|version| all.add(version.message()));
                all
            }
        }
    }
}
