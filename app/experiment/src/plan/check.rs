//! Checking a plan: every value is one that a run can have.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::ops::RangeInclusive;

use super::{Plan, PlanError, Recipe};
use crate::run_spec::RunKind;

const MOST: usize = 1_000_000_000;

impl Plan {
    /// Refuses a value that no run can have; plugins and their settings are checked by [`Plan::runs`].
    ///
    /// # Errors
    /// The first such value, with what is allowed.
    pub fn check(&self) -> Result<(), PlanError> {
        check_name("name", &self.name)?;
        self.check_data()?;
        self.check_prompt()?;
        check_recipe(&self.training.recipe())?;
        within("decoding.batch_tokens", self.decoding.batch_tokens, 1..=MOST)?;
        self.check_seeds()?;
        self.check_conditions()?;
        self.check_model()
    }

    fn check_data(&self) -> Result<(), PlanError> {
        let data = &self.data;
        check_name("data.track", &data.track)?;
        let sizes = &data.train.instances_per_task;
        if sizes.is_empty() {
            return refuse("data.train.instances_per_task", "is empty; give at least one size".to_owned());
        }
        for size in sizes {
            within("data.train.instances_per_task", *size, 1..=MOST)?;
        }
        within("data.test.instances_per_task", data.test.instances_per_task, 1..=MOST)?;
        distinct("data.task", data.tasks.iter().map(|task| &task.name))
    }

    fn check_prompt(&self) -> Result<(), PlanError> {
        within("prompt.positive_examples", self.prompt.positive_examples, 0..=1000)?;
        within("prompt.negative_examples", self.prompt.negative_examples, 0..=1000)?;
        within("prompt.max_source_tokens", self.prompt.max_source_tokens, 1..=1_000_000)?;
        within("prompt.max_target_tokens", self.prompt.max_target_tokens, 1..=1_000_000)
    }

    fn check_seeds(&self) -> Result<(), PlanError> {
        if self.seeds.is_empty() && !self.conditions.is_empty() {
            return refuse("seeds", "is missing; give a list of whole numbers, one per repetition".to_owned());
        }
        for seed in &self.seeds {
            within("seeds", *seed, 0..=i64::MAX as u64)?;
        }
        distinct("seeds", &self.seeds)
    }

    fn check_conditions(&self) -> Result<(), PlanError> {
        for condition in &self.conditions {
            if condition.name.trim().is_empty() {
                return refuse("condition.name", "is empty; tables and charts need one".to_owned());
            }
            if condition.apply_to.is_empty() {
                let fault = format!("of `{}` is empty; name `train`, `test` or both", condition.name);
                return refuse("condition.apply_to", fault);
            }
        }
        distinct("condition.name", self.conditions.iter().map(|condition| &condition.name))
    }

    fn check_model(&self) -> Result<(), PlanError> {
        if self.baselines.iter().any(|baseline| baseline.kind == RunKind::FineTune) {
            let fault = "`fine-tune` is no baseline; a `[[condition]]` is fine-tuned".to_owned();
            return refuse("baseline.kind", fault);
        }
        if self.conditions.is_empty() && self.baselines.is_empty() {
            return refuse("condition", "is missing; write a `[[condition]]` or a `[[baseline]]`".to_owned());
        }
        let needs_model =
            !self.conditions.is_empty() || self.baselines.iter().any(|baseline| baseline.kind.needs_model());
        if needs_model && self.model.checkpoint.is_empty() {
            return refuse("model.checkpoint", "is missing; give a folder, a hub id or `bundled:nano`".to_owned());
        }
        Ok(())
    }
}

fn check_recipe(recipe: &Recipe) -> Result<(), PlanError> {
    within("training.learning_rate", recipe.learning_rate, 1e-12..=10.0)?;
    within("training.betas", recipe.betas[0], 0.0..=0.999_999)?;
    within("training.betas", recipe.betas[1], 0.0..=0.999_999_999)?;
    within("training.epsilon", recipe.epsilon, 1e-38..=1.0)?;
    within("training.weight_decay", recipe.weight_decay, 0.0..=1.0)?;
    within("training.warmup_steps", recipe.warmup_steps, 0..=MOST)?;
    within("training.epochs", recipe.epochs, 1e-6..=1e6)?;
    within("training.batch_size", recipe.batch_size, 1..=1_000_000)?;
    within("training.micro_batch_tokens", recipe.micro_batch_tokens, 1..=MOST)?;
    within("training.clip_norm", recipe.clip_norm.unwrap_or(1.0), 1e-12..=1e12)?;
    within("training.label_smoothing", recipe.label_smoothing, 0.0..=0.99)?;
    within("training.dropout", recipe.dropout.unwrap_or(0.0), 0.0..=0.99)?;
    within("training.validation_instances_per_task", recipe.validation_instances_per_task, 0..=MOST)?;
    within("training.checkpoint_every", recipe.checkpoint_every, 1..=MOST)?;
    if recipe.evaluate_every.is_some() && recipe.validation_instances_per_task == 0 {
        let fault = "is 0, but `training.evaluate_every` asks for evaluations; give at least 1".to_owned();
        return refuse("training.validation_instances_per_task", fault);
    }
    Ok(())
}

