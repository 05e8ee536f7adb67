//! What a plan unfolds into, or why it cannot; and plans typed as text.

use crate::message::Told;
use crate::state::{Check, Outlook};
use placebo_experiment::plan::{Inputs, Plan};
use placebo_experiment::plugin::Registry;
use placebo_experiment::run_spec::RunKind;
use std::path::Path;

/// Unfolds a plan and looks whether its files are where it says.
pub(crate) fn check(plan: &Plan, registry: &Registry) -> Check {
    match outlook(plan, registry) {
        Ok(outlook) => Check::Sound(outlook),
        Err(fault) => Check::Faulty(fault),
    }
}

fn outlook(plan: &Plan, registry: &Registry) -> Told<Outlook> {
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
    let grid = plan.runs(registry, &Inputs::default()).map_err(|error| error.to_string())?;
    let checkpoint = Path::new(&plan.model.checkpoint);
    if checkpoint.is_absolute() && !checkpoint.is_dir() {
        return Err(format!("no such folder; choose another checkpoint under Model: `{}`", checkpoint.display()));
    }
    let tuned = grid.runs.iter().filter(|run| run.kind == RunKind::FineTune).count();
    Ok(Outlook { runs: grid.runs.len(), tuned, duplicates: grid.duplicates })
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
    use crate::state::Draft;
    use placebo_experiment::resources;

    fn sample() -> Plan {
        Plan::read(&resources::find("experiments/sample.toml").unwrap()).unwrap()
    }

    #[test]
    fn the_sample_is_eight_runs_and_five_baselines() {
        let outlook = Outlook { runs: 13, tuned: 8, duplicates: 0 };
        assert_eq!(check(&sample(), &Registry::discover()), Check::Sound(outlook));
    }

    #[test]
    fn what_cannot_run_is_explained() {
        let registry = Registry::discover();
        let fault = |plan: &Plan| match check(plan, &registry) {
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
