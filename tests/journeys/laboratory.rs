//! A small collection, a plan and a place for results, made anew for each test in a folder of its own.

use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder with everything that a run needs; it disappears with the value.
pub struct Laboratory {
    folder: tempfile::TempDir,
}

/// Two conditions, one seed, every baseline; a run takes about a second.
const PLAN: &str = r#"
name = "journey"
seeds = [1]

[data]
path = "tasks-folder"
train = { instances_per_task = 8 }
test = { instances_per_task = 6 }

[prompt]
positive_examples = 1
max_source_tokens = 128
max_target_tokens = 8

[model]
checkpoint = "bundled:nano"

[training]
preset = "small"
epochs = 40
batch_size = 4
checkpoint_every = 4

[[condition]]
name = "Original"

[[condition]]
name = "Simplified"
transforms = [{ id = "definition.simplified" }]

[[baseline]]
kind = "random-guess"

[[baseline]]
kind = "majority-label"

[[metric]]
id = "exact-match"

[[metric]]
id = "rouge-l"
"#;

impl Laboratory {
    /// Two training and two test tasks, and a plan over them.
    pub fn new() -> Self {
        let laboratory = Self { folder: tempfile::tempdir().expect("a temporary folder can be made") };
        for split in ["train", "test", "excluded"] {
            let names = ["colour", "count"].map(|task| format!("{split}_{task}\n"));
            let names = if split == "excluded" { String::new() } else { names.concat() };
            laboratory.write(&format!("tasks-folder/splits/default/{split}_tasks.txt"), &names);
        }
        for split in ["train", "test"] {
            laboratory.write_json(&format!("tasks-folder/tasks/{split}_colour.json"), &colour_task());
            laboratory.write_json(&format!("tasks-folder/tasks/{split}_count.json"), &count_task());
        }
        laboratory.write("plan.toml", PLAN);
        laboratory
    }

    /// A path inside the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The plan's file.
    pub fn plan(&self) -> PathBuf {
        self.path("plan.toml")
    }

    /// The results of the plan.
    pub fn results(&self) -> PathBuf {
        self.path("results")
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Writes a JSON file.
    pub fn write_json(&self, name: &str, value: &Value) {
        self.write(name, &serde_json::to_string_pretty(value).expect("JSON can be written"));
    }

    /// Replaces a part of the plan.
    #[track_caller]
    pub fn change_plan(&self, old: &str, new: &str) {
        let plan = fs::read_to_string(self.plan()).expect("the plan is there");
        assert!(plan.contains(old), "`{old}` is not in the plan");
        self.write("plan.toml", &plan.replace(old, new));
    }

    /// The arguments of `placebo run` for this plan.
    pub fn run_arguments(&self) -> Vec<String> {
        let path = |path: &Path| path.to_str().expect("test paths are UTF-8").to_owned();
        vec![
            "run".into(),
            path(&self.plan()),
            "--results".into(),
            path(&self.results()),
            "--device".into(),
            "cpu".into(),
        ]
    }

    /// The folders of all runs, sorted.
    pub fn run_folders(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.results().join("journey")) else { return Vec::new() };
        let folders = entries.map(|entry| entry.expect("entries can be read").path()).filter(|path| path.is_dir());
        let mut folders: Vec<_> = folders.collect();
        folders.sort();
        folders
    }

    /// Name and content of what every run answered and scored.
    pub fn outcomes(&self) -> Vec<(String, String, String)> {
        let read = |path: PathBuf| fs::read_to_string(path).unwrap_or_default();
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = |run: &PathBuf| (name(run), read(run.join("generations.jsonl")), read(run.join("scores.json")));
        self.run_folders().iter().map(outcome).collect()
    }
}

fn colour_task() -> Value {
    let things = ["grass", "blood", "a leaf", "a ruby", "moss", "a rose", "a lime", "a brick", "a frog", "a cherry"];
    let label = |at: usize| if at.is_multiple_of(2) { "green" } else { "red" };
    let instances = things.iter().enumerate().map(|(at, thing)| {
        json!({ "id": format!("colour-{at}"), "input": format!("What colour is {thing}?"), "output": [label(at)] })
    });
    task(
        "Say which colour a thing has, red or green.",
        &instances.collect::<Vec<_>>(),
        ("What colour is fire?", "red", "green"),
    )
}

fn count_task() -> Value {
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let instances = words.iter().enumerate().map(|(at, word)| {
        json!({ "id": format!("count-{at}"), "input": format!("Repeat {word}."), "output": [format!("{word} {word}"), *word] })
    });
    task("Write a word again.", &instances.collect::<Vec<_>>(), ("Repeat zero.", "zero zero", "one"))
}

fn task(definition: &str, instances: &[Value], (input, right, wrong): (&str, &str, &str)) -> Value {
    let example = |output: &str| json!([{ "input": input, "output": output, "explanation": "So it is." }]);
    json!({
        "Categories": ["Journey"],
        "Definition": [definition],
        "Positive Examples": example(right),
        "Negative Examples": example(wrong),
        "Instances": instances,
    })
}
