//! Before launch: how many runs, what cannot work and why, the command line that does the same, and the button.

use crate::command::Command;
use crate::launch::typed;
use crate::pages::{counted, duration};
use crate::perform::{proposed_file, run_arguments};
use crate::state::{Check, Outlook, State};
use crate::theme::{SMALL, TIGHT, colours};
use crate::widgets::{self, caption};
use egui::{Align, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_CHECK_CIRCLE, ICON_CONTENT_COPY, ICON_ERROR};

/// The height of two lines, whatever they say, so that nothing jumps while one types.
const HEIGHT: f32 = 62.0;

/// Draws the foot.
pub(super) fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    ui.set_min_height(HEIGHT);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let sound = matches!(state.draft.check, Check::Sound(_));
            widgets::primary(ui, sound, &Command::RunPlan, out);
            ui.add_space(SMALL);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| check(ui, &state.draft.check));
        });
    });
    ui.add_space(TIGHT);
    command_line(ui, state, out);
}

fn check(ui: &mut Ui, check: &Check) {
    let colours = colours(ui);
    match check {
        Check::Pending => caption(ui, "Checking …"),
        Check::Faulty(fault) => {
            ui.label(ICON_ERROR.rich_text().size(18.0).color(colours.bad));
            ui.add(egui::Label::new(RichText::new(fault).color(colours.bad)).truncate()).on_hover_text(fault);
        }
        Check::Sound(outlook) => {
            ui.label(ICON_CHECK_CIRCLE.rich_text().size(18.0).color(colours.good));
            ui.label(sentence(outlook));
        }
    }
}

fn sentence(outlook: &Outlook) -> String {
    let baselines = counted(outlook.runs - outlook.tuned, "baseline");
    let same = match outlook.duplicates {
        0 => String::new(),
        count => format!("; {count} more would be the same as one of them"),
    };
    let time = outlook.seconds.map(|seconds| format!(" · about {} of training", duration(seconds)));
    let memory = outlook.bytes.map(|bytes| format!(" · about {} of memory", size(bytes)));
    let cost = format!("{}{}", time.unwrap_or_default(), memory.unwrap_or_default());
    format!("{}: {} with training, {baselines}{same}{cost}", counted(outlook.runs, "run"), outlook.tuned)
}

/// Bytes in the unit that fits.
fn size(bytes: f64) -> String {
    match bytes {
        bytes if bytes < 1e9 => format!("{:.0} MB", (bytes / 1e6).max(1.0)),
        bytes => format!("{:.1} GB", bytes / 1e9),
    }
}

fn command_line(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let file = state.draft.file.clone().unwrap_or_else(|| proposed_file(state));
    let mut words = vec!["placebo".into()];
    words.extend(run_arguments(&file, &state.settings));
    let line = typed(&words);
    ui.horizontal(|ui| {
        if widgets::small(ui, ICON_CONTENT_COPY, "Copy the command line").clicked() {
            out.push(Command::Copy(line.clone()));
        }
        let weak = colours(ui).weak;
        ui.add(egui::Label::new(RichText::new(&line).monospace().color(weak)).truncate().selectable(true));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cost_is_told_in_a_sentence() {
        let outlook = Outlook { runs: 13, tuned: 12, duplicates: 3, ..Outlook::default() };
        assert_eq!(
            sentence(&outlook),
            "13 runs: 12 with training, 1 baseline; 3 more would be the same as one of them"
        );
        let outlook = Outlook { runs: 1, tuned: 1, seconds: Some(240.0), bytes: Some(1.6e9), ..Outlook::default() };
        assert_eq!(
            sentence(&outlook),
            "1 run: 1 with training, 0 baselines · about 4 min of training · about 1.6 GB of memory"
        );
    }
}
