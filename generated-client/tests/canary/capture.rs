//! Takes down what is logged on this thread, by `tracing` and by `log`, down to TRACE.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};

/// What has been logged and not been taken.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<String>>);

impl Log {
    /// Takes down what this thread logs, for as long as the guard is kept.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        // Both fail where another test of this process has done it already. Whether anybody listens is asked once, by
        // whichever thread comes first; so somebody listens on every one.
        _ = tracing_log::LogTracer::init();
        _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
        let log = Self::default();
        let subscriber = tracing_subscriber::registry().with(log.clone());
        (log, tracing::subscriber::set_default(subscriber))
    }

    /// What has been logged since the last time.
    pub(crate) fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// Whether this is in what has been logged since the last time.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.0.lock().unwrap().contains(text)
    }

    fn write(&self, name: &str, target: &str, record: impl FnOnce(&mut dyn Visit)) {
        let mut text = self.0.lock().unwrap();
        write!(text, "{target} {name}:").unwrap();
        record(&mut Fields(&mut text));
        text.push('\n');
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_new_span(&self, span: &Attributes<'_>, _id: &Id, _context: Context<'_, S>) {
        let metadata = span.metadata();
        self.write(metadata.name(), metadata.target(), |visit| span.record(visit));
    }

    fn on_record(&self, _span: &Id, values: &Record<'_>, _context: Context<'_, S>) {
        self.write("record", "", |visit| values.record(visit));
    }

    fn on_event(&self, event: &Event<'_>, _context: Context<'_, S>) {
        let metadata = event.metadata();
        self.write(metadata.name(), metadata.target(), |visit| event.record(visit));
    }
}

struct Fields<'a>(&'a mut String);

/// Values of every type come here, if need be by their `Debug`.
impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        write!(self.0, " {}={value}", field.name()).unwrap();
    }
}

#[cfg(test)]
mod tests {
    use super::Log;
    use crate::canaries::{Canary, Form};
    use crate::search::Search;

    #[test]
    fn a_canary_that_is_logged_is_found_wherever_it_stands() {
        let (log, _guard) = Log::start();
        let search = Search::shared();
        let canary = Canary { form: Form::Letters, number: 1 };
        let text = canary.text();
        let in_field = tracing::trace_span!("call", url = %text);
        let recorded = tracing::trace_span!("call", later = tracing::field::Empty);
        let seen = |what: &str| {
            let found = search.find(&log.take());
            assert!(found.iter().any(|(found, _)| *found == canary), "{what}: {found:?}");
        };
        seen("the field of a span");
        recorded.record("later", &*text);
        seen("a field that is set later");
        in_field.in_scope(|| tracing::trace!("{text}"));
        seen("an event");
        tracing::debug!(error = ?Some(&text), status = 7);
        seen("the field of an event");
        log::trace!("{text}");
        seen("the crate log");
        log::debug!(target: &text, "nothing");
        seen("the target of a record");
    }
}
