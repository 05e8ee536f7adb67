//! One run closely.

use super::{counted, duration, ink, nothing_yet, whole};
use crate::command::Command;
use crate::state::{LogLine, RunView};
use crate::theme::{Inks, MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, CurvesShown, caption, section, state_chip, wide_card};
use egui::{Align, Id, Layout, RichText, Ui};
use egui_material_icons::icons::{
    ICON_CONTENT_COPY, ICON_PLAY_ARROW, ICON_REPLAY, ICON_STOP, ICON_UNDO, ICON_VERTICAL_ALIGN_TOP,
};
use placebo_experiment::results::RunState;
use placebo_experiment::run_spec::RunKind;

/// Draws the run.
pub(super) fn show(ui: &mut Ui, run: &RunView, inks: &Inks, out: &mut Vec<Command>) {
    wide_card(ui, |ui| {
        title(ui, run, out);
        ui.add_space(SMALL);
        facts(ui, run);
    });
    if let RunState::Failed { reason } = &run.state {
        failure(ui, run, reason);
    }
    if run.spec.kind == RunKind::FineTune {
        wide_card(ui, |ui| curves(ui, run, inks));
    }
    wide_card(ui, |ui| log(ui, run));
    ui.add_space(MEDIUM);
}

fn title(ui: &mut Ui, run: &RunView, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        section(ui, &run.spec.condition.name);
        caption(ui, &run.details());
        ui.add_space(SMALL);
        state_chip(ui, run);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            act(ui, run, out);
            if widgets::small(ui, ICON_CONTENT_COPY, "Copy the run's folder").clicked() {
                out.push(Command::Copy(run.path.display().to_string()));
            }
        });
    });
}

/// What can be done about the run as it stands.
fn act(ui: &mut Ui, run: &RunView, out: &mut Vec<Command>) {
    let path = || run.path.clone();
    let mut offer = |icon, words, command: Command| {
        if widgets::plain(ui, Some(icon), words).clicked() {
            out.push(command);
        }
    };
    match run.state {
        RunState::Running if !run.stopping => offer(ICON_STOP, "Stop this run", Command::Stop(vec![path()])),
        RunState::Failed { .. } => offer(ICON_REPLAY, "Retry this run", Command::ResumeRuns(vec![path()])),
        RunState::Stopped => offer(ICON_REPLAY, "Resume this run", Command::ResumeRuns(vec![path()])),
        RunState::Waiting => {
            offer(ICON_PLAY_ARROW, "Run this alone", Command::ResumeRuns(vec![path()]));
            match run.first {
                None => offer(ICON_VERTICAL_ALIGN_TOP, "Take it next", Command::TakeFirst(path(), true)),
                Some(_) => offer(ICON_UNDO, "Back in turn", Command::TakeFirst(path(), false)),
            }
        }
        RunState::Running | RunState::Finished => {}
    }
}

/// The width that a fact gets at most; it depends on the window alone, so that none jumps while numbers grow.
const FACT: f32 = 150.0;

fn facts(ui: &mut Ui, run: &RunView) {
    let progress = &run.progress;
    let phase = match (&run.state, progress.phase()) {
        (RunState::Finished, _) => "done".to_owned(),
        (_, Some((_, words))) => words,
        _ => "not begun".to_owned(),
    };
    let mut facts = vec![("Progress", phase)];
    match progress.seconds.filter(|_| run.state == RunState::Finished) {
        Some(seconds) => facts.push(("Took", duration(seconds))),
        None if run.spec.kind == RunKind::FineTune => facts.push(("Training left", left(progress.seconds_left))),
        None => {}
    }
    if run.spec.kind == RunKind::FineTune {
        facts.push(("Tokens/s", progress.tokens_per_s.map_or_else(nothing, whole)));
    }
    facts.push(("Device", if progress.device.is_empty() { nothing() } else { progress.device.clone() }));
    facts.push(("Run", run.id.clone()));
    let room = ui.available_width() - SMALL * facts.len() as f32;
    let width = (room / facts.len() as f32).min(FACT);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = SMALL;
        for (place, fact) in facts.iter().enumerate() {
            // What stands first, such as `answers 486 / 1800`, is longer than the others.
            told(ui, fact, width * if place == 0 { 1.4 } else { 0.9 });
        }
    });
}

