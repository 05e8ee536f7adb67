//! What is asked of the runs, and how the figure is dressed.

use crate::command::Command;
use crate::state::State;
use crate::theme::SMALL;
use crate::widgets::{caption, choice, toggle};
use egui::Ui;
use placebo_experiment::report::figure::{Font, Kind, LegendPlace, Preset};
use placebo_experiment::report::{Column, IntervalMethod, Question, Test};
use placebo_experiment::statistics::Unit;

/// The choices above the chart.
pub(super) fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let compare = &state.compare;
    let mut spec = compare.spec.clone();
    let mut question = compare.question.clone();
    ui.horizontal_wrapped(|ui| {
        caption(ui, "Show");
        choice(ui, "Chart", &mut spec.kind, &Kind::ALL.map(|kind| (kind, kind_words(kind).to_owned())));
        caption(ui, "of");
        metric(ui, state, &mut question);
        caption(ui, "against");
        baseline(ui, state, &mut question);
        test(ui, &mut question);
        caption(ui, "with");
        interval(ui, &mut question);
        caption(ui, "over");
        let units = Unit::ALL.map(|unit| (unit, unit.to_string()));
        choice(ui, "Unit", &mut question.unit, &units);
    });
    ui.add_space(SMALL);
    if spec != compare.spec {
        out.push(Command::Dress(Box::new(spec)));
    }
    if question != compare.question {
        out.push(Command::Ask(Box::new(question)));
    }
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Bars => "Bars",
        Kind::Lines => "Lines over sizes",
        Kind::Scatter => "Tasks, one against another",
        Kind::Slope => "Tasks, condition to condition",
        Kind::Strip => "Spread over tasks",
        Kind::Heat => "Categories",
        Kind::Loss => "Training losses",
    }
}

fn metric(ui: &mut Ui, state: &State, question: &mut Question) {
    let mut options = vec![(Vec::new(), "the study's metrics".to_owned())];
    options.extend(state.compare.metrics().into_iter().map(|id| (Column::of_metric(&id), id)));
    choice(ui, "Metric", &mut question.columns, &options);
}

fn baseline(ui: &mut Ui, state: &State, question: &mut Question) {
    let mut names: Vec<&str> = state.results.conditions();
    names.sort_unstable();
    names.dedup();
    let mut options = vec![(None, "nothing".to_owned())];
    options.extend(names.into_iter().map(|name| (Some(name.to_owned()), name.to_owned())));
    if choice(ui, "Baseline", &mut question.baseline, &options) && question.baseline.is_none() {
        question.test = None;
    }
}

fn test(ui: &mut Ui, question: &mut Question) {
    if question.baseline.is_none() {
        return;
    }
    caption(ui, "by");
    let mut options = vec![(None, "no test".to_owned())];
    // The equivalence test needs a margin, which a plan for a paper states; it is asked on the command line.
    let tests = Test::ALL.into_iter().filter(|test| *test != Test::Tost);
    options.extend(tests.map(|test| (Some(test), test.name().replace('-', " "))));
    choice(ui, "Test", &mut question.test, &options);
}

fn interval(ui: &mut Ui, question: &mut Question) {
    let words = |method: IntervalMethod| match method {
        IntervalMethod::Percentile => "percentile bootstrap".to_owned(),
        IntervalMethod::Bca => "BCa bootstrap".to_owned(),
        IntervalMethod::T => "Student's t".to_owned(),
    };
    let mut options = vec![(None, "no interval".to_owned())];
    options.extend(IntervalMethod::ALL.map(|method| (Some(method), words(method))));
    choice(ui, "Interval", &mut question.interval, &options);
}

/// The looks of the exported figure.
pub(super) fn dress(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let mut spec = state.compare.spec.clone();
    ui.horizontal_wrapped(|ui| {
        let presets = Preset::ALL.map(|preset| (preset, preset_words(preset).to_owned()));
        choice(ui, "Page", &mut spec.preset, &presets);
        choice(ui, "Font", &mut spec.font, &Font::ALL.map(|font| (font, font.name().to_owned())));
        let places = LegendPlace::ALL.map(|place| (place, format!("legend {}", place.name())));
        choice(ui, "Legend", &mut spec.legend, &places);
        toggle(ui, &mut spec.greyscale, "Greyscale");
        toggle(ui, &mut spec.values, "Values");
    });
    if spec != state.compare.spec {
        out.push(Command::Dress(Box::new(spec)));
    }
}

fn preset_words(preset: Preset) -> &'static str {
    match preset {
        Preset::AclColumn => "ACL column",
        Preset::AclFull => "ACL full width",
        Preset::Neurips => "NeurIPS",
        Preset::Slide => "Slide",
    }
}
