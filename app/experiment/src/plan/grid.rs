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
