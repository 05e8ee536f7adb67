//! How much differences vary: what finished runs say of the size that the next design needs.

use rayon::prelude::*;

use super::answer::Asked;
use super::{Groups, QuestionError, check, selected};
use crate::report::{Column, Question, Record};
use crate::statistics::Components;

/// The variation of a column's differences to the baseline, pooled over conditions and sizes.
#[derive(Debug, Clone, PartialEq)]
pub struct Variation {
    /// The column.
    pub column: Column,
    /// Deviations between seeds, between tasks and of the rest: roots of the mean variances, in points.
    pub components: Components,
    /// Tasks under the column.
    pub tasks: usize,
    /// Differences that this is measured on.
    pub differences: usize,
}

/// Measures the variation of every column of the question that has at least two seeds on both sides of a difference.
///
/// # Errors
/// A question that makes no sense for these records.
pub fn variations(records: &[Record], question: &Question) -> Result<Vec<Variation>, QuestionError> {
    let question = check::resolved(question, records)?;
    let groups = selected(records, &question);
    let of_column = |column: &Column| variation(&groups, column, &question);
    Ok(question.columns.iter().filter_map(of_column).collect())
}

fn variation(groups: &Groups, column: &Column, question: &Question) -> Option<Variation> {
    let asked = Asked { question, groups, column, progress: &|_| () };
    let cells = asked.cells();
    let found: Vec<_> = (0..groups.len()).into_par_iter().filter_map(|at| cells.variation(at)).collect();
    let pooled = |of: fn(&Components) -> f64| {
        let variances = found.iter().map(|(components, _)| of(components).powi(2));
        (variances.sum::<f64>() / found.len() as f64).sqrt()
    };
    let components = Components {
        seeds: pooled(|components| components.seeds),
        tasks: pooled(|components| components.tasks),
        rest: pooled(|components| components.rest),
    };
    let tasks = found.first()?.1;
    Some(Variation { column: column.clone(), components, tasks, differences: found.len() })
}
