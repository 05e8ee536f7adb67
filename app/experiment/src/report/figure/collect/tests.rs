//! Figures from a made-up results folder: every kind, and the study's two.

use std::collections::BTreeMap;
use std::path::Path;

use placebo_plugin_api::{Settings, Stage, TaskKind};

use super::*;
use crate::event::Event;
use crate::plan::TransformUse;
use crate::report::figure::{At, Figure, FigureSpec, Panel};
use crate::report::{Question, compare, read_records};
use crate::results::testing::spec;
use crate::results::{Manifest, RunFolder};
use crate::run_spec::RunSpec;
use crate::score::{AnswerSpace, Guess, Scores};

const SIZES: [usize; 5] = [10, 20, 50, 200, 800];
const SEEDS: [u64; 3] = [1, 2, 3];
const CATEGORIES: [&str; 3] = ["Textual Entailment", "Title Generation", "Word Analogy"];

/// Name, transform and stages of every condition.
const CONDITIONS: [(&str, Option<&str>, &[Stage]); 5] = [
    ("Original", None, &[Stage::Train, Stage::Test]),
    ("Simplified", Some("definition.simplified"), &[Stage::Train, Stage::Test]),
    ("No definition", Some("definition.empty"), &[Stage::Train, Stage::Test]),
    ("Wrong examples", Some("examples.delusive"), &[Stage::Train, Stage::Test]),
    ("Wrong examples at test time", Some("examples.delusive"), &[Stage::Test]),
];

fn run(condition: usize, size: usize, seed: u64) -> RunSpec {
    let (name, transform, stages) = CONDITIONS[condition];
    let alter = |id: &str| TransformUse { id: id.into(), version: None, settings: Settings::default() };
    let mut run = spec(seed);
    run.data.train_instances_per_task = size;
    run.condition.name = name.into();
    run.condition.transforms = transform.map(alter).into_iter().collect();
    run.condition.apply_to = stages.to_vec();
    run
}

/// Scores of twelve tasks that rise with the size and differ a little between conditions and seeds.
fn scores(condition: usize, size: usize, seed: u64) -> Scores {
    let tasks: Vec<_> = (0..12).map(|task| format!("task{task:03}")).collect();
    let kind = |task: usize| if task.is_multiple_of(2) { TaskKind::Classification } else { TaskKind::Generation };
    let space = |task: usize| AnswerSpace {
        kind: kind(task),
        labels: Vec::new(),
        categories: vec![CATEGORIES[task % CATEGORIES.len()].to_owned()],
    };
    let spaces: BTreeMap<_, _> = tasks.iter().enumerate().map(|(task, name)| (name.clone(), space(task))).collect();
    let mut scores = Scores::of_tasks(&spaces);
    for name in &tasks {
        (0..8).for_each(|instance| scores.add_instance(name, &format!("{name}-{instance}")));
    }
    let score = |task: usize, instance: usize| {
        let level = 30.0 + 9.0 * (size as f64).log10() - 1.5 * condition as f64 + 0.7 * seed as f64;
        let spread = ((task * 37 + instance * 11 + condition * 5 + seed as usize * 3) % 40) as f64;
        (level + spread - 20.0).clamp(0.0, 100.0)
    };
    let by_task = |rounds: bool| {
        let task = |task: usize| {
            (0..8).map(move |instance| score(task, instance)).map(|score| match rounds {
                true => {
                    if score > 48.0 {
                        100.0
                    } else {
                        0.0
                    }
                }
                false => score,
            })
        };
        tasks.iter().enumerate().map(|(at, name)| (name.clone(), task(at).collect::<Vec<_>>())).collect()
    };
    let exact = scores.aggregated("exact-match", "1", Settings::default(), by_task(true));
    let rouge = scores.aggregated("rouge-l", "1", Settings::default(), by_task(false));
    scores.metrics = vec![exact, rouge];
    scores
}

fn guess() -> Scores {
    let mut scores = scores(0, 10, 1);
    scores.metrics.truncate(1);
    (scores.metrics[0].overall, scores.metrics[0].generation) = (None, None);
    scores.metrics[0].classification = Some(42.7368);
    scores.metrics[0].guess =
        Some(Guess { expected: 42.7368, floored: Some(42.6491), low: 41.5, high: 44.0, tasks: 6, left_out: 6 });
    scores
}

