//! The two-way analysis of seeds crossed with tasks: is there a difference that other seeds and other tasks would show?
//!
//! Both are random samples, so neither alone is the unit (Clark, *The language-as-fixed-effect fallacy*, 1973, whose
//! quasi-F this is). With mean squares between seeds, between tasks and of what is left over, the variance of the grand
//! mean is (seeds + tasks − rest) / (seeds · tasks), but never taken for less than an analysis of seeds alone or of
//! tasks alone would find; its degrees of freedom are Satterthwaite's (1946).

use serde::{Deserialize, Serialize};

use super::error::{StatisticsError, check};
use super::estimate::check_deviation;
use super::{Estimate, mean};

/// A table's grand mean and mean squares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoWay {
    mean: f64,
    squares: MeanSquares,
    seeds: usize,
    tasks: usize,
}

/// Deviations of a number between seeds, between tasks, and from seed to seed within a task, in the unit of the data.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Components {
    /// Common to all tasks of a seed.
    pub seeds: f64,
    /// Common to all seeds of a task.
    pub tasks: f64,
    /// What is left over: the seed's effect on one task, and the chance of its instances.
    pub rest: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct MeanSquares {
    seeds: f64,
    tasks: f64,
    rest: f64,
}

impl TwoWay {
    /// Analyses one number per seed (row) and task (column).
    ///
    /// # Errors
    /// Fewer than two seeds or tasks, rows of different length, a number that is not finite, or numbers that are all
    /// the same.
    pub fn of(table: &[Vec<f64>]) -> Result<Self, StatisticsError> {
        let tasks = check_table(table)?;
        let of_seed: Vec<f64> = table.iter().map(|row| mean(row).unwrap_or(0.0)).collect();
        let of_task: Vec<f64> = (0..tasks).map(|task| table.iter().map(|row| row[task]).sum()).collect();
        let of_task: Vec<f64> = of_task.iter().map(|sum| sum / table.len() as f64).collect();
        let grand = mean(&of_seed).unwrap_or(0.0);
        let left = |(row, seed): (&Vec<f64>, &f64)| -> f64 {
            row.iter().zip(&of_task).map(|(value, task)| (value - seed - task + grand).powi(2)).sum()
        };
        let (s, t) = (table.len() as f64, tasks as f64);
        let squares = MeanSquares {
            seeds: t * squares_around(&of_seed, grand) / (s - 1.0),
            tasks: s * squares_around(&of_task, grand) / (t - 1.0),
            rest: table.iter().zip(&of_seed).map(left).sum::<f64>() / ((s - 1.0) * (t - 1.0)),
        };
        let largest = table.iter().flatten().fold(0.0f64, |largest, value| largest.max(value.abs()));
        check_deviation(squares.seeds.max(squares.tasks).sqrt(), largest, table[0][0])?;
        Ok(Self { mean: grand, squares, seeds: table.len(), tasks })
    }

    /// The grand mean, its error and the error's degrees of freedom.
    pub fn estimate(&self) -> Estimate {
        let (error, freedom) = self.squares.precision(self.seeds, self.tasks);
        Estimate { mean: self.mean, error, freedom }
    }

    /// The components of the variance, one that comes out negative being zero.
    pub fn components(&self) -> Components {
        let MeanSquares { seeds, tasks, rest } = self.squares;
        let component = |square: f64, others: usize| ((square - rest) / others as f64).max(0.0).sqrt();
        Components { seeds: component(seeds, self.tasks), tasks: component(tasks, self.seeds), rest: rest.sqrt() }
    }
}

impl Components {
    /// The error of a grand mean over so many seeds and tasks, and its degrees of freedom, as they are to be expected.
    ///
    /// # Errors
    /// Fewer than two seeds or tasks, a component that is negative or not finite, or components that are all zero.
    pub fn precision(&self, seeds: usize, tasks: usize) -> Result<(f64, f64), StatisticsError> {
        for (found, unit) in [(seeds, "seeds"), (tasks, "tasks")] {
            if found < 2 {
                return Err(StatisticsError::TooFew { found, needed: 2, unit });
            }
        }
        for value in [self.seeds, self.tasks, self.rest] {
            if !(value >= 0.0 && value.is_finite()) {
                return Err(StatisticsError::OutOfRange { what: "a deviation", range: "at 0 or above", value });
            }
        }
        let rest = self.rest.powi(2);
        let squares = MeanSquares {
            seeds: rest + tasks as f64 * self.seeds.powi(2),
            tasks: rest + seeds as f64 * self.tasks.powi(2),
            rest,
        };
        check_deviation(squares.seeds.max(squares.tasks), 1.0, 0.0)?;
        Ok(squares.precision(seeds, tasks))
    }
}

