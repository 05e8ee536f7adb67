//! The caption: what the numbers are, over what, and what bold and marks mean.

use super::layout::Layout;
use super::{Spread, Style, cells, emphasis};
use crate::report::english::{capitalised, count, list, metric};
use crate::report::inference::{self, trimmed};
use crate::report::{Aggregate, Cell, Column, GuessBounds, Row, Test};
use crate::run_spec::RunKind;

/// The caption, sentence by sentence.
pub(super) fn sentences(layout: &Layout, style: &Style) -> Vec<String> {
    let caption = Caption { layout, style };
    let mut sentences = vec![caption.measure()];
    sentences.extend(caption.repetitions());
    sentences.extend(caption.aggregates());
    sentences.extend(caption.best());
    sentences.extend(caption.marks());
    sentences.extend(caption.floor());
    sentences.extend(caption.guesses());
    sentences.extend(caption.missing());
    sentences.extend(layout.comparison.refusals.iter().map(|refusal| sentence(refusal)));
    sentences
}

struct Caption<'c> {
    layout: &'c Layout<'c>,
    style: &'c Style,
}

impl Caption<'_> {
    fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.layout.comparison.rows.iter().flat_map(|row| &row.cells).flatten()
    }

    fn measure(&self) -> String {
        let question = self.layout.comparison.question.as_ref();
        match (self.style.spread, question) {
            (Spread::Deviation, _) if self.cells().any(|cell| cell.deviation.is_some()) => {
                "Means ± sample standard deviations over seeds.".to_owned()
            }
            (Spread::Interval, Some(question)) if self.cells().any(|cell| cell.interval.is_some()) => {
                format!("Means with {}.", inference::intervals(question))
            }
            _ if self.cells().any(|cell| cell.runs > 1) => "Means over seeds.".to_owned(),
            _ => "One run per row.".to_owned(),
        }
    }

    /// Sizes and seeds that are the same in all rows.
    fn repetitions(&self) -> Option<String> {
        let row = self.layout.tuned().next()?;
        let sizes = row.train_instances_per_task.filter(|_| !self.layout.has_sizes);
        let sizes = sizes.map(|size| format!("{} per training task", count(size, "instance", "instances")));
        let seeds = Some(row.seeds).filter(|_| !self.layout.has_seeds);
        let seeds = seeds.map(|seeds| format!("{} per condition", count(seeds, "seed", "seeds")));
        let parts: Vec<_> = sizes.into_iter().chain(seeds).collect();
        (!parts.is_empty()).then(|| sentence(&list(&parts)))
    }

    /// Over how many tasks or instances each column is averaged.
    fn aggregates(&self) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for (index, column) in self.layout.comparison.columns.iter().enumerate() {
            let part = self.cell_of_most_tasks(index).map(|cell| aggregate(column, cell));
            parts.extend(part.filter(|part| !parts.contains(part)));
        }
        (!parts.is_empty()).then(|| sentence(&parts.join("; ")))
    }

    fn cell_of_most_tasks(&self, column: usize) -> Option<&Cell> {
        let all = self.layout.comparison.rows.iter().filter_map(|row| row.cells[column].as_ref());
        all.max_by_key(|cell| (cell.tasks, cell.instances))
    }

    fn best(&self) -> Option<String> {
        let blocks = self.layout.row_blocks();
        let best = |rows: &Vec<&Row>| emphasis::best(self.layout.comparison, rows, self.style);
        let has_best = blocks.iter().any(|rows| best(rows).iter().flatten().any(|is_best| *is_best));
        let size = if self.layout.has_sizes { " of each size" } else { "" };
        has_best.then(|| format!("The best condition{size} is bold."))
    }

    fn marks(&self) -> Option<String> {
        let question = self.layout.comparison.question.as_ref()?;
        let (test, baseline) = (question.test?, question.baseline.as_ref()?);
        let tested = inference::tested(self.layout.comparison);
        let (mark, finding) = match (test, question.margin) {
            (Test::Tost, Some(margin)) => ("≈", format!("equivalent to {baseline} within {margin} points")),
            (Test::Tost, None) => ("≈", format!("equivalent to {baseline}")),
            _ => ("*", format!("differs from {baseline}")),
        };
        let level = trimmed(1.0 - question.level);
        let procedure = inference::procedure(question, test, &tested);
        (!tested.is_empty()).then(|| format!("{mark} {finding}, p < {level} ({procedure})."))
    }

    /// That no mark could have appeared, where the data are too few for any.
    fn floor(&self) -> Option<String> {
        let question = self.layout.comparison.question.as_ref()?;
        let floors: Option<Vec<f64>> = inference::tested(self.layout.comparison).iter().map(|p| p.smallest).collect();
        let smallest = floors?.into_iter().reduce(f64::min)?;
        (smallest >= 1.0 - question.level)
            .then(|| format!("With so few repetitions no p below {} can come out.", trimmed(smallest)))
    }

    fn guesses(&self) -> Vec<String> {
        let rows = self.layout.comparison.rows.iter().filter(|row| row.kind == RunKind::RandomGuess);
        let cells = rows.flat_map(|row| self.layout.comparison.columns.iter().zip(&row.cells));
        cells.filter_map(|(column, cell)| Some(self.guess(column, cell.as_ref()?.guess.as_ref()?))).collect()
    }

    fn guess(&self, column: &Column, guess: &GuessBounds) -> String {
        let number = |value| cells::number(self.layout.comparison, value);
        let floored = guess.floored.map(|floored| format!(" ({} in whole right answers per task)", number(floored)));
        format!(
            "Random guess, {}: the expectation over {}{}; 95% of guessers lie from {} to {}.",
            metric(&column.metric),
            count(guess.tasks, "classification task", "classification tasks"),
            floored.unwrap_or_default(),
            number(guess.low),
            number(guess.high)
        )
    }

    fn missing(&self) -> Option<String> {
        let missing: usize = self.layout.comparison.rows.iter().map(|row| row.missing).sum();
        let runs = count(missing, "run is", "runs are");
        (missing > 0).then(|| format!("{runs} not finished; these rows are means over fewer seeds."))
    }
}

fn aggregate(column: &Column, cell: &Cell) -> String {
    let (tasks, instances) = (count(cell.tasks, "task", "tasks"), count(cell.instances, "instance", "instances"));
    match &column.aggregate {
        Aggregate::Overall => format!("overall: mean over {instances} of {tasks}"),
        Aggregate::Task(name) => format!("{name}: mean over {instances}"),
        aggregate => format!("{}: mean over {tasks}", aggregate.name()),
    }
}

/// With a capital at the beginning and a full stop at the end.
fn sentence(text: &str) -> String {
    format!("{}.", capitalised(text.trim_end_matches('.')))
}
