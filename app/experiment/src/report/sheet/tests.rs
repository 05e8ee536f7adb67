//! A comparison made by hand, laid out: what moves into the caption, what is bold, what is marked.

use placebo_plugin_api::Direction;

use super::*;
use crate::report::{Cell, Column, Difference, GuessBounds, IntervalMethod, PValue, Question, Row, Test};
use crate::run_spec::RunKind;
use crate::statistics::Interval;

/// Two conditions at two sizes and random guessing, compared by a test.
pub(crate) fn comparison() -> Comparison {
    let rows = vec![
        row("Original", Some(10), [cell(75.0, 35.3553), cell(30.0, 14.1421), cell(60.0, 28.2843)]),
        row("Original", Some(50), [cell(70.0, 1.0), cell(40.0, 1.5), cell(60.0, 1.0)]),
        row("Empty & bare", Some(10), [tested(40.0, 0.0021), tested(30.0, 1.0), tested(61.0, 0.06)]),
        row("Empty & bare", Some(50), [tested(70.0, 1.0), tested(30.0, 0.0021), tested(50.0, 0.04)]),
        guess(),
    ];
    let question = Question {
        baseline: Some("Original".into()),
        test: Some(Test::Wilcoxon),
        interval: Some(IntervalMethod::Percentile),
        ..Question::default()
    };
    let columns = Column::of_the_study();
    Comparison { columns, rows, failures: Vec::new(), question: Some(question), refusals: Vec::new() }
}

/// The same with a name that has every letter that some format takes for a command.
pub(crate) fn hostile() -> Comparison {
    let mut comparison = comparison();
    comparison.rows[0].condition = "[*] 50% of $x_1 & {y}# ~^\\ <b>\"q\" 'a' `c` | é ł ß – × …".into();
    comparison.rows[1].plan = "a_b\n<script>".into();
    comparison
}

pub(crate) fn style() -> Style {
    let more_is_better = |id: &str| (id.to_owned(), Direction::HigherIsBetter);
    Style { spread: Spread::Deviation, directions: ["exact-match", "rouge-l"].map(more_is_better).into() }
}

fn row(condition: &str, size: Option<usize>, cells: [Cell; 3]) -> Row {
    Row {
        plan: "Trial 1".into(),
        kind: RunKind::FineTune,
        condition: condition.into(),
        train_instances_per_task: size,
        seeds: 2,
        tasks: 4,
        instances: 1600,
        missing: 0,
        cells: cells.map(Some).to_vec(),
    }
}

fn cell(mean: f64, deviation: f64) -> Cell {
    Cell {
        mean,
        deviation: Some(deviation),
        runs: 2,
        tasks: 2,
        instances: 800,
        interval: Some(Interval { low: 50.0, high: 90.0 }),
        difference: None,
        guess: None,
    }
}

fn tested(mean: f64, corrected: f64) -> Cell {
    let p = PValue { raw: corrected / 2.0, corrected, smallest: Some(0.002), over: "2 tasks".into() };
    let difference = Difference {
        points: -1.0,
        interval: None,
        drop_rate: None,
        cohens_d: None,
        p: Some(p),
        seeds: 2,
        tasks: 2,
        instances: 800,
    };
    Cell { difference: Some(difference), ..cell(mean, 2.0) }
}

fn guess() -> Row {
    let bounds = GuessBounds { floored: Some(48.0), low: 45.5, high: 54.5, tasks: 2, left_out: 2 };
    let guess = Cell { deviation: None, interval: None, runs: 1, guess: Some(bounds), ..cell(50.0, 0.0) };
    let mut row = row("Random guess", None, [cell(0.0, 0.0), cell(0.0, 0.0), cell(0.0, 0.0)]);
    row.cells = vec![Some(guess), None, None];
    Row { kind: RunKind::RandomGuess, seeds: 0, ..row }
}

fn caption(comparison: &Comparison) -> Vec<String> {
    Sheet::of(comparison, &style()).caption
}

#[test]
fn what_all_rows_share_stands_in_the_caption() {
    let expected = [
        "Means ± sample standard deviations over seeds.",
        "2 seeds per condition.",
        "Classification: mean over 2 tasks; generation: mean over 2 tasks; overall: mean over 800 instances of 2 tasks.",
        "The best condition of each size is bold.",
        "* differs from Original, p < 0.05 (two-sided Wilcoxon signed-rank test over 2 tasks, Holm-corrected for 6 tests).",
        "Random guess, exact match: the expectation over 2 classification tasks (48.0000 in whole right answers per \
         task); 95% of guessers lie from 45.5000 to 54.5000.",
    ];
    assert_eq!(caption(&comparison()), expected);
    assert_eq!(Sheet::of(&comparison(), &style()).names, ["Condition", "Per task"]);
}