fn journal(folder: &RunFolder, condition: usize) {
    let lock = folder.try_lock().unwrap().unwrap();
    let mut journal = folder.journal(&lock).unwrap();
    for step in [1, 400] {
        let loss = 4.0 - 0.005 * step as f64 + 0.1 * condition as f64;
        journal
            .write(Event::Step {
                step,
                steps: 400,
                epoch: 1.0,
                loss,
                learning_rate: 1e-4,
                gradient_norm: 1.0,
                tokens_per_s: 1.0,
                examples_per_s: 1.0,
            })
            .unwrap();
    }
}

/// All conditions, sizes and seeds, and random guessing, as a finished grid leaves them.
fn made_up(results: &Path) {
    for condition in 0..CONDITIONS.len() {
        for size in SIZES {
            for seed in SEEDS {
                let folder = RunFolder::create(results, &run(condition, size, seed)).unwrap();
                folder.write_manifest(&Manifest::default()).unwrap();
                journal(&folder, condition);
                folder.write_scores(&scores(condition, size, seed)).unwrap();
            }
        }
    }
    let mut baseline = spec(0);
    baseline.kind = RunKind::RandomGuess;
    baseline.condition.name = "Random guess".into();
    RunFolder::create(results, &baseline).unwrap().write_scores(&guess()).unwrap();
}

struct Made {
    _folder: tempfile::TempDir,
    records: Vec<Record>,
}

impl Made {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        made_up(folder.path());
        let records = read_records(folder.path()).unwrap().0;
        Self { _folder: folder, records }
    }

    fn comparison(&self, columns: Vec<Column>, rows: &[&str]) -> Comparison {
        let rows = rows.iter().map(|row| (*row).to_owned()).collect();
        compare(&self.records, &Question { columns, rows, ..Question::default() }, &|_| {}).unwrap()
    }

    fn figure(&self, kind: Kind, rows: &[&str]) -> Figure {
        let comparison = self.comparison(Column::of_the_study(), rows);
        let runs = Runs { records: &self.records, comparison: &comparison };
        let data = figure_data(kind, runs, &Choice::default()).unwrap();
        Figure::draw(FigureSpec { kind, ..FigureSpec::default() }, data).unwrap()
    }

    fn study(&self, study: Study) -> Figure {
        let belongs = |record: &&Record| record.spec.kind != RunKind::FineTune || study.has(&record.spec.condition);
        let mut rows: Vec<&str> = Vec::new();
        for name in self.records.iter().filter(belongs).map(|record| record.spec.condition.name.as_str()) {
            if !rows.contains(&name) {
                rows.push(name);
            }
        }
        let comparison = self.comparison(Study::columns(), &rows);
        let data = study_figure(study, Runs { records: &self.records, comparison: &comparison }).unwrap();
        Figure::draw(FigureSpec { kind: Kind::Lines, ..FigureSpec::default() }, data).unwrap()
    }
}

fn names(panel: &Panel) -> Vec<&str> {
    panel.series.iter().map(|series| series.name.as_str()).collect()
}

#[test]
fn the_studys_figures_come_from_a_results_folder() {
    let made = Made::new();
    let definitions = made.study(Study::Definitions);
    let [classification, overall] = definitions.data.panels.as_slice() else { panic!("two panels") };
    assert_eq!((classification.y.as_str(), overall.y.as_str()), ("Exact match (%)", "ROUGE-L"));
    let mut shown = names(overall);
    shown.sort_unstable();
    assert_eq!(shown, ["No definition", "Original", "Simplified"]);
    let sizes: Vec<_> = overall.series[0].points.iter().map(|point| point.at.number().unwrap()).collect();
    assert_eq!(sizes, SIZES.map(|size| size as f64));
    assert!(overall.series[0].points.iter().all(|point| point.n == 3 && point.low.is_some()));
    let guess = &classification.references[0];
    assert_eq!(
        (guess.name.as_str(), guess.value, guess.low, guess.high),
        ("Random guess", 42.7368, Some(41.5), Some(44.0))
    );
    let reported: Vec<_> = classification.references[1..].iter().map(|reference| reference.value).collect();
    assert_eq!(reported, [43.0, 42.6, 12.78]);
    assert!(overall.references.is_empty());
    assert!(definitions.data.caption.contains("95% bootstrap intervals"), "{}", definitions.data.caption);
    gallery("study-definitions", &definitions);
}

