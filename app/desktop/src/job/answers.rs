//! Answers of several runs, instance by instance, and the choice among them.

use crate::message::Told;
use crate::settings::write_file;
use crate::state::{AnswerRow, Asked, Given, Sheet};
use placebo_experiment::generation::Generation;
use placebo_experiment::results::RunFolder;
use placebo_experiment::score::Scores;
use placebo_plugin_api::TaskKind;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The score that counts as right.
const RIGHT: f64 = 100.0;

/// Task → instance → its answer.
type Book = BTreeMap<String, BTreeMap<String, Given>>;

/// Reads what the runs answered.
///
/// # Errors
/// A run without answers or scores.
pub(crate) fn read_answers(asked: &Asked) -> Told<Arc<Sheet>> {
    let runs = asked.runs().ok_or("choose two finished runs to lay side by side")?;
    let (first, others) = runs.split_first().expect("there are at least two");
    let (answers, marks) = read(first)?;
    let mut books = others.iter().map(|path| read(path).map(book)).collect::<Told<Vec<Book>>>()?;
    let mut tasks: BTreeSet<Arc<str>> = BTreeSet::new();
    let rows: Vec<AnswerRow> = answers
        .into_iter()
        .filter_map(|answer| {
            let others: Option<Vec<Given>> =
                books.iter_mut().map(|book| book.get_mut(&answer.task)?.remove(&answer.instance)).collect();
            let own = marks.given(&answer);
            Some(row(&mut tasks, answer, [own].into_iter().chain(others?).collect()))
        })
        .collect();
    if rows.is_empty() {
        return Err("the runs have no instance in common; choose runs of one plan".to_owned());
    }
    Ok(Arc::new(Sheet { rows, tasks: tasks.into_iter().collect() }))
}

fn row(tasks: &mut BTreeSet<Arc<str>>, answer: Generation, given: Vec<Given>) -> AnswerRow {
    let task = tasks.get(answer.task.as_str()).cloned().unwrap_or_else(|| Arc::from(answer.task.as_str()));
    tasks.insert(task.clone());
    AnswerRow { task, instance: answer.instance, references: answer.references, given }
}

fn read(path: &Path) -> Told<(Vec<Generation>, Marks)> {
    let folder = RunFolder::open(path).map_err(|error| error.to_string())?;
    let answers = folder.generations().map_err(|error| {
        format!("this run kept no answers ({error}); baselines in closed form have none, choose another")
    })?;
    let scores = folder.scores().map_err(|error| error.to_string())?;
    Ok((answers, Marks::of(&scores)))
}

fn book((answers, marks): (Vec<Generation>, Marks)) -> Book {
    let mut book = Book::new();
    for answer in answers {
        let given = marks.given(&answer);
        book.entry(answer.task).or_default().insert(answer.instance, given);
    }
    book
}

/// What the scores say of single answers.
struct Marks {
    /// Task → the instances answered rightly.
    right: BTreeMap<String, BTreeSet<String>>,
    /// Task → its labels.
    labels: BTreeMap<String, Vec<String>>,
}

impl Marks {
    /// By exact match, and by the plan's first metric where it has no exact match.
    fn of(scores: &Scores) -> Self {
        let metric = scores.find("exact-match", None).or(scores.metrics.first());
        let right = scores.tasks.iter().map(|(task, scored)| {
            let given = metric.and_then(|metric| metric.tasks.get(task));
            let marks = scored.instances.iter().zip(given.map_or(&[][..], |given| &given.instances));
            let right = marks.filter(|(_, score)| **score >= RIGHT).map(|(instance, _)| instance.clone());
            (task.clone(), right.collect())
        });
        let has_labels = scores.tasks.iter().filter(|(_, task)| task.answers.kind == TaskKind::Classification);
        let labels = has_labels.map(|(task, scored)| (task.clone(), scored.answers.labels.clone()));
        Self { right: right.collect(), labels: labels.collect() }
    }

    fn given(&self, answer: &Generation) -> Given {
        let right = self.right.get(&answer.task).is_some_and(|right| right.contains(&answer.instance));
        let said = answer.prediction.trim();
        let labels = self.labels.get(&answer.task).filter(|labels| !labels.is_empty());
        let outside = labels.is_some_and(|labels| labels.iter().all(|label| label.trim() != said));
        Given { text: answer.prediction.clone(), right, outside }
    }
}

