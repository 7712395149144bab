//! A generated block of lines in a file that is written by hand otherwise.

use crate::fault::Faults;

/// Where the block is: in this file, between these two lines.
pub(crate) struct Block<'a> {
    pub(crate) file: &'a str,
    pub(crate) begin: &'a str,
    pub(crate) end: &'a str,
}

/// The modules of the services, and the table of all services.
pub(crate) const SERVICES: Block<'static> =
    Block { file: "generated-client/src/lib.rs", begin: "// @generated services", end: "// @generated end" };

impl Block<'_> {
    /// The text of the file with its block replaced; every byte around the block stays.
    pub(crate) fn splice(&self, text: &str, block: &str) -> Result<String, Faults> {
        let Self { file, begin, end } = self;
        let (first, last) = (self.only_line(text, begin)?, self.only_line(text, end)?);
        if last < first {
            return Err(Faults::new(format_args!("{file}: `{end}` stands before `{begin}`")));
        }
        let lines = || text.split_inclusive('\n');
        let before: String = lines().take(first + 1).collect();
        let after: String = lines().skip(last).collect();
        Ok(format!("{before}{block}{after}"))
    }

    /// The number of the only line that consists of `marker`.
    fn only_line(&self, text: &str, marker: &str) -> Result<usize, Faults> {
        let Self { file, begin, end } = self;
        let mut found = (0..).zip(text.lines()).filter(|(_, line)| line.trim() == marker);
        match (found.next(), found.next()) {
            (Some((number, _)), None) => Ok(number),
            (None, _) => Err(Faults::new(format_args!(
                "{file}: no line `{marker}`; the lines `{begin}` and `{end}` enclose the generated part"
            ))),
            (Some(_), Some((number, _))) => {
                Err(Faults::new(format_args!("{file}:{}: a second `{marker}`", number + 1)))
            }
        }
    }
}