fn told(ui: &mut Ui, (name, value): &(&str, String), width: f32) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = TIGHT;
        let weak = colours(ui).weak;
        ui.label(RichText::new(*name).small().color(weak));
        ui.add(egui::Label::new(value).truncate());
    });
}

fn left(seconds: Option<f64>) -> String {
    seconds.map_or_else(nothing, duration)
}

fn nothing() -> String {
    "–".to_owned()
}

fn failure(ui: &mut Ui, run: &RunView, reason: &str) {
    let bad = colours(ui).bad;
    wide_card(ui, |ui| {
        ui.label(RichText::new("Why it failed").text_style(crate::theme::section()).color(bad));
        ui.add(egui::Label::new(reason).wrap());
        if let Some(remedy) = remedy(reason, run.spec.training.micro_batch_tokens) {
            ui.add_space(TIGHT);
            caption(ui, &remedy);
        }
    });
}

/// What to do about failures that have a known way out.
fn remedy(reason: &str, tokens_per_pass: usize) -> Option<String> {
    let said = reason.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["out of memory", "cuda_error_out_of_memory", "alloc"]) {
        return Some(format!(
            "Less memory: set “Tokens per pass” on page Experiment to {}, half of what it was, which changes no result, \
             or switch on gradient checkpointing; then run the plan again.",
            whole((tokens_per_pass / 2).max(1) as f64)
        ));
    }
    if has(&["disk is full", "no space left"]) {
        return Some("Free some space, then resume; nothing that is finished is lost.".to_owned());
    }
    has(&["permission denied", "read-only"])
        .then(|| "Choose a results folder that you may write to, then run the plan again.".to_owned())
}

fn curves(ui: &mut Ui, run: &RunView, inks: &Inks) {
    let id = Id::unique("curves shown");
    let mut shown: CurvesShown = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        section(ui, "Curves");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            widgets::toggle(ui, &mut shown.raw, "raw");
            widgets::toggle(ui, &mut shown.smooth, "smoothed");
        });
    });
    ui.data_mut(|data| data.insert_temp(id, shown));
    if run.curve.learning_rate.is_empty() {
        return nothing_yet(ui, "Curves begin with the first optimizer step.");
    }
    let ink = ink(run, inks, ui.visuals().dark_mode);
    widgets::curves(ui, &run.curve, shown, run.progress.steps, ink);
    if run.curve.diverged > 0 {
        let text = format!(
            "{} steps had no number as their loss: training diverged. A lower learning rate may help.",
            run.curve.diverged
        );
        ui.label(RichText::new(text).color(colours(ui).warn));
    }
}

fn log(ui: &mut Ui, run: &RunView) {
    section(ui, "Log");
    if run.log.is_empty() {
        return nothing_yet(ui, "Nothing was written yet.");
    }
    let first = run.log.first().map_or(0.0, |line| line.time);
    ui.spacing_mut().item_spacing.y = TIGHT;
    for line in run.log.iter().rev().take(40).rev() {
        entry(ui, line, first);
    }
    if run.unreadable > 0 {
        let lines = counted(run.unreadable, "line");
        let text = format!("{lines} of the journal, cut off or foreign, could not be read; the others count.");
        ui.label(RichText::new(text).color(colours(ui).warn));
    }
}

fn entry(ui: &mut Ui, line: &LogLine, first: f64) {
    let colours = colours(ui);
    ui.horizontal_top(|ui| {
        ui.add_sized(
            [64.0, 18.0],
            egui::Label::new(RichText::new(clock(line.time - first)).monospace().color(colours.weak)),
        );
        let ink = if line.grave { colours.warn } else { colours.text };
        ui.add(egui::Label::new(RichText::new(&line.text).color(ink)).wrap());
    });
}

/// Time since the first line, which needs no time zone.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("+{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_failures_have_a_remedy() {
        let memory = remedy("CUDA out of memory", 16_384).unwrap();
        assert!(memory.contains("“Tokens per pass” on page Experiment to 8,192, half"), "{memory}");
        assert!(remedy("the disk is full: …", 1).unwrap().starts_with("Free some space"));
        assert_eq!(remedy("something else", 1), None);
    }

    #[test]
    fn the_clock_counts_from_the_first_line() {
        assert_eq!(clock(3725.9), "+1:02:05");
        assert_eq!(clock(-1.0), "+0:00:00");
    }
}
