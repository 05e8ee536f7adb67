//! Each condition's difference to the baseline, with its interval, its effect size and its test.

use super::{escaped, scrolling};
use crate::report::english::{capitalised, count, metric, p_value};
use crate::report::{Cell, Column, Comparison, Difference, Row, inference};

const HEAD: &str = "<tr><th scope=\"col\">Condition</th><th scope=\"col\">Scores</th>\
    <th scope=\"col\" class=\"n\">Per task</th><th scope=\"col\" class=\"n\">Points</th>\
    <th scope=\"col\" class=\"n\">Interval</th><th scope=\"col\" class=\"n\">Lost, %</th>\
    <th scope=\"col\" class=\"n\">Cohen’s <i>d</i></th><th scope=\"col\" class=\"n\"><i>p</i></th>\
    <th scope=\"col\" class=\"n\"><i>p</i>, corrected</th><th scope=\"col\">Over</th></tr>\n";

pub(super) fn write(comparison: &Comparison) -> String {
    let Some(baseline) = comparison.question.as_ref().and_then(|question| question.baseline.as_ref()) else {
        return String::new();
    };
    let rows: String = comparison.rows.iter().map(|row| of_row(comparison, row)).collect();
    if rows.is_empty() {
        return rows;
    }
    let what = format!("Differences to “{baseline}”, in points, on the seeds, tasks and instances that both have.");
    let caption = [vec![what], inference::sentences(comparison)].concat().join(" ");
    scrolling("Differences", &escaped(&caption), HEAD, &format!("<tbody>\n{rows}</tbody>\n"))
}

fn of_row(comparison: &Comparison, row: &Row) -> String {
    let cells = comparison.columns.iter().zip(&row.cells);
    cells
        .filter_map(|(column, cell)| Some(line(row, column, cell.as_ref()?, cell.as_ref()?.difference.as_ref()?)))
        .collect()
}

fn line(row: &Row, column: &Column, cell: &Cell, difference: &Difference) -> String {
    let size = row.train_instances_per_task.map_or_else(none, |size| size.to_string());
    let interval = difference.interval.map_or_else(none, |interval| format!("[{}, {}]", interval.low, interval.high));
    let p = difference.p.as_ref();
    let over = p.map_or_else(|| count(difference.tasks.max(cell.tasks), "task", "tasks"), |p| p.over.clone());
    let numbers = [
        size,
        format!("{:+}", difference.points),
        interval,
        difference.drop_rate.map_or_else(none, |rate| rate.to_string()),
        difference.cohens_d.map_or_else(none, |d| d.to_string()),
        p.map_or_else(none, |p| p_value(p.raw)),
        p.map_or_else(none, |p| p_value(p.corrected)),
    ];
    let numbers: String = numbers.iter().map(|number| format!("<td class=\"n\">{}</td>", escaped(number))).collect();
    let scores = format!("{}, {}", capitalised(column.aggregate.name()), metric(&column.metric));
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td>{numbers}<td>{}</td></tr>\n",
        escaped(&row.condition),
        escaped(&scores),
        escaped(&over)
    )
}

fn none() -> String {
    "–".to_owned()
}
