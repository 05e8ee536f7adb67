//! The grid: a plan unfolded into runs.

use std::collections::BTreeMap;

use super::condition::both;
use super::{Condition, Decoding, ModelPlan, Plan, PlanError, PromptPlan, Recipe, TransformUse};
use crate::plugin::{PluginError, Registry};
use crate::run_spec::{RunData, RunKind, RunSpec, SPEC_VERSION};

/// Digests of what a plan names but does not contain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inputs {
    /// [`data_digest`](crate::run_spec::data_digest) of the tasks of both splits.
    pub data: String,
    /// [`model_digest`](crate::run_spec::model_digest) of the checkpoint's folder. Without it the checkpoint's name
    /// stands for its content, and a folder that changes goes unnoticed.
    pub model: Option<String>,
}

/// The runs of a plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Each run once, in the order in which they are to be done.
    pub runs: Vec<RunSpec>,
    /// How many more the plan spells out that are the same as one of `runs`.
    pub duplicates: usize,
}

impl Plan {
    /// Unfolds the grid: conditions × sizes × seeds, and each baseline once.
    ///
    /// The order is that of the ids. They are hashes, so it is a shuffle: the same on every machine, kept when a grid
    /// grows, and an interrupted grid is a fair sample of the whole.
    ///
    /// # Errors
    /// A value that no run can have, or a plugin that is not loaded or does not take its settings.
    pub fn runs(&self, registry: &Registry, inputs: &Inputs) -> Result<Grid, PlanError> {
        self.check()?;
        self.check_metrics(registry)?;
        let mut specs = Vec::new();
        for condition in &self.conditions {
            specs.extend(self.tuned(&resolved(condition, registry)?, inputs));
        }
        specs.extend(self.baselines.iter().map(|baseline| self.untrained(baseline.kind, inputs)));
        Ok(Grid::of(specs))
    }

    fn check_metrics(&self, registry: &Registry) -> Result<(), PlanError> {
        for metric in &self.metrics {
            let place = || format!("metric `{}`", metric.id);
            registry.metric(&metric.id).map_err(|cause| in_place(cause, place()))?;
            registry.resolve_settings(&metric.id, &metric.settings).map_err(|cause| in_place(cause, place()))?;
        }
        Ok(())
    }

    fn tuned<'a>(&'a self, condition: &'a Condition, inputs: &'a Inputs) -> impl Iterator<Item = RunSpec> + 'a {
        let sizes = self.data.train.instances_per_task.iter();
        sizes.flat_map(move |size| {
            self.seeds.iter().map(move |seed| RunSpec {
                version: SPEC_VERSION,
                plan: self.name.clone(),
                kind: RunKind::FineTune,
                condition: condition.clone(),
                data: self.run_data(*size, inputs),
                prompt: self.prompt.clone(),
                model: self.run_model(inputs),
                training: self.training.recipe(),
                decoding: self.decoding.clone(),
                seed: *seed,
            })
        })
    }

    /// A baseline; it learns nothing and draws nothing, so it has neither size nor seed.
    fn untrained(&self, kind: RunKind, inputs: &Inputs) -> RunSpec {
        let with_model = kind.needs_model();
        let (prompt, model, training, decoding) = if with_model {
            let training = Recipe::untrained(&self.training.recipe());
            (self.prompt.clone(), self.run_model(inputs), training, self.decoding.clone())
        } else {
            let training = Recipe::untrained(&super::Preset::default().recipe());
            (PromptPlan::default(), ModelPlan::default(), training, Decoding::default())
        };
        RunSpec {
            version: SPEC_VERSION,
            plan: self.name.clone(),
            kind,
            condition: Condition::unchanged(kind.title()),
            data: self.run_data(0, inputs),
            prompt,
            model,
            training,
            decoding,
            seed: 0,
        }
    }

    fn run_data(&self, size: usize, inputs: &Inputs) -> RunData {
        let mut tasks = self.data.tasks.clone();
        tasks.sort_by(|one, other| one.name.cmp(&other.name));
        RunData {
            path: self.data.path.clone(),
            format: self.data.format.clone(),
            track: self.data.track.clone(),
            train_instances_per_task: size,
            test_instances_per_task: self.data.test.instances_per_task,
            tasks,
            digest: inputs.data.clone(),
        }
    }

    fn run_model(&self, inputs: &Inputs) -> ModelPlan {
        ModelPlan { checkpoint: self.model.checkpoint.clone(), digest: inputs.model.clone() }
    }
}

impl Grid {
    fn of(specs: Vec<RunSpec>) -> Self {
        let spelled_out = specs.len();
        let mut by_id = BTreeMap::new();
        for spec in specs {
            by_id.entry(spec.id()).or_insert(spec);
        }
        let runs: Vec<_> = by_id.into_values().collect();
        Self { duplicates: spelled_out - runs.len(), runs }
    }
}

/// The condition with every plugin's version and every setting.
fn resolved(condition: &Condition, registry: &Registry) -> Result<Condition, PlanError> {
    let transforms = condition.transforms.iter().map(|transform| {
        let place = || format!("condition `{}`", condition.name);
        let plugin = registry.transform(&transform.id).map_err(|cause| in_place(cause, place()))?;
        let settings = registry.resolve_settings(&transform.id, &transform.settings);
        let settings = settings.map_err(|cause| in_place(cause, place()))?;
        let found = plugin.version().to_owned();
        match &transform.version {
            Some(wanted) if *wanted != found => {
                Err(PlanError::PluginVersion { id: transform.id.clone(), wanted: wanted.clone(), found })
            }
            _ => Ok(TransformUse { id: transform.id.clone(), version: Some(found), settings }),
        }
    });
    let transforms: Vec<_> = transforms.collect::<Result<_, _>>()?;
    Ok(Condition { name: condition.name.clone(), apply_to: stages(condition, &transforms), transforms })
}

