//! Reading a plan: from TOML, with faults said in the words of the file.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Plan, PlanError};
use crate::nearest::nearest;

impl Plan {
    /// Reads and checks the plan at `path`; the data's path and a checkpoint's folder become absolute.
    ///
    /// # Errors
    /// A file that is missing or no plan, a key that does not exist, or a value that no run can have.
    pub fn read(path: &Path) -> Result<Self, PlanError> {
        let text = fs_err::read_to_string(path)?;
        Self::from_toml(&text, path)
    }

    /// Reads and checks a plan that is to lie at `path`, from which its own paths start and which errors name.
    ///
    /// # Errors
    /// As [`Plan::read`].
    pub fn from_toml(text: &str, path: &Path) -> Result<Self, PlanError> {
        let mut plan = parse(text).map_err(|error| malformed(&error, text, path))?;
        plan.resolve_paths(&folder_of(path)?);
        plan.check().map_err(|cause| cause.in_file(path))?;
        Ok(plan)
    }

    fn resolve_paths(&mut self, folder: &Path) {
        self.data.path = tidy(&folder.join(&self.data.path));
        self.plugins.iter_mut().for_each(|place| *place = tidy(&folder.join(&*place)));
        let checkpoint = folder.join(&self.model.checkpoint);
        if !self.model.checkpoint.is_empty() && checkpoint.is_dir() {
            self.model.checkpoint = tidy(&checkpoint).to_string_lossy().into_owned();
        }
    }
}

fn parse(text: &str) -> Result<Plan, toml::de::Error> {
    let mut table = DeTable::parse(text)?;
    lift_seeds(table.get_mut());
    Plan::deserialize(toml::de::Deserializer::from(table))
}

/// Seeds written below `[decoding]` belong to that table in TOML's eyes, but people mean the plan's.
fn lift_seeds(plan: &mut DeTable) {
    if plan.contains_key("seeds") {
        return;
    }
    let decoding = plan.get_mut("decoding").map(Spanned::get_mut);
    if let Some(DeValue::Table(decoding)) = decoding
        && let Some((name, seeds)) = decoding.remove_entry("seeds")
    {
        plan.insert(name, seeds);
    }
}

