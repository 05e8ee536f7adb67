//! The size of a design: how small a difference a plan can find, given how much differences vary.

use serde::{Deserialize, Serialize};

use super::{Column, Variation, rounded};
use crate::load::{LoadError, load_split};
use crate::plan::Plan;
use crate::sample::Keep;
use crate::score::AnswerSpace;
use crate::split::Split;
use crate::statistics::{Components, Design, StatisticsError};
use crate::task::Task;

/// What is wanted of a design.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Aim {
    /// The chance of finding the difference.
    pub power: f64,
    /// The level of the two-sided test.
    pub level: f64,
    /// Tests that are corrected together.
    pub tests: usize,
}

/// A design and the smallest differences that it finds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sizing {
    /// What is measured.
    pub column: Column,
    /// Test tasks under the column.
    pub tasks: usize,
    /// Seeds per condition.
    pub seeds: usize,
    /// By how much the differences vary, in points.
    pub components: Components,
    /// The smallest difference that a single test finds, in points, rounded.
    pub one_test: f64,
    /// The smallest that is found whatever the other tests give, each at the level over their number, as Holm's
    /// correction begins.
    pub all_tests: f64,
}

impl Sizing {
    /// Sizes a design whose differences vary like this, by the two-way t-test, or with one seed by the t-test over
    /// tasks, which says nothing of other seeds.
    ///
    /// # Errors
    /// No seed, fewer than two tasks, deviations that are negative or all zero, or a power or level outside its range.
    pub fn of(variation: &Variation, seeds: usize, aim: Aim) -> Result<Self, StatisticsError> {
        let Variation { column, components, tasks, .. } = variation;
        let smallest = |level: f64| {
            let design = match seeds {
                0 => return Err(StatisticsError::TooFew { found: 0, needed: 1, unit: "seeds" }),
                1 => Design::paired(*tasks, components.tasks.hypot(components.rest), level)?,
                _ => Design::two_way(seeds, *tasks, *components, level)?,
            };
            design.smallest_detectable(aim.power).map(rounded)
        };
        Ok(Self {
            column: column.clone(),
            tasks: *tasks,
            seeds,
            components: *components,
            one_test: smallest(aim.level)?,
            all_tests: smallest(aim.level / aim.tests.max(1) as f64)?,
        })
    }
}

/// Tests of a plan: every condition but one, at every size, under every column.
pub fn tests_of(plan: &Plan, columns: usize) -> usize {
    plan.conditions.len().saturating_sub(1) * plan.data.train.instances_per_task.len() * columns
}

/// Assumed variations under the study's columns, as far as the plan has two test tasks for them.
///
/// # Errors
/// Test tasks that cannot be read.
pub fn assumed_variations(plan: &Plan, components: &[Components]) -> Result<Vec<Variation>, LoadError> {
    let set = load_split(&plan.data, Split::Test, Keep::First(0))?;
    let count = |column: &Column| set.tasks.iter().filter(|task| counts(column, task)).count();
    let columns = Column::of_the_study().into_iter().map(|column| (count(&column), column));
    let usable = columns.filter(|(tasks, _)| *tasks > 1);
    let of_column = |(tasks, column): (usize, Column)| {
        let variation = move |components: &Components| Variation {
            column: column.clone(),
            components: *components,
            tasks,
            differences: 0,
        };
        components.iter().map(variation)
    };
    Ok(usable.flat_map(of_column).collect())
}

fn counts(column: &Column, task: &Task) -> bool {
    let answers = AnswerSpace { kind: task.output_space.kind, ..AnswerSpace::default() };
    column.aggregate.includes(&task.name, &answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variation(seeds: f64) -> Variation {
        let components = Components { seeds, tasks: 8.0, rest: 4.0 };
        Variation { column: Column::of_the_study().remove(0), components, tasks: 57, differences: 0 }
    }

    fn sized(by_seed: f64, seeds: usize, tests: usize) -> Sizing {
        Sizing::of(&variation(by_seed), seeds, Aim { power: 0.8, level: 0.05, tests }).unwrap()
    }

    #[test]
    fn one_seed_is_the_t_test_over_tasks() {
        let found = sized(1.0, 1, 1);
        let design = Design::paired(57, 80f64.sqrt(), 0.05).unwrap();
        assert!((found.one_test - design.smallest_detectable(0.8).unwrap()).abs() < 1e-4);
        assert_eq!(found.one_test, found.all_tests);
    }

    #[test]
    fn more_tests_need_more_and_more_seeds_less() {
        assert!(sized(1.0, 3, 6).all_tests > sized(1.0, 3, 6).one_test);
        assert!(sized(1.0, 3, 1).one_test > sized(1.0, 10, 1).one_test);
        assert!(Sizing::of(&variation(1.0), 0, Aim { power: 0.8, level: 0.05, tests: 1 }).is_err());
    }
}