/// The stages in one order; those of a condition that changes nothing make no difference.
fn stages(condition: &Condition, transforms: &[TransformUse]) -> Vec<placebo_plugin_api::Stage> {
    if transforms.is_empty() {
        return both();
    }
    both().into_iter().filter(|stage| condition.apply_to.contains(stage)).collect()
}

fn in_place(cause: PluginError, place: String) -> PlanError {
    PlanError::Plugin { cause, place }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::run_spec::RunId;

    const PLAN: &str = r#"
        name = "n"
        seeds = [1, 2, 3]
        data = { path = "d", train = { instances_per_task = [10, 50] } }
        model = { checkpoint = "bundled:nano" }
        [[condition]]
        name = "Original"
        [[condition]]
        name = "Simplified"
        transforms = [{ id = "definition.simplified" }]
        [[condition]]
        name = "First"
        transforms = [{ id = "examples.first" }]
        apply_to = ["test"]
        [[baseline]]
        kind = "random-guess"
        [[baseline]]
        kind = "untuned"
    "#;

    fn grid(toml: &str) -> Result<Grid, PlanError> {
        let inputs = Inputs { data: "d1".into(), model: None };
        toml::from_str::<Plan>(toml).unwrap().runs(&Registry::discover(), &inputs)
    }

    fn ids(toml: &str) -> BTreeSet<RunId> {
        grid(toml).unwrap().runs.iter().map(RunSpec::id).collect()
    }

    #[test]
    fn the_grid_is_conditions_times_sizes_times_seeds_and_each_baseline_once() {
        let grid = grid(PLAN).unwrap();
        assert_eq!((grid.runs.len(), grid.duplicates), (3 * 2 * 3 + 2, 0));
        let of_kind = |kind| grid.runs.iter().filter(|run| run.kind == kind).count();
        assert_eq!((of_kind(RunKind::FineTune), of_kind(RunKind::RandomGuess), of_kind(RunKind::Untuned)), (18, 1, 1));
        let names: Vec<_> = grid.runs.iter().map(|run| &run.condition.name).collect();
        assert!(!names.is_sorted(), "no shuffle: {names:?}");
    }

    #[test]
    fn conditions_that_are_the_same_are_done_once() {
        let same = "[[condition]]\nname = \"Again\"\napply_to = [\"train\"]\n\
                    [[condition]]\nname = \"First of one\"\napply_to = [\"test\"]\n\
                    transforms = [{ id = \"examples.first\", k = 1 }]\n[[baseline]]";
        let grid = grid(&PLAN.replacen("[[baseline]]", same, 1)).unwrap();
        assert_eq!(grid.runs.iter().map(RunSpec::id).collect::<BTreeSet<_>>(), ids(PLAN));
        assert_eq!(grid.duplicates, 2 * 2 * 3);
    }

    #[test]
    fn a_grid_grows_without_changing_what_was_there() {
        let larger = ids(&PLAN.replace("[1, 2, 3]", "[1, 2, 3, 4]").replace("[10, 50]", "[10, 50, 200]"));
        assert!(ids(PLAN).is_subset(&larger));
        assert_eq!(larger.len(), 3 * 3 * 4 + 2);
    }

    #[test]
    fn guessing_depends_on_nothing_but_the_test_set() {
        let id = |toml: &str| {
            let runs = grid(toml).unwrap().runs;
            runs.iter().find(|run| run.kind == RunKind::RandomGuess).unwrap().id()
        };
        let other =
            PLAN.replace("bundled:nano", "other").replace("seeds = [1, 2, 3]", "seeds = [9]").replace("10, ", "");
        assert_eq!(id(PLAN), id(&format!("{other}\n[training]\nepochs = 9\n[prompt]\npositive_examples = 1\n")));
        assert_ne!(id(PLAN), id(&PLAN.replace("\"d\", ", "\"d\", test = { instances_per_task = 50 }, ")));
    }

    #[test]
    fn specs_name_versions_and_every_setting() {
        let runs = grid(PLAN).unwrap().runs;
        let run = runs.iter().find(|run| run.condition.name == "First").unwrap();
        let transform = &run.condition.transforms[0];
        assert!(transform.version.is_some());
        assert!(transform.settings.integer("k").is_ok(), "{transform:?}");
    }

    #[test]
    fn unusable_plugins_are_told_with_the_place() {
        let refusal = |from: &str, to: &str| grid(&PLAN.replace(from, to)).unwrap_err().to_string();
        let message = refusal("definition.simplified", "definition.simplifid");
        assert!(
            message.contains("`definition.simplified`") && message.ends_with("in condition `Simplified`"),
            "{message}"
        );
        let message = refusal("\"examples.first\"", "\"examples.first\", k = -1");
        assert!(message.contains("setting `k`") && message.ends_with("in condition `First`"), "{message}");
        let message = refusal("\"examples.first\"", "\"examples.first\", version = \"0.0.0\"");
        assert!(message.starts_with("version 0.0.0 is wanted but"), "{message}");
        let message = refusal("[[baseline]]\n        kind = \"untuned\"", "[[metric]]\nid = \"rouge-x\"");
        assert!(message.ends_with("in metric `rouge-x`"), "{message}");
    }
}
