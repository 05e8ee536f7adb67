//! One run closely.

use super::{duration, ink, nothing_yet};
use crate::command::Command;
use crate::state::{LogLine, RunView};
use crate::theme::{Inks, MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, section, state_chip, wide_card};
use egui::{Align, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_CONTENT_COPY, ICON_REPLAY, ICON_STOP};
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
        failure(ui, reason);
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
    let (icon, words, command) = match run.state {
        RunState::Running if !run.stopping => (ICON_STOP, "Stop this run", Command::Stop(run.path.clone())),
        RunState::Failed { .. } | RunState::Stopped | RunState::Waiting => {
            (ICON_REPLAY, "Resume this run", Command::ResumeRun(run.path.clone()))
        }
        RunState::Running | RunState::Finished => return,
    };
    if widgets::plain(ui, Some(icon), words).clicked() {
        out.push(command);
    }
}

fn facts(ui: &mut Ui, run: &RunView) {
    let progress = &run.progress;
    let phase = match (&run.state, progress.phase()) {
        (RunState::Finished, _) => "done".to_owned(),
        (_, Some((_, words))) => words,
        _ => "not begun".to_owned(),
    };
    let left = match (&run.state, progress.seconds_left, progress.seconds) {
        (RunState::Finished, _, Some(seconds)) => ("Took", duration(seconds)),
        (_, Some(seconds), _) => ("Training left", duration(seconds)),
        _ => ("Training left", "–".to_owned()),
    };
    let pace = progress.tokens_per_s.map_or_else(|| "–".to_owned(), |tokens| format!("{tokens:.0} tokens/s"));
    let device = if progress.device.is_empty() { "–" } else { progress.device.as_str() };
    let facts = [("Progress", phase), left, ("Pace", pace), ("Device", device.to_owned()), ("Run", run.id.clone())];
    ui.columns(facts.len(), |columns| {
        for (column, (name, value)) in columns.iter_mut().zip(facts) {
            column.spacing_mut().item_spacing.y = TIGHT;
            let weak = colours(column).weak;
            column.label(RichText::new(name).small().color(weak));
            column.add(egui::Label::new(value).truncate());
        }
    });
}

fn failure(ui: &mut Ui, reason: &str) {
    let bad = colours(ui).bad;
    wide_card(ui, |ui| {
        ui.label(RichText::new("Why it failed").text_style(crate::theme::section()).color(bad));
        ui.add(egui::Label::new(reason).wrap());
        if let Some(remedy) = remedy(reason) {
            ui.add_space(TIGHT);
            caption(ui, remedy);
        }
    });
}

/// What to do about failures that have a known way out.
fn remedy(reason: &str) -> Option<&'static str> {
    let said = reason.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["out of memory", "cuda_error_out_of_memory", "alloc"]) {
        return Some(
            "Less memory: halve “Tokens per pass” on page Experiment, which changes no result, or switch on gradient checkpointing; then resume.",
        );
    }
    if has(&["disk is full", "no space left"]) {
        return Some("Free some space, then resume; nothing that is finished is lost.");
    }
    has(&["permission denied", "read-only"])
        .then_some("Choose a results folder that you may write to, then run the plan again.")
}

fn curves(ui: &mut Ui, run: &RunView, inks: &Inks) {
    section(ui, "Curves");
    if run.curve.learning_rate.is_empty() {
        return nothing_yet(ui, "Curves begin with the first optimizer step.");
    }
    let ink = ink(run, inks, ui.visuals().dark_mode);
    widgets::curves(ui, &run.curve, run.progress.steps, ink);
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
        let text = format!("{} lines of the journal are cut off or foreign and were left out.", run.unreadable);
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
        assert!(remedy("CUDA out of memory").unwrap().contains("Tokens per pass"));
        assert!(remedy("the disk is full: …").unwrap().starts_with("Free some space"));
        assert_eq!(remedy("something else"), None);
    }

    #[test]
    fn the_clock_counts_from_the_first_line() {
        assert_eq!(clock(3725.9), "+1:02:05");
        assert_eq!(clock(-1.0), "+0:00:00");
    }
}
