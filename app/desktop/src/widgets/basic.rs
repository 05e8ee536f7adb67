//! Cards, headers, empty states, and the signs for where a run stands.

use crate::command::Command;
use crate::state::RunView;
use crate::theme::{self, LARGE, MEDIUM, READABLE, ROUND, SMALL, TIGHT, colours};
use crate::widgets;
use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Align, Color32, CornerRadius, Frame, InnerResponse, Layout, Margin, RichText, Sense, Stroke, TextStyle, Ui, Vec2,
    WidgetInfo,
};
use egui_material_icons::MaterialIcon;
use placebo_experiment::results::RunState;

/// A page's name, a sentence below it, and its actions at the right.
pub fn header(ui: &mut Ui, title: &str, sentence: &str, actions: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.heading(title);
        ui.with_layout(Layout::right_to_left(Align::Center), actions);
    });
    if !sentence.is_empty() {
        caption(ui, sentence);
    }
    ui.add_space(MEDIUM);
}

/// A sentence of the second rank.
pub fn caption(ui: &mut Ui, text: &str) {
    let weak = colours(ui).weak;
    match text.contains('`') {
        true => marked(ui, text, weak),
        false => drop(ui.add(egui::Label::new(RichText::new(text).color(weak)).wrap())),
    }
}

/// Paragraphs in which `words between backticks` are set as code.
pub fn prose(ui: &mut Ui, text: &str) {
    marked(ui, text, colours(ui).text);
}

fn marked(ui: &mut Ui, text: &str, ink: Color32) {
    let (body, code) = (TextStyle::Body.resolve(ui.style()), TextStyle::Monospace.resolve(ui.style()));
    let colours = colours(ui);
    let mut job = LayoutJob::default();
    for (place, part) in text.split('`').enumerate() {
        let is_code = place % 2 == 1;
        let font = if is_code { code.clone() } else { body.clone() };
        let background = if is_code { colours.rail } else { Color32::TRANSPARENT };
        let format = TextFormat { background, line_height: Some(20.0), ..TextFormat::simple(font, ink) };
        job.append(part, 0.0, format);
    }
    ui.add(egui::Label::new(job).wrap());
}

/// The head of a section.
pub fn section(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).text_style(theme::section()));
}

/// A surface for things that belong together, as wide as what is in it.
pub fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let colours = colours(ui);
    Frame::new()
        .fill(colours.card)
        .stroke(Stroke::new(1.0, colours.line))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::same(MEDIUM as i8))
        .show(ui, content)
}

/// A card as wide as the room it has.
pub fn wide_card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    card(ui, |ui| {
        ui.set_width(ui.available_width());
        content(ui)
    })
}

/// What stands where nothing is yet: what this page shows, and what to do so that it can.
pub fn empty(ui: &mut Ui, icon: MaterialIcon, (title, text): (&str, &str), does: &[Command], out: &mut Vec<Command>) {
    let colours = colours(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.22).max(LARGE));
        ui.label(icon.rich_text().size(44.0).color(colours.weak));
        ui.add_space(SMALL);
        ui.label(RichText::new(title).text_style(theme::section()));
        ui.allocate_ui(Vec2::new(READABLE * 0.66, 0.0), |ui| {
            ui.vertical_centered(|ui| caption(ui, text));
        });
        ui.add_space(MEDIUM);
        centred_row(ui, |ui| {
            for (place, command) in does.iter().enumerate() {
                if place == 0 {
                    widgets::primary(ui, true, command, out);
                } else {
                    widgets::command(ui, true, command, out);
                }
            }
        });
    });
}

/// A row in the middle of the room it has: as wide as it was in the last frame.
fn centred_row(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let id = ui.scope_id().with("centred row");
    let width: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(ui.available_width());
    ui.horizontal(|ui| {
        ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
        let drawn = ui.horizontal(content).response.rect.width();
        if (drawn - width).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, drawn));
            ui.ctx().request_discard("a centred row learned its width");
        }
    });
}

/// The width of a list beside what it lists: so much, or less where the window is narrow.
pub fn list_width(ui: &Ui, usual: f32) -> f32 {
    usual.min(ui.available_width() * 0.4)
}

/// A button without a frame that is as quiet as text.
pub fn ghost(ui: &mut Ui, words: &str) -> egui::Response {
    ui.add(egui::Button::new(words).frame_when_inactive(false))
}

/// A condition's colour.
pub fn swatch(ui: &mut Ui, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(12.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(3), colour);
}

/// Where a run stands, as a word with a coloured dot.
pub fn state_chip(ui: &mut Ui, run: &RunView) {
    let colour = state_colour(ui, &run.state);
    let dot = |ui: &mut Ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(8.0), Sense::hover());
        match run.state {
            RunState::Waiting => ui.painter().circle_stroke(rect.center(), 3.5, Stroke::new(1.2, colour)),
            _ => ui.painter().circle_filled(rect.center(), 4.0, colour),
        };
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = TIGHT + 2.0;
        // Where things are laid from right to left, what comes first stands last.
        let reversed = ui.layout().prefer_right_to_left();
        if !reversed {
            dot(ui);
        }
        ui.add(egui::Label::new(RichText::new(run.word()).color(colour)).selectable(false));
        if reversed {
            dot(ui);
        }
    });
}

fn state_colour(ui: &Ui, state: &RunState) -> Color32 {
    let colours = colours(ui);
    match state {
        RunState::Waiting => colours.weak,
        RunState::Running => colours.accent,
        RunState::Stopped => colours.warn,
        RunState::Failed { .. } => colours.bad,
        RunState::Finished => colours.good,
    }
}

/// A thin bar for a share that is done.
pub fn meter(ui: &mut Ui, share: f32, width: f32, name: &str) {
    let colours = colours(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, 6.0), Sense::hover());
    ui.painter().rect_filled(rect, ROUND, colours.line);
    let mut done = rect;
    done.set_width(rect.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(done, ROUND, colours.accent);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ProgressIndicator, true, name);
        info.value = Some(f64::from(share * 100.0));
        info
    });
}
