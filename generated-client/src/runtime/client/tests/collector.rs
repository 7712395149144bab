//! Collects the spans and events of calls.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// Everything that was traced, at every level and from every crate.
#[derive(Clone, Default)]
pub(super) struct Collector(Arc<Mutex<Collected>>);

#[derive(Default)]
pub(super) struct Collected {
    /// The spans in the order in which they began, with all their fields.
    pub(super) spans: Vec<(Id, Traced)>,
    pub(super) events: Vec<Traced>,
    /// The names of the spans around the spans of calls.
    pub(super) around: Vec<String>,
}

/// A span or an event.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Traced {
    pub(super) level: String,
    /// The text of an event, the name of a span.
    pub(super) text: String,
    pub(super) fields: BTreeMap<String, String>,
    /// The operation of the span that an event is in.
    pub(super) within: String,
}

impl Visit for Traced {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let value = format!("{value:?}");
        if field.name() == "message" {
            self.text = value;
        } else {
            let again = self.fields.insert(field.name().to_owned(), value);
            assert_eq!(again, None, "{field} is recorded twice");
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
}

/// Spans and events of other crates are ignored, except those of the tests' clock: they stand for other crates, and have
/// to be within the span of the call.
fn is_ours(target: &str) -> bool {
    target.starts_with("generated_client") || target == "clock"
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let metadata = attributes.metadata();
        if !is_ours(metadata.target()) {
            return;
        }
        let mut traced = Traced {
            level: metadata.level().to_string(),
            text: metadata.name().to_owned(),
            ..Traced::default()
        };
        attributes.record(&mut traced);
        let parent = context.span(id).and_then(|span| span.parent().map(|parent| parent.name().to_owned()));
        let mut collected = self.collected();
        collected.around.push(parent.unwrap_or_default());
        collected.spans.push((id.clone(), traced));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut collected = self.collected();
        if let Some((_, traced)) = collected.spans.iter_mut().rev().find(|(of, _)| of == id) {
            values.record(traced);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if !is_ours(event.metadata().target()) {
            return;
        }
        let mut traced = Traced { level: event.metadata().level().to_string(), ..Traced::default() };
        event.record(&mut traced);
        let span = context.event_span(event).map(|span| span.id());
        let mut collected = self.collected();
        let span = collected.spans.iter().rev().find(|(id, _)| Some(id) == span.as_ref());
        traced.within = span.map(|(_, span)| span.fields["operation"].clone()).unwrap_or_default();
        collected.events.push(traced);
    }
}

impl Collector {
    /// What was collected so far.
    pub(super) fn collected(&self) -> MutexGuard<'_, Collected> {
        self.0.lock().unwrap()
    }

    /// Runs a call and collects what it traces.
    pub(super) async fn collect<T>(&self, call: impl Future<Output = T>) -> T {
        self.collect_from(LevelFilter::TRACE, call).await
    }

    /// Like [`collect`](Self::collect), for a program that wants no less than this level.
    pub(super) async fn collect_from<T>(&self, least: LevelFilter, call: impl Future<Output = T>) -> T {
        // If a thread without a subscriber reaches a span first, tracing switches it off for all threads. So the threads
        // of the other tests have a subscriber, too.
        let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry());
        call.with_subscriber(tracing_subscriber::registry().with(least).with(self.clone())).await
    }

    /// The fields of the only span.
    pub(super) fn span(&self) -> BTreeMap<String, String> {
        let collected = self.collected();
        let [(_, span)] = &collected.spans[..] else { panic!("{:?}", collected.spans) };
        assert_eq!((&*span.level, &*span.text), ("INFO", "call"));
        span.fields.clone()
    }

    /// Level, text and fields of each event. All are within the span of this operation.
    pub(super) fn events(&self, operation: &str) -> Vec<(String, String, BTreeMap<String, String>)> {
        let collected = self.collected();
        let events = collected.events.iter().map(|event| {
            assert_eq!(event.within, operation);
            (event.level.clone(), event.text.clone(), event.fields.clone())
        });
        events.collect()
    }
}