#[test]
fn reported_values_stand_beside_the_conditions_that_they_are_of() {
    let examples = Made::new().study(Study::Examples);
    let overall = &examples.data.panels[1];
    let reported = |name: &str| -> Vec<(At, f64)> {
        let own = overall.references.iter().filter(|reference| reference.series.as_deref() == Some(name));
        own.map(|reference| (reference.at.clone().unwrap(), reference.value)).collect()
    };
    let at = |pairs: &[(f64, f64)]| pairs.iter().map(|(size, value)| (At::Number(*size), *value)).collect::<Vec<_>>();
    assert_eq!(reported("Original"), at(&[(10.0, 43.96), (20.0, 45.37), (50.0, 45.86), (200.0, 50.63)]));
    assert_eq!(reported("Wrong examples"), at(&[(10.0, 44.54), (20.0, 45.04), (50.0, 46.18), (200.0, 49.01)]));
    assert_eq!(reported("Wrong examples at test time"), at(&[(50.0, 42.77), (200.0, 47.74), (800.0, 50.09)]));
    gallery("study-examples", &examples);
}

#[test]
fn every_kind_is_collected() {
    let made = Made::new();
    let rows = ["Original", "Simplified", "Wrong examples", "Random guess"];
    let panels = |kind| made.figure(kind, &rows).data.panels;
    let bars = panels(Kind::Bars);
    assert_eq!(bars.len(), 3);
    assert_eq!((bars[0].series.len(), bars[0].series[0].points.len(), bars[0].references.len()), (3, 5, 1));
    let scatter = panels(Kind::Scatter);
    assert_eq!(names(&scatter[2]), ["Simplified", "Wrong examples"]);
    assert_eq!((scatter[0].series[0].points.len(), scatter[2].series[0].points.len()), (6, 12));
    assert_eq!(panels(Kind::Strip)[2].series[1].points[3].of.as_deref(), Some("task003"));
    let heat = panels(Kind::Heat);
    let rows: Vec<_> = heat[0].series[0].points.iter().map(|point| (point.at.text(), point.n)).collect();
    assert_eq!(rows, CATEGORIES.map(|name| (name.to_owned(), 4)));
    let loss = &panels(Kind::Loss)[0].series[0];
    assert_eq!(loss.points.iter().map(|point| point.mean).collect::<Vec<_>>(), [3.995, 2.0]);
}

#[test]
fn sources_are_the_runs_that_are_shown_with_their_checksums() {
    let figure = Made::new().figure(Kind::Bars, &["Original", "Random guess"]);
    assert_eq!(figure.data.sources.len(), SIZES.len() * SEEDS.len() + 1);
    let source = figure.data.sources.iter().find(|source| source.manifest_sha256.is_some()).unwrap();
    let sums = [&source.manifest_sha256, &source.scores_sha256].map(|sum| sum.as_ref().unwrap().len());
    assert_eq!(sums, [64, 64]);
    let guess = figure.data.sources.iter().find(|source| source.manifest_sha256.is_none()).unwrap();
    assert!(guess.scores_sha256.is_some(), "guessing has scores but, in this folder, no manifest");
}

#[test]
fn scatters_say_on_how_many_tasks_a_condition_is_better() {
    let figure = Made::new().figure(Kind::Scatter, &["Original", "Simplified"]);
    let note = &figure.data.notes[2];
    assert!(note.starts_with("All tasks, ROUGE-L: “Simplified” scores higher than “Original” on "), "{note}");
}

#[test]
fn what_no_run_has_is_refused() {
    let made = Made::new();
    let comparison = made.comparison(Column::of_the_study(), &["Original"]);
    let runs = Runs { records: &made.records, comparison: &comparison };
    let refused = |kind, choice: &Choice| figure_data(kind, runs, choice).unwrap_err().to_string();
    let size = Choice { size: Some(30), ..Choice::default() };
    let message = "no such number of instances per task, only 10, 20, 50, 200, 800: `30`";
    assert_eq!(refused(Kind::Strip, &size), message);
    let against = Choice { against: Some("Orginal".into()), ..Choice::default() };
    assert_eq!(refused(Kind::Scatter, &against), "no such condition, only Original: `Orginal`");
    let alone = refused(Kind::Scatter, &Choice::default());
    assert!(alone.contains("it takes two conditions"), "{alone}");
}

/// For looking at, where `PLACEBO_FIGURES` says.
fn gallery(name: &str, figure: &Figure) {
    if let Some(folder) = std::env::var_os("PLACEBO_FIGURES") {
        figure.files().unwrap().write(&Path::new(&folder).join(name)).unwrap();
    }
}
