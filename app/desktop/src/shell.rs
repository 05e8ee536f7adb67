//! The frame around every page: menus above, navigation at the left, notices over the page, the palette over all.

use crate::command::{Command, LISTED, Menu, keys};
use crate::pages;
use crate::state::{Notice, Page, State, Tone};
use crate::theme::{self, LARGE, MEDIUM, PAGE, ROUND, SMALL, TIGHT, colours};
use crate::widgets::{self, named};
use egui::{Align, CornerRadius, Frame, Layout, Margin, Panel, RichText, Sense, Stroke, Ui, Vec2};
use egui_material_icons::icons::{ICON_CHECK_CIRCLE, ICON_CLOSE, ICON_ERROR, ICON_INFO};
use placebo_experiment::results::RunState;

/// The navigation's width.
const RAIL: f32 = 188.0;

/// Draws everything.
pub fn show(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    let colours = colours(ui);
    let bar = Frame::new().fill(colours.rail).inner_margin(Margin::symmetric(10, 3));
    Panel::top("menus").frame(bar).show_separator_line(false).show(ui, |ui| menus(ui, state, out));
    let rail = Frame::new().fill(colours.rail).inner_margin(Margin { left: 10, right: 10, top: 8, bottom: 12 });
    Panel::left("navigation")
        .frame(rail)
        .exact_size(RAIL)
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| navigation(ui, state, out));
    // Without a colour: what stands behind every frame is the page's already.
    egui::CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
        notices(ui, state, out);
        let inner =
            Frame::new().inner_margin(Margin { left: PAGE as i8, right: LARGE as i8, top: LARGE as i8, bottom: 0 });
        inner.show(ui, |ui| pages::show(ui, state, out));
    });
    widgets::palette(ui, state, out);
    widgets::drop_hint(ui);
}

fn menus(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| {
                ui.set_min_width(260.0);
                entries(ui, menu, state, out);
            });
        }
    });
}

fn entries(ui: &mut Ui, menu: Menu, state: &State, out: &mut Vec<Command>) {
    for listing in LISTED.iter().filter(|listing| listing.menu == menu) {
        let shortcut = listing.shortcut.map(keys).unwrap_or_default();
        let text = (listing.icon.rich_text().size(16.0), listing.title);
        let button = egui::Button::new(text).shortcut_text(shortcut);
        let enabled = is_possible(&listing.command, state);
        let response = ui.add_enabled(enabled, button).on_hover_text(listing.help);
        named(&response, listing.title);
        if response.clicked() {
            out.push(listing.command.clone());
            ui.close();
        }
    }
}

/// Whether a command would do anything now.
pub fn is_possible(command: &Command, state: &State) -> bool {
    match command {
        Command::Undo => state.draft.can_undo(),
        Command::Redo => state.draft.can_redo(),
        Command::Resume => state.results.unfinished() > 0,
        Command::RetryFailed => state.results.count(|state| matches!(state, RunState::Failed { .. })) > 0,
        Command::StopAll => state.results.is_running(),
        Command::Refresh => state.results.path.is_some(),
        Command::Export => matches!(state.compare.chart, Some(Ok(_))),
        _ => true,
    }
}

fn navigation(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.add_space(TIGHT);
        mark(ui);
        ui.label(RichText::new("Placebo").text_style(theme::section()));
    });
    ui.add_space(MEDIUM);
    ui.spacing_mut().item_spacing.y = 2.0;
    for page in Page::ALL {
        entry(ui, page, state, out);
    }
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if widgets::rail_button(ui, &Command::TogglePalette, false, "").clicked() {
            out.push(Command::TogglePalette);
        }
    });
}

fn entry(ui: &mut Ui, page: Page, state: &State, out: &mut Vec<Command>) {
    let command = Command::Show(page);
    let badge = match page {
        Page::Runs if state.results.is_running() => {
            let done = state.results.runs.len() - state.results.unfinished();
            format!("{done}/{}", state.results.runs.len())
        }
        Page::Experiment if state.draft.is_unsaved() && state.draft.version > 0 => "●".to_owned(),
        _ => String::new(),
    };
    if widgets::rail_button(ui, &command, state.page == page, &badge).clicked() {
        out.push(command);
    }
}

/// The program's mark.
fn mark(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::hover());
    let colours = colours(ui);
    for (place, (height, colour)) in
        [(9.0, colours.accent), (9.0, colours.accent), (17.0, colours.warn)].into_iter().enumerate()
    {
        let left = rect.left() + 1.0 + place as f32 * 6.5;
        let bar = egui::Rect::from_min_max(
            egui::pos2(left, rect.bottom() - height - 1.0),
            egui::pos2(left + 4.5, rect.bottom() - 1.0),
        );
        ui.painter().rect_filled(bar, CornerRadius::same(1), colour);
    }
}

fn notices(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    for notice in state.notices.all().iter().take(3) {
        let margin = Margin { left: PAGE as i8, right: LARGE as i8, top: 10, bottom: 0 };
        Frame::new().inner_margin(margin).show(ui, |ui| told(ui, notice, out));
    }
}

/// Messages begin in lower case, as they follow others on a terminal; here each stands alone.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The room that a notice's icon and button take.
const BESIDE: f32 = 62.0;

fn told(ui: &mut Ui, notice: &Notice, out: &mut Vec<Command>) {
    let colours = colours(ui);
    let (icon, colour) = match notice.tone {
        Tone::Good => (ICON_CHECK_CIRCLE, colours.good),
        Tone::Info => (ICON_INFO, colours.accent),
        Tone::Bad => (ICON_ERROR, colours.bad),
    };
    let frame = Frame::new().fill(colours.card).stroke(Stroke::new(1.0, colour)).corner_radius(ROUND);
    frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = SMALL;
        let room = ui.available_width() - BESIDE;
        ui.horizontal_top(|ui| {
            ui.label(icon.rich_text().size(18.0).color(colour));
            ui.vertical(|ui| {
                ui.set_width(room);
                widgets::prose(ui, &sentence(&notice.text));
            });
            if widgets::small(ui, ICON_CLOSE, "Dismiss").clicked() {
                out.push(Command::Dismiss(notice.id));
            }
        });
    });
}
