//! One task file, streamed: the instruction whole, the instances as far as they are wanted, the rest passed over.

use std::borrow::Cow;
use std::fmt;

use placebo_plugin_api::Example;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::instances::{Faults, Gathering, InstancesSeed, field, object};
use super::loose::Loose;

/// What a task file says besides its instances.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) categories: Vec<String>,
    pub(super) definition: String,
    pub(super) positive_examples: Vec<Example>,
    pub(super) negative_examples: Vec<Example>,
    pub(super) warnings: Vec<String>,
}

/// Reads a task file's bytes, its instances into `gathering`; the error says what makes the file unusable.
pub(super) fn read(bytes: &[u8], gathering: &mut Gathering<'_>) -> Result<Document, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes); // a byte order mark, as Windows editors write
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let raw = reader.deserialize_map(RawVisitor(gathering)).map_err(|error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    raw.check()
}

/// The values under the keys that matter.
#[derive(Default)]
struct Raw<'f> {
    categories: Option<Loose<'f>>,
    definition: Option<Loose<'f>>,
    positive_examples: Option<Loose<'f>>,
    negative_examples: Option<Loose<'f>>,
    has_instances: bool,
}

struct RawVisitor<'g, 't>(&'g mut Gathering<'t>);

impl<'f> Visitor<'f> for RawVisitor<'_, '_> {
    type Value = Raw<'f>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a task, which is an object with `Definition`, `Positive Examples` and `Instances`")
    }

    fn visit_map<A: MapAccess<'f>>(self, mut entries: A) -> Result<Raw<'f>, A::Error> {
        let mut raw = Raw::default();
        while let Some(key) = entries.next_key::<Cow<'f, str>>()? {
            match key.as_ref() {
                "Categories" => raw.categories = Some(entries.next_value()?),
                "Definition" => raw.definition = Some(entries.next_value()?),
                "Positive Examples" => raw.positive_examples = Some(entries.next_value()?),
                "Negative Examples" => raw.negative_examples = Some(entries.next_value()?),
                "Instances" => {
                    raw.has_instances = true;
                    entries.next_value_seed(InstancesSeed(self.0))?;
                }
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(raw)
    }
}

impl Raw<'_> {
    fn check(self) -> Result<Document, String> {
        let Some(definition) = self.definition else {
            return Err("it has no `Definition`; an empty one would do".to_owned());
        };
        if !self.has_instances {
            return Err("it has no `Instances`".to_owned());
        }
        let definitions = definition.texts().map_err(|what| format!("its `Definition` is {what}, not text"))?;
        let mut warnings = Vec::new();
        Ok(Document {
            definition: definitions.into_iter().next().unwrap_or_default().into_owned(),
            categories: categories(self.categories),
            positive_examples: examples(self.positive_examples, "positive example", &mut warnings),
            negative_examples: examples(self.negative_examples, "negative example", &mut warnings),
            warnings,
        })
    }
}

/// Only for people to read, so what is no text is left out without a word.
fn categories(value: Option<Loose<'_>>) -> Vec<String> {
    let texts = value.and_then(|value| value.texts().ok()).unwrap_or_default();
    texts.into_iter().map(Cow::into_owned).collect()
}

fn examples(value: Option<Loose<'_>>, noun: &str, warnings: &mut Vec<String>) -> Vec<Example> {
    let elements = match value {
        None => Vec::new(),
        Some(Loose::List(elements)) => elements,
        Some(other) => {
            warnings.push(format!("no {noun}s: they are {}, not a list", other.what()));
            Vec::new()
        }
    };
    let mut faults = Faults::default();
    let mut examples = Vec::with_capacity(elements.len());
    for (position, element) in elements.into_iter().enumerate() {
        match example(element) {
            Ok(example) => examples.push(example),
            Err(fault) => faults.add(fault, position),
        }
    }
    warnings.extend(faults.warnings(noun));
    examples
}

/// An example; of several outputs it is the first, since a prompt shows one.
fn example(value: Loose<'_>) -> Result<Example, String> {
    let fields = object(value)?;
    let input = field("input", fields.input)?.text().map_err(|what| format!("its `input` is {what}, not a text"))?;
    let output = field("output", fields.output)?.texts().map_err(|what| format!("its `output` is {what}, not a text"))?;
    let explanation = fields.explanation.and_then(|explanation| explanation.text().ok()).unwrap_or_default();
    Ok(Example {
        input: input.into_owned(),
        output: output.into_iter().next().unwrap_or_default().into_owned(),
        explanation: explanation.into_owned(),
    })
}
