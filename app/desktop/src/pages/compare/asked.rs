//! What is asked of the runs, and how the figure is dressed.

use crate::command::Command;
use crate::settings::Height;
use crate::state::State;
use crate::theme::SMALL;
use crate::widgets::{caption, choice, named, toggle};
use egui::{ComboBox, PopupCloseBehavior, Ui};
use placebo_experiment::report::figure::{Font, Kind, LegendPlace, Preset};
use placebo_experiment::report::{Aggregate, Column, IntervalMethod, Question, Test};
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
        columns(ui, state, &mut question);
        caption(ui, "under");
        rows(ui, state, &mut question);
        caption(ui, "against");
        baseline(ui, state, &mut question);
        test(ui, &mut question);
    });
    ui.horizontal_wrapped(|ui| {
        caption(ui, "with");
        interval(ui, &mut question);
        caption(ui, "over");
        let units = Unit::ALL.map(|unit| (unit, unit.to_string()));
        choice(ui, "Unit", &mut question.unit, &units);
        add_metric(ui, state, out);
        let mut reported = compare.reported;
        let help = "What Kung & Peng (2023) report, beside your own bars and lines";
        if ui.checkbox(&mut reported, "the study's numbers").on_hover_text(help).changed() {
            out.push(Command::ShowReported(reported));
        }
        height(ui, state, out);
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

/// Which metric over which tasks; none of both stands for what the study shows.
fn columns(ui: &mut Ui, state: &State, question: &mut Question) {
    let (mut metric, mut tasks) = (metric_of(&question.columns), tasks_of(&question.columns));
    let known = state.compare.metrics();
    let mut metrics = vec![(None, "the study's metrics".to_owned())];
    metrics.extend(known.iter().map(|id| (Some(id.clone()), id.clone())));
    let other_metric = choice(ui, "Metric", &mut metric, &metrics);
    caption(ui, "on");
    let mut of = vec![
        (None, "each kind of tasks".to_owned()),
        (Some(Aggregate::Classification), "classification tasks".to_owned()),
        (Some(Aggregate::Generation), "generation tasks".to_owned()),
        (Some(Aggregate::Overall), "all tasks".to_owned()),
    ];
    of.extend(state.compare.categories().into_iter().map(|name| (Some(Aggregate::Category(name.clone())), name)));
    if choice(ui, "Tasks", &mut tasks, &of) || other_metric {
        question.columns = chosen(metric, tasks, &known);
    }
}

fn metric_of(columns: &[Column]) -> Option<String> {
    let first = &columns.first()?.metric;
    columns.iter().all(|column| column.metric == *first).then(|| first.clone())
}

fn tasks_of(columns: &[Column]) -> Option<Aggregate> {
    let first = &columns.first()?.aggregate;
    columns.iter().all(|column| column.aggregate == *first).then(|| first.clone())
}

fn chosen(metric: Option<String>, tasks: Option<Aggregate>, known: &[String]) -> Vec<Column> {
    match (metric, tasks) {
        (None, None) => Vec::new(),
        (Some(metric), None) => Column::of_metric(&metric),
        (Some(metric), Some(aggregate)) => vec![Column { metric, aggregate }],
        (None, Some(aggregate)) => {
            let usual = ["exact-match", "rouge-l"].into_iter().filter(|id| known.iter().any(|known| known == id));
            usual.map(|id| Column { metric: id.to_owned(), aggregate: aggregate.clone() }).collect()
        }
    }
}

/// Which conditions and baselines.
fn rows(ui: &mut Ui, state: &State, question: &mut Question) {
    let names = state.compare.names();
    let shown = |question: &Question, name: &String| question.rows.is_empty() || question.rows.contains(name);
    let count = names.iter().filter(|name| shown(question, name)).count();
    let words = if count == names.len() { "all conditions".to_owned() } else { format!("{count} conditions") };
    let combo = ComboBox::from_id_salt("Conditions shown")
        .selected_text(words)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let menu = combo.show_ui(ui, |ui| {
        for name in &names {
            let mut wanted = shown(question, name);
            if ui.checkbox(&mut wanted, name).changed() {
                let is_kept = |other: &&String| if *other == name { wanted } else { shown(question, other) };
                let rows: Vec<String> = names.iter().filter(is_kept).cloned().collect();
                question.rows = if rows.len() == names.len() { Vec::new() } else { rows };
            }
        }
    });
    named(&menu.response, "Conditions shown");
}

fn height(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let mut height = state.settings.charts;
    let options = Height::ALL.map(|height| (height, format!("{} height", height.name())));
    if choice(ui, "Height of charts", &mut height, &options) {
        out.push(Command::SetCharts(height));
    }
}

fn add_metric(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let known = state.compare.metrics();
    let menu = ui.menu_button("Add a metric", |ui| {
        let plugins = state.plugins.iter().flat_map(|registry| registry.plugins());
        for plugin in plugins.filter(|plugin| plugin.descriptor().is_metric()) {
            let is_new = known.iter().all(|id| id != plugin.id());
            let button = ui.add_enabled(is_new, egui::Button::new(plugin.id()));
            if button.on_hover_text(&plugin.descriptor().summary).clicked() {
                out.push(Command::AddMetric(plugin.id().to_owned()));
                ui.close();
            }
        }
    });
    menu.response.on_hover_text("Scores the answers that are there with one metric more");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_back_as_they_were_chosen() {
        let known = ["exact-match".to_owned(), "rouge-l".to_owned()];
        for metric in [None, Some("rouge-l".to_owned())] {
            for tasks in [None, Some(Aggregate::Overall), Some(Aggregate::Category("QA".into()))] {
                let columns = chosen(metric.clone(), tasks.clone(), &known);
                assert_eq!((metric_of(&columns), tasks_of(&columns)), (metric.clone(), tasks), "{columns:?}");
            }
        }
    }
}
