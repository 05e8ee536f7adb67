//! What panels, axes and captions call columns.

use crate::report::english::{capitalised, list, metric};
use crate::report::{Aggregate, Column};

/// What an axis says of a metric.
pub(super) fn axis(id: &str) -> String {
    let unit = if id.starts_with("exact-match") || id == "format-correctness" { " (%)" } else { "" };
    format!("{}{unit}", capitalised(metric(id)))
}

/// What a panel says of its tasks.
pub(super) fn tasks(aggregate: &Aggregate) -> String {
    match aggregate {
        Aggregate::Classification => "Classification tasks".to_owned(),
        Aggregate::Generation => "Generation tasks".to_owned(),
        Aggregate::Overall => "All tasks".to_owned(),
        Aggregate::Category(name) | Aggregate::Task(name) => name.clone(),
    }
}

/// `Exact match on classification tasks and ROUGE-L on all tasks`.
pub(super) fn columns(columns: &[Column]) -> String {
    let column = |column: &Column| format!("{} on {}", metric(&column.metric), lower(&tasks(&column.aggregate)));
    capitalised(&list(&columns.iter().map(column).collect::<Vec<_>>()))
}

/// `a task` in the middle of a sentence, but `QA` as it is.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    match (first, letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_read_as_a_sentence_begins() {
        let study = Column::of_the_study();
        let expected = "Exact match on classification tasks, ROUGE-L on generation tasks and ROUGE-L on all tasks";
        assert_eq!(columns(&study), expected);
        assert_eq!(axis("exact-match"), "Exact match (%)");
        assert_eq!(axis("rouge-l"), "ROUGE-L");
        assert_eq!(lower("QA"), "QA");
    }
}
