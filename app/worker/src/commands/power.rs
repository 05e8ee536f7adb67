//! `placebo power`: the smallest difference that a plan can find, before anything is run.

use super::asked::Asked;
use super::compare::records;
use crate::outcome::{Ending, Failure, OrUsage, Outcome};
use crate::output::{self, Table};
use anyhow::anyhow;
use placebo_experiment::plan::Plan;
use placebo_experiment::report::sizing::{Aim, Sizing, assumed_variations, tests_of};
use placebo_experiment::report::{Column, Question, Test, Variation, variations};
use placebo_experiment::statistics::Components;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo power plan.toml                                    for several assumed deviations
  placebo power plan.toml --deviation 8 --seed-deviation 1
  placebo power plan.toml --results results/pilot            for the deviations that a pilot shows
  placebo power plan.toml --results results/pilot --seeds 3 5 10

Deviations are of the paired differences between a condition and the baseline, in points: how much the difference
changes from task to task, and from seed to seed. They are assumed, or measured on finished runs.";

/// Deviations between tasks that are tried where none is given.
const TRIED: [f64; 4] = [2.0, 4.0, 8.0, 16.0];

/// Says how small a difference a plan can find, from its numbers of tasks and seeds.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The plan, a TOML file.
    #[arg(value_name = "PLAN.toml")]
    plan: PathBuf,
    /// Assumed deviation of the differences from task to task.
    #[arg(long, value_name = "POINTS", num_args = 1.., conflicts_with = "results")]
    deviation: Vec<f64>,
    /// Assumed deviation from seed to seed, common to all tasks.
    #[arg(long, value_name = "POINTS", default_value_t = 0.0, conflicts_with = "results")]
    seed_deviation: f64,
    /// Finished runs to measure the deviations on.
    #[arg(long, value_name = "DIR")]
    results: Option<PathBuf>,
    /// In the results, the condition that the others are compared with; the one that alters nothing otherwise.
    #[arg(long, value_name = "NAME", requires = "results")]
    baseline: Option<String>,
    /// Numbers of seeds to judge; the plan's otherwise.
    #[arg(long, value_name = "N", num_args = 1..)]
    seeds: Vec<usize>,
    /// The chance of finding the difference.
    #[arg(long, value_name = "SHARE", default_value_t = 0.8)]
    power: f64,
    /// The level of the two-sided test.
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    level: f64,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

/// Prints the smallest difference under every column.
pub fn execute(args: &Args) -> Ending {
    let plan = Plan::read(&args.plan).or_usage()?;
    let variations = args.variations(&plan)?;
    let columns: BTreeSet<&Column> = variations.iter().map(|variation| &variation.column).collect();
    let aim = Aim { power: args.power, level: args.level, tests: tests_of(&plan, columns.len()).max(1) };
    let seeds = if args.seeds.is_empty() { vec![plan.seeds.len()] } else { args.seeds.clone() };
    let sized = variations.iter().flat_map(|variation| seeds.iter().map(|seeds| Sizing::of(variation, *seeds, aim)));
    let sized = sized.collect::<Result<Vec<_>, _>>().or_usage()?;
    match args.json {
        true => output::json(&json!({ "aim": aim, "designs": sized }))?,
        false => output::line(in_words(&sized, aim, &seeds))?,
    }
    Ok(Outcome::Done)
}

impl Args {
    fn variations(&self, plan: &Plan) -> Result<Vec<Variation>, Failure> {
        if let Some(results) = &self.results {
            return self.measured(results);
        }
        let deviations = if self.deviation.is_empty() { TRIED.to_vec() } else { self.deviation.clone() };
        let components = |tasks| Components { seeds: self.seed_deviation, tasks, rest: 0.0 };
        let components: Vec<_> = deviations.into_iter().map(components).collect();
        assumed_variations(plan, &components).or_usage()
    }

    fn measured(&self, results: &Path) -> Result<Vec<Variation>, Failure> {
        let (records, ..) = records(results, &Asked::default(), &[])?;
        let question = Question { baseline: self.baseline.clone(), test: Some(Test::T), ..Question::default() };
        let found = variations(&records, &question).or_usage()?;
        let nothing = || anyhow!("no condition has two seeds in common with the baseline: `{}`", results.display());
        if found.is_empty() { Err(nothing()).or_usage() } else { Ok(found) }
    }
}

fn in_words(sized: &[Sizing], aim: Aim, seeds: &[usize]) -> String {
    let all = format!("{} tests", aim.tests);
    let heading = ["scores", "tasks", "seeds", "deviation: tasks", "seeds", "rest", "finds: 1 test", all.as_str()];
    let mut table = Table::new(&heading);
    for size in sized {
        let Components { seeds, tasks, rest } = size.components;
        let counts = [size.tasks, size.seeds].map(|count| count.to_string());
        let numbers = [tasks, seeds, rest, size.one_test, size.all_tests].map(|number| format!("{number:.2}"));
        table.push([vec![size.column.title()], counts.to_vec(), numbers.to_vec()].concat());
    }
    let legend = format!(
        "Smallest true differences, in points, that a two-sided t-test over seeds and tasks at the level {} finds with a \
         chance of {}; with several tests, at the level over their number.",
        aim.level, aim.power
    );
    let floors = seeds.iter().filter(|seeds| **seeds < 64).map(|seeds| floor(*seeds, aim.level));
    let notes: Vec<_> = [legend].into_iter().chain(floors).collect();
    format!("{}\n\n{}", table.render(), notes.join("\n"))
}

/// What a sign-flip test over so many seeds can reach at best.
fn floor(seeds: usize, level: f64) -> String {
    let smallest = (2.0 / (1u64 << seeds) as f64).min(1.0);
    let verdict = if smallest < level { "can" } else { "can never" };
    format!("With {seeds} seeds, a sign-flip test's p is at least {smallest:.4}: it {verdict} fall below {level}.")
}

#[cfg(test)]
mod tests {
    use super::floor;

    #[test]
    fn three_seeds_can_never_reach_a_twentieth() {
        assert_eq!(
            floor(3, 0.05),
            "With 3 seeds, a sign-flip test's p is at least 0.2500: it can never fall below 0.05."
        );
        assert!(floor(6, 0.05).ends_with("0.0312: it can fall below 0.05."), "{}", floor(6, 0.05));
        assert!(floor(0, 0.05).contains("at least 1.0000"));
    }
}
