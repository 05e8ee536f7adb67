//! One task file, streamed: the instruction whole, the instances as far as they are wanted, the rest passed over.

use std::borrow::Cow;
use std::fmt;

use placebo_plugin_api::Example;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::instances::{Faults, Gathering, InstancesSeed};
use super::loose::{Fields, Loose, text_at, texts_at};

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
        let definitions = texts_at("Definition", self.definition)?;
        if !self.has_instances {
            return Err("it has no `Instances`".to_owned());
        }
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
    let Fields { input, output, explanation, .. } = value.fields()?;
    let outputs = texts_at("output", output)?;
    Ok(Example {
        input: text_at("input", input)?.into_owned(),
        output: outputs.into_iter().next().unwrap_or_default().into_owned(),
        explanation: explanation.and_then(|explanation| explanation.text().ok()).unwrap_or_default().into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output_space::OutputCounts;
    use crate::sample::{Keep, Selection};
    use crate::task::Instance;

    fn read_all(json: &str) -> Result<(Document, Vec<Instance>, Vec<String>), String> {
        let mut gathering = Gathering::new("t", Selection::new(Keep::All, "t"), OutputCounts::new(None));
        let document = read(json.as_bytes(), &mut gathering)?;
        let (instances, warnings) = gathering.finish();
        Ok((document, instances, warnings))
    }

    fn instance(id: &str, input: &str, outputs: &[&str]) -> Instance {
        let outputs = outputs.iter().map(|output| output.to_string()).collect();
        Instance { id: id.into(), input: input.into(), outputs }
    }

    #[test]
    fn the_official_layout_is_read_whole() {
        let (document, instances, warnings) = read_all(
            r#"{"Contributors": ["n. n."], "Categories": ["A", "B"], "Definition": ["first", "second"],
                "Positive Examples": [{"input": "i", "output": "o", "explanation": "e"}], "Negative Examples": [],
                "Instances": [{"id": "t-1", "input": "one\n", "output": ["1", "I"]}], "Instance License": ["CC0"]}"#,
        )
        .unwrap();
        assert_eq!(document.categories, ["A", "B"]);
        assert_eq!(document.definition, "first");
        let example = Example { explanation: "e".into(), ..Example::new("i", "o") };
        assert_eq!(document.positive_examples, [example]);
        assert_eq!(instances, [instance("t-1", "one\n", &["1", "I"])]);
        assert_eq!((document.warnings, warnings), (vec![], vec![]));
    }

    #[test]
    fn the_oddities_of_the_wild_are_tolerated() {
        let (document, instances, warnings) = read_all(
            r#"{"Definition": "plain", "Categories": "one", "Split": null, "CLS_GEN": {"deep": [1]},
                "Positive Examples": [{"input": "i", "output": ["o", "p"]}],
                "Instances": [{"input": " ", "output": "lone"}, {"id": "", "input": "b", "output": [""], "extra": 1}]}"#,
        )
        .unwrap();
        assert_eq!((document.definition.as_str(), document.categories.as_slice()), ("plain", &["one".to_owned()][..]));
        assert_eq!(document.positive_examples, [Example::new("i", "o")]);
        assert_eq!(instances, [instance("t-0", " ", &["lone"]), instance("t-1", "b", &[""])]);
        assert_eq!(warnings, ["instances without an id, which is made from the position: 2"]);
    }

    #[test]
    fn malformed_instances_are_passed_over_and_counted_by_fault() {
        let (_, instances, warnings) = read_all(
            r#"{"Definition": "d", "Instances": [{"id": "a", "input": "i", "output": "o"}, 7, {"input": "i"},
                {"id": "b", "input": null, "output": "o"}, {"input": "i", "output": []}, {"input": "i", "output": [1]},
                {"output": "o"}, {"output": "o"}]}"#,
        )
        .unwrap();
        assert_eq!(instances, [instance("a", "i", &["o"])]);
        assert_eq!(
            warnings,
            [
                "2 instances passed over: it has no `input` (first at position 6)",
                "1 instance passed over: it has no `output` (first at position 2)",
                "1 instance passed over: it is a number, not an object (first at position 1)",
                "1 instance passed over: its `input` is null, not a text (first at position 3)",
                "1 instance passed over: its `output` is a list with something else than text, not a text or a list of \
                 texts (first at position 5)",
                "1 instance passed over: its `output` is an empty list, not a text or a list of texts (first at position 4)",
            ]
        );
    }

    #[test]
    fn malformed_examples_are_passed_over_and_counted() {
        let (document, ..) = read_all(
            r#"{"Definition": "d", "Positive Examples": [{"input": "i"}, {"input": "i", "output": "o"}],
                "Negative Examples": "none", "Instances": []}"#,
        )
        .unwrap();
        assert_eq!(document.positive_examples, [Example::new("i", "o")]);
        assert_eq!(
            document.warnings,
            [
                "1 positive example passed over: it has no `output` (first at position 0)",
                "no negative examples: they are a text, not a list",
            ]
        );
    }

    #[test]
    fn ids_that_repeat_are_said() {
        let twice = r#"{"Definition": "d", "Instances": [{"id": "a", "input": "1", "output": "o"},
                        {"id": "a", "input": "2", "output": "o"}]}"#;
        assert_eq!(read_all(twice).unwrap().2, ["instances kept that repeat the id of another: 1"]);
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        assert!(read_all("\u{feff}{\"Definition\": \"d\", \"Instances\": []}").is_ok());
    }

    #[test]
    fn a_file_that_is_no_task_says_why() {
        let refused = |json| read_all(json).unwrap_err();
        assert_eq!(refused(r#"{"Instances": []}"#), "it has no `Definition`");
        assert_eq!(refused(r#"{"Definition": "d"}"#), "it has no `Instances`");
        assert_eq!(
            refused(r#"{"Definition": 1, "Instances": []}"#),
            "its `Definition` is a number, not a text or a list of texts"
        );
        assert!(refused("[]").contains("expected a task"), "{}", refused("[]"));
        assert!(refused(r#"{"Definition": "d""#).contains("EOF"), "a file that was cut off");
        assert!(refused(r#"{"Definition": "d", "Instances": []} more"#).contains("trailing"));
        assert!(refused(r#"{"Definition": "d", "Instances": {}}"#).contains("the list of instances"));
    }
}
