//! From a plan's file to its runs: plugins loaded, data and checkpoint found and digested.

use crate::interrupt::Interrupt;
use crate::outcome::{Failure, OrUsage};
use crate::plugins::PluginOptions;
use placebo_experiment::corpus::Materials;
use placebo_experiment::load::{Shelf, load_split};
use placebo_experiment::plan::{DataPlan, Grid, Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::prompt::TokenCounter;
use placebo_experiment::run_spec::{data_digest, model_digest};
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;
use placebo_train::hub;
use std::path::{Path, PathBuf};

/// A plan ready to be run.
#[derive(Debug)]
pub struct Prepared {
    /// As the file has it, with absolute paths.
    pub plan: Plan,
    /// The plugins that its conditions and metrics name.
    pub registry: Registry,
    /// Its runs.
    pub grid: Grid,
    /// The task files that its runs have read.
    tasks: Shelf,
    /// The folder of its checkpoint; `None` where no run needs a model.
    pub checkpoint: Option<PathBuf>,
}

impl Prepared {
    /// Reads the plan at `path` and unfolds it.
    ///
    /// # Errors
    /// Whatever is wrong with the plan, its data or its plugins is a usage error; a checkpoint that cannot be fetched
    /// is a failure.
    pub fn read(path: &Path, plugins: PluginOptions, interrupt: &Interrupt) -> Result<Self, Failure> {
        let plan = Plan::read(path).or_usage()?;
        let registry = plugins.load(&plan.plugins, interrupt);
        let checkpoint = find_checkpoint(&plan)?;
        let model = checkpoint.as_deref().map(model_digest).transpose()?;
        let inputs = Inputs { data: digest(&plan.data).or_usage()?, model };
        let grid = plan.runs(&registry, &inputs).or_usage()?;
        Ok(Self { plan, registry, grid, tasks: Shelf::default(), checkpoint })
    }

    /// What the corpora of its runs are made with; `tokens` counts as the model reads.
    pub fn materials<'m>(&'m self, tokens: &'m dyn TokenCounter) -> Materials<'m> {
        Materials { registry: &self.registry, tasks: &self.tasks, tokens }
    }
}

fn find_checkpoint(plan: &Plan) -> Result<Option<PathBuf>, Failure> {
    let tuned = !plan.conditions.is_empty();
    let needed = tuned || plan.baselines.iter().any(|baseline| baseline.kind.needs_model());
    if !needed || plan.model.checkpoint.is_empty() {
        return Ok(None);
    }
    Ok(Some(hub::resolve(&plan.model.checkpoint)?))
}

/// The digest of all task files; those that cannot be used are named by each run's record.
fn digest(data: &DataPlan) -> anyhow::Result<String> {
    let mut hashes = Vec::new();
    for split in [Split::Train, Split::Test] {
        let set = load_split(data, split, Keep::First(0))?;
        hashes.extend(set.tasks.into_iter().map(|task| (task.name, task.hash)));
    }
    Ok(data_digest(hashes.iter().map(|(name, hash)| (name.as_str(), hash.as_str()))))
}