#[test]
fn what_differs_from_row_to_row_stands_in_a_column() {
    let mut comparison = comparison();
    comparison.rows.retain(|row| row.train_instances_per_task != Some(50));
    comparison.rows[1].seeds = 1;
    comparison.rows[1].missing = 1;
    let sheet = Sheet::of(&comparison, &style());
    assert_eq!(sheet.names, ["Condition", "Seeds"]);
    assert_eq!(sheet.caption[1], "10 instances per training task.");
    assert!(sheet.caption.contains(&"1 run is not finished; these rows are means over fewer seeds.".to_owned()));
    assert_eq!(sheet.blocks[0][1].names, ["Empty & bare", "1"]);
}

#[test]
fn the_best_of_each_size_is_bold_and_ties_are_shared() {
    let sheet = Sheet::of(&comparison(), &style());
    let bold = |block: usize, line: usize| {
        let cells = sheet.blocks[block][line].cells.iter();
        cells.map(|cell| cell.as_ref().is_some_and(|cell| cell.is_best)).collect::<Vec<_>>()
    };
    assert_eq!(sheet.blocks.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!((bold(0, 0), bold(0, 1)), (vec![true, true, false], vec![false, true, true]));
    assert_eq!((bold(1, 0), bold(1, 1)), (vec![true, true, true], vec![true, false, false]));
    assert_eq!(bold(2, 0), [false; 3], "baselines do not compete");
}

#[test]
fn less_may_be_better_and_of_an_unknown_metric_nothing_is_called_best() {
    let mut style = style();
    style.directions.insert("exact-match".into(), Direction::LowerIsBetter);
    style.directions.remove("rouge-l");
    let sheet = Sheet::of(&comparison(), &style);
    let bold: Vec<_> = sheet.blocks[0].iter().flat_map(|line| &line.cells).flatten().map(|cell| cell.is_best).collect();
    assert_eq!(bold, [false, false, false, true, false, false]);
}

#[test]
fn marks_follow_the_corrected_values_at_the_question_s_level() {
    let marks = |comparison: &Comparison| -> Vec<Option<Mark>> {
        let sheet = Sheet::of(comparison, &style());
        sheet
            .blocks
            .iter()
            .map(|block| &block[block.len() - 1])
            .flat_map(|line| &line.cells)
            .flatten()
            .map(|cell| cell.mark)
            .collect()
    };
    let (some, none) = (Some(Mark::Differs), None);
    assert_eq!(marks(&comparison()), [some, none, none, none, some, some, none]);
    let mut equivalent = comparison();
    let question = equivalent.question.as_mut().unwrap();
    (question.test, question.margin, question.level) = (Some(Test::Tost), Some(1.5), 0.99);
    let (some, none) = (Some(Mark::Equivalent), None);
    assert_eq!(marks(&equivalent), [some, none, none, none, some, none, none]);
    let sentence = "≈ equivalent to Original within 1.5 points, p < 0.01 (two one-sided paired t-tests over 2 tasks, \
                    Holm-corrected for 6 tests).";
    assert!(caption(&equivalent).contains(&sentence.to_owned()), "{:?}", caption(&equivalent));
}

#[test]
fn a_test_that_can_never_speak_is_said_to() {
    let mut comparison = comparison();
    for cell in comparison.rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
        if let Some(p) = cell.difference.as_mut().and_then(|difference| difference.p.as_mut()) {
            p.smallest = Some(0.25);
        }
    }
    assert!(caption(&comparison).contains(&"With so few repetitions no p below 0.25 can come out.".to_owned()));
}

#[test]
fn markdown_has_the_same_numbers_and_lets_no_name_break_it() {
    let markdown = markdown::write(&Sheet::of(&hostile(), &style()));
    let lines: Vec<_> = markdown.lines().collect();
    assert_eq!(
        lines[0],
        "| Plan | Condition | Per task | Classification exact match | Generation ROUGE-L | Overall ROUGE-L |"
    );
    assert_eq!(lines[1], "| --- | --- | ---: | ---: | ---: | ---: |");
    assert!(
        markdown.contains("| **75.0000** ± 35.3553 |") && markdown.contains("| 40.0000 ± 2.0000 \\* |"),
        "{markdown}"
    );
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    assert!(lines[..7].iter().all(|line| bars(line) == 7), "{markdown}");
    assert!(markdown.contains("a\\_b \\<script\\>"), "{markdown}");
}
