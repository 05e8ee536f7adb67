//! What a model will read under a condition, or the plan as a file.

use crate::command::Command;
use crate::state::{Prompt, Shown, State};
use crate::theme::{MEDIUM, SMALL, TIGHT, colours};
use crate::widgets::{self, caption, choice, ghost, section, wide_card};
use egui::{Id, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons::{ICON_ARROW_BACK, ICON_ARROW_FORWARD, ICON_CONTENT_COPY};
use placebo_plugin_api::Stage;

/// What the side shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    #[default]
    Prompt,
    File,
}

/// Draws the side.
pub(super) fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let id = Id::unique("experiment side");
    let mut side: Side = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let height = ui.available_height() - 2.0 * MEDIUM - 2.0;
    wide_card(ui, |ui| {
        ui.set_height(height);
        ui.horizontal(|ui| {
            ui.selectable_value(&mut side, Side::Prompt, "Prompt");
            ui.selectable_value(&mut side, Side::File, "Plan as file");
        });
        ui.add_space(SMALL);
        match side {
            Side::Prompt => prompt(ui, state, out),
            Side::File => file(ui, state, out),
        }
    });
    ui.data_mut(|data| data.insert_temp(id, side));
}

fn prompt(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let preview = &state.draft.preview;
    let mut shown = preview.shown.clone();
    let conditions: Vec<_> = state
        .draft
        .plan
        .conditions
        .iter()
        .enumerate()
        .map(|(place, condition)| (place, condition.name.clone()))
        .collect();
    ui.horizontal_wrapped(|ui| {
        choice(ui, "Condition shown", &mut shown.condition, &conditions);
        let stages = [(Stage::Train, "training".to_owned()), (Stage::Test, "test".to_owned())];
        if choice(ui, "Stage shown", &mut shown.stage, &stages) {
            (shown.task, shown.instance) = (None, 0);
        }
        task(ui, state, &mut shown);
    });
    ui.add_space(SMALL);
    match &preview.prompt {
        Some(Ok(prompt)) => found(ui, state, prompt, &mut shown),
        Some(Err(fault)) => drop(ui.label(RichText::new(fault).color(colours(ui).bad))),
        None if matches!(state.tasks.book, Some(Err(_))) => caption(ui, "There are no tasks to build a prompt from."),
        None if state.tasks.data.is_some() => caption(ui, "Reading the tasks …"),
        None => caption(
            ui,
            "Choose a task collection, and the prompt of every condition stands here, word by word against the original.",
        ),
    }
    if shown != preview.shown {
        out.push(Command::Preview(shown));
    }
}

fn task(ui: &mut Ui, state: &State, shown: &mut Shown) {
    let Some(book) = state.tasks.read() else { return };
    let set = if shown.stage == Stage::Train { &book.train } else { &book.test };
    let names: Vec<_> = set.tasks.iter().map(|task| (Some(task.name.clone()), task.name.clone())).collect();
    if shown.task.is_none() {
        shown.task = names.first().and_then(|(name, _)| name.clone());
    }
    if choice(ui, "Task shown", &mut shown.task, &names) {
        shown.instance = 0;
    }
}

fn found(ui: &mut Ui, state: &State, prompt: &Prompt, shown: &mut Shown) {
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(shown.instance > 0, |ui| {
            if widgets::small(ui, ICON_ARROW_BACK, "Previous instance").clicked() {
                shown.instance -= 1;
            }
        });
        ui.add_enabled_ui(shown.instance + 1 < prompt.instances, |ui| {
            if widgets::small(ui, ICON_ARROW_FORWARD, "Next instance").clicked() {
                shown.instance += 1;
            }
        });
        let mut words = format!("instance {} · {} words", shown.instance + 1, prompt.words);
        words += &tokens(state);
        caption(ui, &words);
    });
    ScrollArea::vertical().id_salt("prompt").auto_shrink([false, false]).show(ui, |ui| {
        widgets::prompt(ui, prompt);
        ui.add_space(SMALL);
        caption(ui, &format!("Right: {}", prompt.targets.join(" | ")));
        cut(ui, state);
        for note in &prompt.notes {
            ui.label(RichText::new(note).color(colours(ui).warn));
        }
        if prompt.pieces.iter().all(|(tag, _)| *tag == similar::ChangeTag::Equal) {
            caption(ui, "The same as the original here.");
        }
    });
}

/// How many tokens the prompt has.
fn tokens(state: &State) -> String {
    let limit = state.draft.plan.prompt.max_source_tokens;
    match &state.draft.preview.counted {
        Some(Ok(counted)) => format!(" · {} of {limit} tokens", counted.tokens),
        Some(Err(_)) => " · tokens unknown".to_owned(),
        None if state.draft.preview.counting => " · counting tokens …".to_owned(),
        None => String::new(),
    }
}

/// What of the prompt the model does not read, or why that is unknown.
fn cut(ui: &mut Ui, state: &State) {
    match &state.draft.preview.counted {
        Some(Ok(counted)) if counted.truncated => {
            let limit = state.draft.plan.prompt.max_source_tokens;
            let text = format!("The model reads the first {limit} tokens only: the end is cut off.");
            ui.label(RichText::new(text).color(colours(ui).warn));
        }
        Some(Err(fault)) => caption(ui, &format!("Tokens are unknown: {fault}.")),
        _ => {}
    }
}

fn file(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let draft = &state.draft;
    let Some(text) = &draft.text else {
        let toml = draft.plan.to_toml().unwrap_or_else(|error| error.to_string());
        ui.horizontal(|ui| {
            if ghost(ui, "Edit as text").clicked() {
                out.push(Command::EditText(Some(toml.clone())));
            }
            if widgets::small(ui, ICON_CONTENT_COPY, "Copy the plan").clicked() {
                out.push(Command::Copy(toml.clone()));
            }
        });
        ScrollArea::both().id_salt("plan text").auto_shrink([false, false]).show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(&toml).monospace()).selectable(true).extend());
        });
        return;
    };
    section(ui, "Edited as text");
    ui.horizontal(|ui| {
        if widgets::plain(ui, None, "Take over").clicked() {
            out.push(Command::ApplyText);
        }
        if ghost(ui, "Discard").clicked() {
            out.push(Command::EditText(None));
        }
    });
    ui.add_space(TIGHT);
    let mut edited = text.clone();
    ScrollArea::both().id_salt("plan text").auto_shrink([false, false]).show(ui, |ui| {
        let edit = TextEdit::multiline(&mut edited).code_editor().desired_width(f32::INFINITY).desired_rows(24);
        ui.add(edit);
    });
    if edited != *text {
        out.push(Command::EditText(Some(edited)));
    }
}
