//! `definition.from-file`: a paraphrase, a translation, or whatever a file has.

use std::collections::BTreeMap;

use placebo_plugin_api::{
    Descriptor, Instruction, Part, PluginError, Setting, Settings, Transform, TransformItem, Transformed, WorkedExample,
};

/// Takes definitions from a file.
pub struct FromFile;

const DOCUMENTATION: &str = "\
Replaces the definition by the text that a file of yours has for the task: a paraphrase, a translation, anything. Labels are as you \
write them. The file is either JSON, one object with task names and their texts, if its name ends in `.json`; or else plain text in \
UTF-8, a line for each task: its name, a tab, its text, in which `\\n` stands for a line break. Empty lines and lines that begin \
with `#` are passed over.

A task that the file does not name keeps its definition, and a note says so.";

impl Transform for FromFile {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            documentation: DOCUMENTATION.to_string(),
            precedent:
                "Sun et al., Evaluating the Zero-shot Robustness of Instruction-tuned Language Models, ICLR 2024: \
                        paraphrased instructions"
                    .to_string(),
            settings: vec![Setting::file("file", "the definitions: JSON, or lines of task, tab and text")],
            examples: vec![replaced(), kept()],
            ..Descriptor::transform("definition.from-file", "Definitions from your own file", &[Part::Definition])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        self.apply_all(vec![item], settings).map(|mut alone| alone.remove(0))
    }

    /// Reads the file once for all.
    fn apply_all(&self, items: Vec<TransformItem>, settings: &Settings) -> Result<Vec<Transformed>, PluginError> {
        let definitions = read(settings.text("file")?)?;
        let apply = |TransformItem { instruction, .. }| match definitions.get(&instruction.task).cloned() {
            Some(definition) => Transformed::new(Instruction { definition, ..instruction }),
            None => Transformed { instruction, notes: vec![NOT_NAMED.to_string()] },
        };
        Ok(items.into_iter().map(apply).collect())
    }
}

const NOT_NAMED: &str = "not in the file: definition left as it was";

type Definitions = BTreeMap<String, String>;

fn read(path: &str) -> Result<Definitions, PluginError> {
    let text = fs_err::read_to_string(path).map_err(|error| PluginError::new(error.to_string()))?;
    let text = text.trim_start_matches('\u{FEFF}');
    let is_json = path.to_lowercase().ends_with(".json");
    let read = if is_json { serde_json::from_str(text).map_err(|error| error.to_string()) } else { lines(text) };
    read.map_err(|cause| PluginError::new(format!("no definitions by task ({cause}): file `{path}`")))
}

fn lines(text: &str) -> Result<Definitions, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let definition = |(number, line): (usize, &str)| match line.split_once('\t') {
        Some((task, text)) => Ok((task.trim().to_string(), text.trim().replace("\\n", "\n"))),
        None => Err(format!("line {} has no tab", number + 1)),
    };
    lines.map(definition).collect()
}

fn review(definition: &str) -> Instruction {
    Instruction { task: "task001_reviews".to_string(), definition: definition.to_string(), ..Instruction::default() }
}

fn replaced() -> WorkedExample {
    let (before, after) = (review("Is the author pleased?"), review("Ist die Verfasserin zufrieden?"));
    WorkedExample::transform("A translation", TransformItem::new(before), Transformed::new(after))
        .with(Settings::from([("file", "definitions.tsv".into())]))
        .with_file("definitions.tsv", "# task, definition\ntask001_reviews\tIst die Verfasserin zufrieden?\n")
}

fn kept() -> WorkedExample {
    let before = review("Is the author pleased?");
    let after = Transformed { instruction: before.clone(), notes: vec![NOT_NAMED.to_string()] };
    WorkedExample::transform("A task that the file does not name", TransformItem::new(before), after)
        .with(Settings::from([("file", "definitions.json".into())]))
        .with_file("definitions.json", r#"{"task002_titles": "Schreibe einen Titel."}"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_written_as_in_a_string() {
        assert_eq!(lines("a\tone\\ntwo \r\n\n#x\n").unwrap(), Definitions::from([("a".into(), "one\ntwo".into())]));
        assert_eq!(lines("a\tb\nc d").unwrap_err(), "line 2 has no tab");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read("no/such/file.json").unwrap_err().to_string();
        assert!(error.contains("no/such/file.json"), "{error}");
    }
}
