//! The queue: where every run stands, and one of them closely: progress, curves, log, why it failed.

mod one;

use super::{counted, duration, whole};
use crate::command::Command;
use crate::state::{Page, RunView, State};
use crate::theme::{Inks, MEDIUM, SMALL, colours};
use crate::widgets::{self, caption, empty, header, state_chip, swatch};
use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, Vec2};
use egui_material_icons::icons::{ICON_HOURGLASS_EMPTY, ICON_REPLAY, ICON_STOP, ICON_TIMELINE};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;
use std::path::PathBuf;

/// The list's width, where the window is wide enough.
const LIST: f32 = 400.0;
/// The height of a line of the list.
const LINE: f32 = 52.0;

/// Draws the page.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let results = &state.results;
    if results.path.is_none() {
        let texts = (
            "No results open",
            "Runs are watched here while they go on: progress, losses, logs. They outlive this window, and another window or machine may watch the same folder.",
        );
        return empty(ui, ICON_TIMELINE, texts, &[Command::RunSample, Command::ChooseResults], out);
    }
    if results.runs.is_empty() {
        return waiting(ui, state, out);
    }
    header(ui, &results.name(), &summary(state), |ui| actions(ui, state, out));
    problems(ui, state);
    let inks = state.inks();
    let (width, height) = (widgets::list_width(ui, LIST), ui.available_height());
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = MEDIUM;
        ui.allocate_ui_with_layout(Vec2::new(width, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            list(ui, state, &inks, out);
        });
        ui.vertical(|ui| {
            if let Some(run) = results.shown() {
                ScrollArea::vertical()
                    .id_salt("one run")
                    .auto_shrink([false, false])
                    .show(ui, |ui| one::show(ui, run, &inks, out));
            }
        });
    });
}

/// Between the start of a process and its first word.
fn waiting(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let path = state.results.path.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    if state.results.workers > 0 || !state.results.seen {
        let text = format!("The plan is being unfolded and its data digested; the runs appear in {path}.");
        return empty(ui, ICON_HOURGLASS_EMPTY, ("Getting ready", &text), &[], out);
    }
    let text = format!("There are no runs in {path} any more. Open another folder, or run a plan.");
    empty(ui, ICON_TIMELINE, ("Nothing here", &text), &[Command::ChooseResults, Command::Show(Page::Experiment)], out);
}

fn summary(state: &State) -> String {
    let results = &state.results;
    let words = ["finished", "running", "stopping", "next", "waiting", "stopped", "failed"];
    let counts = words.map(|word| (results.runs.iter().filter(|run| run.word() == word).count(), word));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<_> = counts.map(|(count, word)| format!("{count} {word}")).collect();
    if let Some(left) = results.seconds_left().filter(|_| results.is_running()) {
        parts.push(format!("about {} left", duration(left)));
    }
    format!("{}: {}", counted(results.runs.len(), "run"), parts.join(" · "))
}

fn actions(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let results = &state.results;
    if !results.marked.is_empty() {
        return several(ui, state, out);
    }
    if results.unfinished() == 0 {
        return widgets::primary(ui, true, &Command::Show(Page::Compare), out);
    }
    if results.count(|state| matches!(state, RunState::Failed { .. })) > 0 && results.workers == 0 {
        widgets::command(ui, true, &Command::RetryFailed, out);
    }
    if results.is_running() {
        widgets::command(ui, true, &Command::StopAll, out);
    } else {
        widgets::primary(ui, results.workers == 0, &Command::Resume, out);
    }
}

/// What can be done with the runs marked.
fn several(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let results = &state.results;
    let running = results.marked_where(|run| run.state == RunState::Running && !run.stopping);
    let open = results.marked_where(|run| !matches!(run.state, RunState::Running | RunState::Finished));
    let mut offer = |icon, words: &str, paths: Vec<PathBuf>, command: fn(Vec<PathBuf>) -> Command| {
        let text = format!("{words} {}", counted(paths.len(), "run"));
        if !paths.is_empty() && widgets::plain(ui, Some(icon), &text).clicked() {
            out.push(command(paths));
        }
    };
    offer(ICON_STOP, "Stop", running, Command::Stop);
    offer(ICON_REPLAY, "Resume", open, Command::ResumeRuns);
}

fn problems(ui: &mut Ui, state: &State) {
    for problem in &state.results.problems {
        ui.label(RichText::new(problem).color(colours(ui).bad));
    }
}

fn list(ui: &mut Ui, state: &State, inks: &Inks, out: &mut Vec<Command>) {
    let runs = &state.results.runs;
    let shown = state.results.shown().map(|run| run.path.clone());
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().id_salt("queue").auto_shrink([false, false]).show_rows(ui, LINE, runs.len(), |ui, rows| {
        for run in &runs[rows] {
            let marked = &state.results.marked;
            let selected =
                if marked.is_empty() { shown.as_ref() == Some(&run.path) } else { marked.contains(&run.path) };
            line(ui, run, selected, inks, out);
        }
    });
}

fn line(ui: &mut Ui, run: &RunView, selected: bool, inks: &Inks, out: &mut Vec<Command>) {
    let colours = colours(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width() - SMALL, LINE), Sense::click());
    let name = format!("{}, {}, {}", run.spec.condition.name, run.details(), run.word());
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, selected, &name));
    let fill = match (selected, response.hovered() || response.has_focus()) {
        (true, _) => colours.accent_soft,
        (false, true) => colours.hovered,
        (false, false) => egui::Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, crate::theme::ROUND, fill);
    let inner = rect.shrink2(Vec2::new(12.0, 7.0));
    // A child of its own: what is drawn in the line does not move the next one.
    let ui = &mut ui.new_child(UiBuilder::new().max_rect(inner));
    {
        ui.spacing_mut().item_spacing = Vec2::new(SMALL, 2.0);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.horizontal(|ui| {
            swatch(ui, ink(run, inks, ui.visuals().dark_mode));
            ui.add(egui::Label::new(run.spec.condition.name.as_str()).selectable(false).truncate());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| state_chip(ui, run));
        });
        ui.horizontal(|ui| {
            ui.add_space(20.0);
            ui.add(egui::Label::new(RichText::new(run.details()).small().color(colours.weak)).selectable(false));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| progress(ui, run));
        });
    }
    if response.clicked() {
        let several = ui.input(|input| input.modifiers.command);
        out.push(if several { Command::Mark(run.path.clone()) } else { Command::Select(run.path.clone()) });
    }
}

/// A condition's colour; baselines are grey.
fn ink(run: &RunView, inks: &Inks, dark: bool) -> egui::Color32 {
    let name = if run.spec.kind == RunKind::FineTune { run.spec.condition.name.as_str() } else { "" };
    inks.colour(name, dark)
}

fn progress(ui: &mut Ui, run: &RunView) {
    let weak = colours(ui).weak;
    let told =
        |ui: &mut Ui, text: String| ui.add(egui::Label::new(RichText::new(text).small().color(weak)).selectable(false));
    match (&run.state, run.progress.phase()) {
        (RunState::Running, Some((share, words))) => {
            widgets::meter(ui, share, 96.0, "progress");
            told(ui, words);
        }
        (RunState::Finished, _) => {
            told(ui, run.progress.seconds.map(duration).unwrap_or_default());
        }
        (RunState::Stopped, Some((_, words))) => {
            told(ui, words);
        }
        _ => {}
    }
}

/// What stands where a run has nothing to draw.
fn nothing_yet(ui: &mut Ui, text: &str) {
    ui.add_space(MEDIUM);
    caption(ui, text);
}