/// The places of the rows that are wanted.
pub(crate) fn pick(rows: &[AnswerRow], asked: &Asked) -> Arc<Vec<usize>> {
    let text = asked.text.to_lowercase();
    let is_of_task = |row: &AnswerRow| asked.task.as_deref().is_none_or(|task| *row.task == *task);
    let holds = |row: &AnswerRow| {
        let given = row.given.iter().map(|given| given.text.as_str());
        let mut texts = given.chain([&*row.task]).chain(row.references.iter().map(String::as_str));
        text.is_empty() || texts.any(|part| part.to_lowercase().contains(&text))
    };
    let is_wanted = |row: &AnswerRow| is_of_task(row) && asked.verdict.admits(row) && holds(row);
    Arc::new(rows.iter().enumerate().filter(|(_, row)| is_wanted(row)).map(|(place, _)| place).collect())
}

/// Writes the rows wanted as JSON lines, each answer under the name of its run.
///
/// # Errors
/// A folder that cannot be written to.
pub(crate) fn write_answers(sheet: &Sheet, found: &[usize], (names, path): (&[String], &Path)) -> Told<Vec<PathBuf>> {
    let mut text = String::new();
    for row in found.iter().filter_map(|place| sheet.rows.get(*place)) {
        let answer = |(name, given): (&String, &Given)| serde_json::json!({ "run": name, "answer": given.text, "right": given.right, "label": !given.outside });
        let line = serde_json::json!({
            "task": &*row.task, "instance": row.instance, "references": row.references,
            "answers": names.iter().zip(&row.given).map(answer).collect::<Vec<_>>(),
        });
        text.push_str(&format!("{line}\n"));
    }
    write_file(path, text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(vec![path.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Verdict;

    fn row(task: &str, right: bool) -> AnswerRow {
        let given = |text: &str, right| Given { text: text.into(), right, outside: !right };
        AnswerRow {
            task: task.into(),
            instance: "1".into(),
            references: vec!["Yes".into()],
            given: vec![given("maybe", right), given("no", false)],
        }
    }

    #[test]
    fn rows_are_picked_by_verdict_task_and_text() {
        let rows = [row("one", true), row("two", false)];
        let picked = |verdict, task: Option<&str>, text: &str| {
            let asked = Asked { verdict, task: task.map(Into::into), text: text.into(), ..Asked::default() };
            pick(&rows, &asked).as_ref().clone()
        };
        assert_eq!(picked(Verdict::All, None, ""), [0, 1]);
        assert_eq!(picked(Verdict::OnlyA, None, ""), [0]);
        assert_eq!(picked(Verdict::All, None, "TWO"), [1]);
        assert_eq!(picked(Verdict::All, None, "yes"), [0, 1]);
        assert_eq!(picked(Verdict::Outside, Some("two"), ""), [1]);
        assert!(picked(Verdict::OnlyB, None, "").is_empty());
    }

    #[test]
    fn an_answer_that_is_no_label_is_outside() {
        let labels = BTreeMap::from([("t".to_owned(), vec!["yes".to_owned(), "no".to_owned()])]);
        let marks = Marks { right: BTreeMap::new(), labels };
        let outside = |task: &str, prediction: &str| {
            let answer = Generation {
                task: task.into(),
                instance: "1".into(),
                prompt_sha256: String::new(),
                prediction: prediction.into(),
                references: Vec::new(),
            };
            marks.given(&answer).outside
        };
        assert!(!outside("t", " yes "));
        assert!(outside("t", "perhaps"));
        assert!(!outside("free text", "perhaps"));
    }

    #[test]
    fn written_rows_name_their_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.jsonl");
        let sheet = Sheet { rows: vec![row("one", true)], tasks: Vec::new() };
        let names = ["Original".to_owned(), "Empty".to_owned()];
        write_answers(&sheet, &[0], (&names, &path)).unwrap();
        let line: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        assert_eq!(line["answers"][0]["run"], "Original");
        assert_eq!(line["answers"][1]["right"], false);
    }
}
