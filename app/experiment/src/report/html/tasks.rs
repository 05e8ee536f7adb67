//! Every task's score under every condition.

use std::collections::BTreeSet;

use super::{Page, escaped, scrolling};
use crate::report::english::{capitalised, metric};
use crate::report::{Aggregate, Column, Comparison, Row};
use crate::run_spec::RunKind;

pub(super) fn write(page: &Page) -> String {
    let metrics: BTreeSet<_> = page.comparison.columns.iter().map(|column| column.metric.as_str()).collect();
    metrics.into_iter().map(|metric| of_metric(page, metric)).collect()
}

fn of_metric(page: &Page, id: &str) -> String {
    let scores = page.records.iter().filter_map(|record| record.scores.as_ref());
    let tasks: BTreeSet<_> =
        scores.filter_map(|scores| scores.find(id, None)).flat_map(|metric| metric.tasks.keys()).collect();
    let column = |task: &&String| Column { metric: id.to_owned(), aggregate: Aggregate::Task((*task).clone()) };
    let comparison = Comparison::of(page.records, tasks.iter().map(column).collect());
    if tasks.is_empty() {
        return String::new();
    }
    let rows: String = tasks.iter().enumerate().map(|(at, task)| row(&comparison, at, task)).collect();
    let name = capitalised(metric(id));
    let caption = format!("{}: means over seeds of every task.", escaped(&name));
    let table =
        scrolling(&format!("{name} by task"), &caption, &head(&comparison), &format!("<tbody>\n{rows}</tbody>\n"));
    format!("<details>\n<summary>{}</summary>\n{table}</details>\n", escaped(&name))
}

fn head(comparison: &Comparison) -> String {
    let sizes: BTreeSet<_> = tuned(comparison).map(|row| row.train_instances_per_task).collect();
    let heading = |row: &Row| {
        let size = row
            .train_instances_per_task
            .filter(|_| sizes.len() > 1)
            .map(|size| format!("<br><small>{size} per task</small>"));
        format!("<th scope=\"col\" class=\"n\">{}{}</th>", escaped(&row.condition), size.unwrap_or_default())
    };
    let headings: String = comparison.rows.iter().map(heading).collect();
    format!("<tr><th scope=\"col\">Task</th>{headings}</tr>\n")
}

fn tuned(comparison: &Comparison) -> impl Iterator<Item = &Row> {
    comparison.rows.iter().filter(|row| row.kind == RunKind::FineTune)
}

/// The bar behind a number is as long as the number is large on a scale of 100.
fn row(comparison: &Comparison, task: usize, name: &str) -> String {
    let cell = |row: &Row| match &row.cells[task] {
        Some(cell) => {
            let share = cell.mean.clamp(0.0, 100.0);
            format!("<td class=\"n bar\" style=\"--share:{share}%\">{}</td>", cell.mean)
        }
        None => "<td class=\"n none\">–</td>".to_owned(),
    };
    let cells: String = comparison.rows.iter().map(cell).collect();
    format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(name))
}