fn malformed(error: &toml::de::Error, text: &str, path: &Path) -> PlanError {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.as_bytes()[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
    PlanError::Malformed { fault: fault(error.message()), path: path.to_owned(), line }
}

/// Serde's message, with the nearest known name in place of the list of all.
fn fault(message: &str) -> String {
    let told = [("unknown field", "unknown key"), ("unknown variant", "unknown value")];
    for (serde, ours) in told {
        let mut names = message.split('`').skip(1).step_by(2);
        if let (true, Some(name)) = (message.starts_with(serde), names.next()) {
            let nearest = nearest(name, names).map(|nearest| format!("; the nearest known one is `{nearest}`"));
            return format!("{ours} `{name}`{}", nearest.unwrap_or_default());
        }
    }
    message.lines().collect::<Vec<_>>().join(" ")
}

fn folder_of(path: &Path) -> Result<PathBuf, PlanError> {
    let path = std::path::absolute(path)?;
    Ok(path.parent().map(Path::to_owned).unwrap_or_default())
}

/// The path without `.` and without `..` where that needs no look at the disk.
fn tidy(path: &Path) -> PathBuf {
    path.components().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Preset, Strategy};
    use placebo_plugin_api::{Stage, TaskKind};

    const DESIGN: &str = r#"
name = "definitions"
[data]
path = "natinst"              # a Super-NaturalInstructions folder, or files in another format
format = "natural-instructions"
track = "default"
train = { instances_per_task = [10, 50, 200] }            # a list is an axis of the grid
test  = { instances_per_task = 100 }
[prompt]
positive_examples = 2
max_source_tokens = 1024
max_target_tokens = 128
[model]
checkpoint = "google/t5-large-lm-adapt"                    # a folder, a hub id, or "bundled:…"
[training]
preset = "kung-peng-2023"                                  # any field may be overridden below
epochs = 2
[decoding]
strategy = "greedy"                                        # or "constrained" to the output space, or "rank"
seeds = [1, 2, 3]
[[condition]]
name = "Original"
[[condition]]
name = "Simplified"
transforms = [{ id = "definition.simplified" }]
[[condition]]
name = "Delusive at test only"
transforms = [{ id = "examples.delusive", k = 1 }]
apply_to = ["test"]
[[baseline]]
kind = "random-guess"                                      # untuned, majority-label, copy-example, copy-input
[[metric]]
id = "exact-match"
"#;

    fn read(text: &str) -> Result<Plan, PlanError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.toml");
        std::fs::write(&path, text).unwrap();
        Plan::read(&path)
    }

    /// The message without the folder, which differs from test to test.
    fn refusal(text: &str) -> String {
        let message = read(text).unwrap_err().to_string();
        let start = message.find("plan `").unwrap() + "plan `".len();
        let end = message.find("plan.toml").unwrap();
        format!("{}{}", &message[..start], &message[end..])
    }

    #[test]
    fn the_design_s_plan_is_read() {
        let plan = read(DESIGN).unwrap();
        assert_eq!(plan.seeds, [1, 2, 3]);
        assert_eq!(plan.data.train.instances_per_task, [10, 50, 200]);
        assert!(plan.data.path.is_absolute());
        assert_eq!(plan.training.preset, Preset::KungPeng2023);
        assert_eq!(plan.training.recipe().epochs, 2.0);
        assert_eq!(plan.decoding.strategy, Strategy::Greedy);
        assert_eq!(plan.conditions[2].apply_to, [Stage::Test]);
        assert_eq!(plan.conditions[2].transforms[0].settings.integer("k").unwrap(), 1);
    }

    #[test]
    fn a_plan_survives_writing() {
        let plan = read(DESIGN).unwrap();
        let written = plan.to_toml().unwrap();
        assert_eq!(read(&written).unwrap(), plan, "{written}");
        assert!(written.contains("transforms = [{ id = \"examples.delusive\", k = 1 }]"), "{written}");
        assert!(written.starts_with("name = \"definitions\"\nseeds = [1, 2, 3]\n"), "{written}");
    }

    #[test]
    fn every_field_survives_writing() {
        let overrides = "\
            optimizer = \"adafactor\"\nlearning_rate = 0.001\nbetas = [0.8, 0.99]\nepsilon = 1e-6\nweight_decay = 0.1\n\
            schedule = \"cosine\"\nwarmup_steps = 3\nepochs = 1.5\nmax_steps = 9\nbatch_size = 4\n\
            micro_batch_tokens = 512\nclip_norm = 0.0\nlabel_smoothing = 0.1\ndropout = 0.0\ncompute = \"bf16\"\n\
            weights = \"bf16\"\ngradient_checkpointing = true\nevaluate_every = 5\n\
            validation_instances_per_task = 2\ncheckpoint_every = 7\n[decoding]";
        let task = "\n[[data.task]]\nname = \"task1\"\nkind = \"classification\"\nlabels = [\"yes\", \"no\"]\n";
        let text = DESIGN.replace("epochs = 2\n[decoding]", overrides) + task;
        let plan = read(&text).unwrap();
        assert_eq!(plan.data.tasks[0].kind, Some(TaskKind::Classification));
        assert_eq!(plan.training.recipe().checkpoint_every, 7);
        assert_eq!(read(&plan.to_toml().unwrap()).unwrap(), plan);
    }

    #[test]
    fn places_of_plugins_are_seen_from_the_plan() {
        let plan = read(&DESIGN.replace("[data]", "plugins = [\"mine\", \"../theirs\"]\n[data]")).unwrap();
        assert!(plan.plugins.iter().all(|place| place.is_absolute()) && plan.plugins[0].ends_with("mine"));
        assert_eq!(read(&plan.to_toml().unwrap()).unwrap(), plan);
    }

    #[test]
    fn a_single_size_is_a_list_of_one() {
        let text = DESIGN.replace("[10, 50, 200]", "10");
        assert_eq!(read(&text).unwrap().data.train.instances_per_task, [10]);
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_known_one_and_its_line() {
        let text = DESIGN.replace("epochs = 2", "epoch = 2");
        let expected = "unknown key `epoch`; the nearest known one is `epochs`, in plan `plan.toml`, line 17";
        assert_eq!(refusal(&text), expected);
        let text = DESIGN.replace("[prompt]", "[promt]");
        assert!(refusal(&text).starts_with("unknown key `promt`; the nearest known one is `prompt`"));
        let text = DESIGN.replace("[[baseline]]\nkind", "[[baseline]]\nkid");
        assert!(refusal(&text).starts_with("unknown key `kid`; the nearest known one is `kind`"));
    }

    #[test]
    fn an_unknown_value_is_told_with_the_nearest_known_one() {
        let text = DESIGN.replace("\"greedy\"", "\"gredy\"");
        let expected = "unknown value `gredy`; the nearest known one is `greedy`, in plan `plan.toml`, line 19";
        assert_eq!(refusal(&text), expected);
    }

    #[test]
    fn a_value_of_the_wrong_type_is_told_with_its_line() {
        let text = DESIGN.replace("[10, 50, 200]", "\"all\"");
        let expected = "invalid type: string \"all\", expected a whole number or a list of whole numbers, \
                        in plan `plan.toml`, line 7";
        assert_eq!(refusal(&text), expected);
        assert!(refusal("name = ").ends_with("in plan `plan.toml`, line 1"));
    }

    #[test]
    fn a_missing_file_is_named() {
        let message = Plan::read(Path::new("no/such/plan.toml")).unwrap_err().to_string();
        assert!(message.contains("no/such/plan.toml"), "{message}");
    }
}