/// Names that become folders: of the plan below the results, of the track below `splits/`.
fn check_name(field: &str, name: &str) -> Result<(), PlanError> {
    let is_odd = |character: char| character.is_control() || "/\\:*?\"<>|".contains(character);
    if name.trim().is_empty() || name.starts_with('.') || name.contains(is_odd) {
        let fault = format!("`{name}` cannot name a folder; use letters, digits, blanks, `-` and `_`");
        return refuse(field, fault);
    }
    Ok(())
}

fn within<T: PartialOrd + Debug + Copy>(field: &str, value: T, range: RangeInclusive<T>) -> Result<(), PlanError> {
    if range.contains(&value) {
        return Ok(());
    }
    refuse(field, format!("is {value:?}; it goes from {:?} to {:?}", range.start(), range.end()))
}

fn distinct<T: Ord + Debug>(field: &str, values: impl IntoIterator<Item = T>) -> Result<(), PlanError> {
    let mut seen = BTreeSet::new();
    for value in values {
        if let Some(value) = seen.replace(value) {
            return refuse(field, format!("has {value:?} twice; remove one"));
        }
    }
    Ok(())
}

fn refuse(field: &str, fault: String) -> Result<(), PlanError> {
    Err(PlanError::Value { field: format!("`{field}`"), fault })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a sound plan with one replacement.
    fn refusal(from: &str, to: &str) -> String {
        const SOUND: &str = "name = \"n\"\nseeds = [1]\n[data]\npath = \"d\"\ntrain.instances_per_task = 10\n\
            test.instances_per_task = 100\n[model]\ncheckpoint = \"bundled:nano\"\n[training]\npreset = \"small\"\n\
            [[condition]]\nname = \"Original\"\n";
        let plan: Plan = toml::from_str(SOUND).unwrap();
        plan.check().unwrap();
        assert!(SOUND.contains(from), "{from}");
        toml::from_str::<Plan>(&SOUND.replacen(from, to, 1)).unwrap().check().unwrap_err().to_string()
    }

    #[test]
    fn values_out_of_range_are_told_with_the_range() {
        let expected = "`training.learning_rate` is 100.0; it goes from 1e-12 to 10.0";
        assert_eq!(refusal("preset = \"small\"", "learning_rate = 100"), expected);
        let expected = "`training.batch_size` is 0; it goes from 1 to 1000000";
        assert_eq!(refusal("preset = \"small\"", "batch_size = 0"), expected);
        let expected = "`training.dropout` is 1.0; it goes from 0.0 to 0.99";
        assert_eq!(refusal("preset = \"small\"", "dropout = 1.0"), expected);
        let message = refusal("preset = \"small\"", "epochs = nan");
        assert!(message.starts_with("`training.epochs` is NaN"), "{message}");
        let expected = "`data.train.instances_per_task` is 0; it goes from 1 to 1000000000";
        assert_eq!(refusal("task = 10\n", "task = [10, 0]\n"), expected);
    }

    #[test]
    fn what_is_missing_or_double_is_named() {
        assert!(refusal("[1]", "[]").starts_with("`seeds` is missing; give a list"));
        assert_eq!(refusal("[1]", "[1, 2, 1]"), "`seeds` has 1 twice; remove one");
        assert!(refusal("bundled:nano", "").starts_with("`model.checkpoint` is missing; give a folder"));
        assert!(refusal("task = 10\n", "task = []\n").starts_with("`data.train.instances_per_task` is empty"));
        assert!(refusal("\"n\"", "\"a/b\"").starts_with("`name` `a/b` cannot name a folder"));
        let twice = "[[condition]]\nname = \"Original\"\n[[condition]]";
        assert_eq!(refusal("[[condition]]", twice), "`condition.name` has \"Original\" twice; remove one");
        let nowhere = "\"Original\"\napply_to = []";
        assert!(refusal("\"Original\"", nowhere).starts_with("`condition.apply_to` of `Original` is empty"));
        let every = "evaluate_every = 5";
        assert!(refusal("preset = \"small\"", every).starts_with("`training.validation_instances_per_task` is 0"));
    }

    #[test]
    fn a_plan_of_guesses_needs_neither_seed_nor_model() {
        let plan = "name = \"n\"\n[data]\npath = \"d\"\n[[baseline]]\nkind = \"random-guess\"\n";
        toml::from_str::<Plan>(plan).unwrap().check().unwrap();
        let plan = plan.replace("random-guess", "untuned");
        assert!(toml::from_str::<Plan>(&plan).unwrap().check().is_err());
        let plan = plan.replace("untuned", "fine-tune");
        let message = toml::from_str::<Plan>(&plan).unwrap().check().unwrap_err().to_string();
        assert_eq!(message, "`baseline.kind` `fine-tune` is no baseline; a `[[condition]]` is fine-tuned");
    }
}