impl MeanSquares {
    fn precision(self, seeds: usize, tasks: usize) -> (f64, f64) {
        let (s, t) = (seeds as f64, tasks as f64);
        let variance = (self.seeds + self.tasks - self.rest).max(self.seeds).max(self.tasks);
        let uncertainty = self.seeds.powi(2) / (s - 1.0)
            + self.tasks.powi(2) / (t - 1.0)
            + self.rest.powi(2) / ((s - 1.0) * (t - 1.0));
        ((variance / (s * t)).sqrt(), (variance.powi(2) / uncertainty).max(1.0))
    }
}

/// The number of tasks.
fn check_table(table: &[Vec<f64>]) -> Result<usize, StatisticsError> {
    if table.len() < 2 {
        return Err(StatisticsError::TooFew { found: table.len(), needed: 2, unit: "seeds" });
    }
    for row in table {
        check(row, 2, "tasks")?;
        if row.len() != table[0].len() {
            return Err(StatisticsError::Unpaired { first: table[0].len(), second: row.len() });
        }
    }
    Ok(table[0].len())
}

fn squares_around(values: &[f64], centre: f64) -> f64 {
    values.iter().map(|value| (value - centre).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seeds differ by 2, tasks by 4 and 8, nothing is left over.
    const ADDITIVE: [[f64; 3]; 2] = [[1.0, 5.0, 9.0], [3.0, 7.0, 11.0]];

    fn table(rows: &[[f64; 3]]) -> Vec<Vec<f64>> {
        rows.iter().map(|row| row.to_vec()).collect()
    }

    #[test]
    fn an_additive_table_as_by_hand() {
        let two_way = TwoWay::of(&table(&ADDITIVE)).unwrap();
        let Components { seeds, tasks, rest } = two_way.components();
        assert!((seeds - 2f64.sqrt()).abs() < 1e-12 && (tasks - 4.0).abs() < 1e-12 && rest < 1e-12);
        let estimate = two_way.estimate();
        assert_eq!(estimate.mean, 6.0);
        assert!((estimate.error - (2.0f64 / 2.0 + 16.0 / 3.0).sqrt()).abs() < 1e-12);
        let freedom = 38.0f64.powi(2) / (6.0f64.powi(2) / 1.0 + 32.0f64.powi(2) / 2.0);
        assert!((estimate.freedom - freedom).abs() < 1e-12);
    }

    #[test]
    fn seeds_that_do_not_differ_leave_the_analysis_of_tasks() {
        let same = table(&[ADDITIVE[0], ADDITIVE[0]]);
        let of_tasks = Estimate::of_units(&ADDITIVE[0]).unwrap();
        let found = Estimate::of_table(&same).unwrap();
        assert!((found.error - of_tasks.error).abs() < 1e-12 && (found.freedom - of_tasks.freedom).abs() < 1e-12);
    }

    #[test]
    fn a_design_with_the_components_has_the_precision_of_the_table() {
        let two_way = TwoWay::of(&table(&[[1.0, 5.0, 9.0], [3.5, 7.0, 11.0], [2.0, 7.5, 10.0]])).unwrap();
        let (error, freedom) = two_way.components().precision(3, 3).unwrap();
        let estimate = two_way.estimate();
        assert!((error - estimate.error).abs() < 1e-12 && (freedom - estimate.freedom).abs() < 1e-9);
        assert!(two_way.components().precision(12, 3).unwrap().0 < error);
    }

    #[test]
    fn too_little_is_refused() {
        let refused = |rows: &[[f64; 3]]| TwoWay::of(&table(rows)).unwrap_err();
        assert_eq!(refused(&ADDITIVE[..1]), StatisticsError::TooFew { found: 1, needed: 2, unit: "seeds" });
        let unequal = [vec![1.0, 2.0], vec![1.0, 2.0, 3.0]];
        assert_eq!(TwoWay::of(&unequal), Err(StatisticsError::Unpaired { first: 2, second: 3 }));
        assert!(Components { seeds: 0.0, tasks: 0.0, rest: 0.0 }.precision(3, 3).is_err());
    }
}
