//! What a plan unfolds into, or why it cannot; and plans typed as text.

use super::estimate;
use crate::message::Told;
use crate::state::{Check, Outlook, TaskBook};
use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::run_spec::RunKind;
use std::path::Path;
use std::sync::Arc;

/// What a plan is held against.
pub(crate) struct Asking {
    /// The plugins.
    pub(crate) registry: Arc<Registry>,
    /// The tasks, once they are read.
    pub(crate) book: Option<Arc<TaskBook>>,
    /// Tokens per second that the checkpoint was last seen to learn.
    pub(crate) pace: Option<f64>,
}

/// Unfolds a plan and looks whether its files are where it says.
pub(crate) fn check(plan: &Plan, asking: &Asking) -> Check {
    match outlook(plan, asking) {
        Ok(outlook) => Check::Sound(outlook),
        Err(fault) => Check::Faulty(fault),
    }
}

fn outlook(plan: &Plan, asking: &Asking) -> Told<Outlook> {
    if plan.data.path.as_os_str().is_empty() {
        return Err("no tasks yet; choose the folder of a task collection under Data".to_owned());
    }
    let lists = plan.data.path.join("splits").join(&plan.data.track);
    if !lists.is_dir() {
        return Err(format!(
            "no such folder; a collection has `splits/{}` inside, choose another under Data: `{}`",
            plan.data.track,
            lists.display()
        ));
    }
    let grid = plan.runs(&asking.registry, &Inputs::default()).map_err(|error| error.to_string())?;
    let checkpoint = Path::new(&plan.model.checkpoint);
    if checkpoint.is_absolute() && !checkpoint.is_dir() {
        return Err(format!("no such folder; choose another checkpoint under Model: `{}`", checkpoint.display()));
    }
    let tuned = grid.runs.iter().filter(|run| run.kind == RunKind::FineTune).count();
    let known = asking.book.as_ref().zip(asking.pace);
    Ok(Outlook {
        runs: grid.runs.len(),
        tuned,
        duplicates: grid.duplicates,
        seconds: known.map(|(book, pace)| estimate::seconds(plan, book, pace)),
        bytes: estimate::bytes(plan),
    })
}

/// Reads a plan from text that is to lie in `file`.
///
/// # Errors
/// What is wrong, with its line.
pub(crate) fn read_text(text: &str, file: &Path) -> Told<Box<Plan>> {
    Plan::from_toml(text, file).map(Box::new).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::read_tasks;
    use crate::state::Draft;
    use placebo_experiment::resources;

    fn sample() -> Plan {
        Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap()
    }

    #[test]
    fn the_sample_is_eight_runs_and_five_baselines() {
        let plan = sample();
        let book = Some(read_tasks(&plan.data, 1).unwrap());
        let asking = Asking { registry: Arc::new(Registry::discover()), book, pace: Some(20_000.0) };
        let Check::Sound(outlook) = check(&plan, &asking) else { panic!("the sample is sound") };
        assert_eq!((outlook.runs, outlook.tuned, outlook.duplicates), (13, 8, 0));
        // Eight runs of less than a minute each on two cores, of a model of some megabytes.
        assert!(outlook.seconds.is_some_and(|seconds| (20.0..1000.0).contains(&seconds)), "{outlook:?}");
        assert!(outlook.bytes.is_some_and(|bytes| (5e6..500e6).contains(&bytes)), "{outlook:?}");
    }

    #[test]
    fn what_cannot_run_is_explained() {
        let asking = Asking { registry: Arc::new(Registry::discover()), book: None, pace: None };
        let fault = |plan: &Plan| match check(plan, &asking) {
            Check::Faulty(fault) => fault,
            other => panic!("{other:?}"),
        };
        assert!(fault(&Draft::default().plan).starts_with("no tasks yet"));
        let mut plan = sample();
        plan.conditions[1].transforms[0].id = "definition.simplfied".into();
        assert!(fault(&plan).contains("the nearest is `definition.simplified`"), "{}", fault(&plan));
        plan.data.track = "other".into();
        assert!(fault(&plan).contains("splits/other"));
    }
}
