//! The instances of a task file, read one at a time: checked, counted, and kept only where the selection wants them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::loose::{Fields, Loose, LooseSeed, text_at, texts_at};
use crate::output_space::OutputCounts;
use crate::sample::Selection;
use crate::task::Instance;

/// Gathers what an experiment wants to know of one task's instances while they go by.
pub(super) struct Gathering<'t> {
    task: &'t str,
    selection: Selection,
    /// The answers of all well-formed instances.
    pub(super) outputs: OutputCounts,
    /// How many instances are well-formed.
    pub(super) count: usize,
    position: usize,
    without_id: usize,
    faults: Faults,
}

/// What instances or examples are passed over for → how many of them, and where the first one is.
#[derive(Default)]
pub(super) struct Faults(BTreeMap<String, (usize, usize)>);

/// An instance as the file has it, nothing missing but perhaps its id.
struct WellFormed<'f> {
    id: Option<Cow<'f, str>>,
    input: Cow<'f, str>,
    outputs: Vec<Cow<'f, str>>,
}

impl<'t> Gathering<'t> {
    pub(super) fn new(task: &'t str, selection: Selection, outputs: OutputCounts) -> Self {
        Gathering { task, selection, outputs, count: 0, position: 0, without_id: 0, faults: Faults::default() }
    }

    /// Takes the next value of the list, whose rank is given if the selection wants it.
    fn add(&mut self, value: Loose<'_>, rank: Option<u64>) {
        match WellFormed::try_from(value) {
            Ok(instance) => self.count_and_keep(instance, rank),
            Err(fault) => self.faults.add(fault, self.position),
        }
        self.position += 1;
    }

    fn count_and_keep(&mut self, instance: WellFormed<'_>, rank: Option<u64>) {
        self.count += 1;
        self.without_id += usize::from(instance.id.is_none());
        self.outputs.add(instance.outputs.iter().map(AsRef::as_ref));
        if let Some(rank) = rank {
            let id = instance.id.map_or_else(|| format!("{}-{}", self.task, self.position), Cow::into_owned);
            let outputs = instance.outputs.into_iter().map(Cow::into_owned).collect();
            self.selection.keep(rank, Instance { id, input: instance.input.into_owned(), outputs });
        }
    }

    /// The kept instances, and what was odd about the list.
    pub(super) fn finish(self) -> (Vec<Instance>, Vec<String>) {
        let instances = self.selection.finish();
        let mut warnings = self.faults.warnings("instance");
        if self.count == 0 {
            warnings.push("no usable instance, so the task counts for nothing".to_owned());
        }
        if self.without_id > 0 {
            warnings.push(format!("instances without an id, which is made from the position: {}", self.without_id));
        }
        let distinct: BTreeSet<&str> = instances.iter().map(|instance| instance.id.as_str()).collect();
        if distinct.len() < instances.len() {
            let repeated = instances.len() - distinct.len();
            warnings.push(format!("instances kept that repeat the id of another: {repeated}"));
        }
        (instances, warnings)
    }
}

impl Faults {
    pub(super) fn add(&mut self, fault: String, position: usize) {
        self.0.entry(fault).or_insert((0, position)).0 += 1;
    }

    /// One sentence for each fault, about things called `noun`.
    pub(super) fn warnings(&self, noun: &str) -> Vec<String> {
        let warning = |(fault, (count, first)): (&String, &(usize, usize))| {
            let plural = if *count == 1 { "" } else { "s" };
            format!("{count} {noun}{plural} passed over: {fault} (first at position {first})")
        };
        self.0.iter().map(warning).collect()
    }
}

impl<'f> TryFrom<Loose<'f>> for WellFormed<'f> {
    type Error = String;

    fn try_from(value: Loose<'f>) -> Result<Self, String> {
        let Fields { id, input, output, .. } = value.fields()?;
        let id = id.and_then(|id| id.text().ok()).filter(|id| !id.is_empty());
        Ok(WellFormed { id, input: text_at("input", input)?, outputs: texts_at("output", output)? })
    }
}

/// Reads the list of instances into a [`Gathering`].
pub(super) struct InstancesSeed<'g, 't>(pub(super) &'g mut Gathering<'t>);

impl<'f> DeserializeSeed<'f> for InstancesSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'f>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'f> Visitor<'f> for InstancesSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the list of instances")
    }

    fn visit_seq<A: SeqAccess<'f>>(self, mut elements: A) -> Result<(), A::Error> {
        loop {
            let rank = self.0.selection.next_rank();
            match elements.next_element_seed(LooseSeed { copy: rank.is_some() })? {
                Some(value) => self.0.add(value, rank),
                None => return Ok(()),
            }
        }
    }
}
