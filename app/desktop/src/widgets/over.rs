//! What lies over the page: the command palette, and the hint while files are dragged over the window.

use crate::command::{Command, keys};
use crate::shell::is_possible;
use crate::state::{PaletteState, State};
use crate::theme::{self, MEDIUM, ROUND, SMALL, colours};
use crate::widgets::named;
use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Key, LayerId, Order, RichText, ScrollArea, Ui, Vec2, WidgetInfo};

/// Entries that are visible at once.
const WIDTH: f32 = 520.0;
const HEIGHT: f32 = 360.0;

/// The palette, while it is open. What is typed lives in the widget's own memory, so that no command is needed for it.
pub fn palette(ui: &mut Ui, state: &State, out: &mut Vec<Command>) {
    if !state.palette {
        ui.data_mut(|data| data.remove::<PaletteState>(Id::unique("palette")));
        return;
    }
    let mut palette: PaletteState = ui.data(|data| data.get_temp(Id::unique("palette"))).unwrap_or_default();
    let modal = egui::Modal::new(Id::unique("palette window"))
        .frame(egui::Frame::popup(ui.style()).inner_margin(MEDIUM))
        .show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            search(ui, &mut palette);
            ui.add_space(SMALL);
            entries(ui, state, &palette, out);
        });
    if modal.should_close() {
        out.push(Command::TogglePalette);
    }
    ui.data_mut(|data| data.insert_temp(Id::unique("palette"), palette));
}

fn search(ui: &mut Ui, palette: &mut PaletteState) {
    let (up, down) = ui.input_mut(|input| {
        let up = input.consume_key(egui::Modifiers::NONE, Key::ArrowUp);
        (up, input.consume_key(egui::Modifiers::NONE, Key::ArrowDown))
    });
    let edit = egui::TextEdit::singleline(&mut palette.query)
        .hint_text("Type what you want to do")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(10, 8));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Search commands"));
    response.request_focus();
    if response.changed() {
        palette.chosen = 0;
    }
    let last = palette.found().len().saturating_sub(1);
    palette.chosen = match (up, down) {
        (true, false) => palette.chosen.saturating_sub(1),
        (false, true) => (palette.chosen + 1).min(last),
        _ => palette.chosen.min(last),
    };
}

fn entries(ui: &mut Ui, state: &State, palette: &PaletteState, out: &mut Vec<Command>) {
    let found = palette.found();
    if found.is_empty() {
        ui.label(RichText::new("No command has these words").color(colours(ui).weak));
    }
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (place, listing) in found.iter().enumerate() {
            let enabled = is_possible(&listing.command, state);
            let text = (listing.icon.rich_text().size(17.0), listing.title);
            let shortcut = listing.shortcut.map(keys).unwrap_or_default();
            let chosen = place == palette.chosen;
            let button = egui::Button::selectable(chosen, text)
                .shortcut_text(shortcut)
                .min_size(Vec2::new(WIDTH - MEDIUM, 32.0));
            let response = ui.add_enabled(enabled, button).on_hover_text(listing.help);
            named(&response, listing.title);
            if chosen {
                response.scroll_to_me(None);
            }
            if response.clicked() || (enabled && chosen && enter) {
                out.push(Command::TogglePalette);
                out.push(listing.command.clone());
            }
        }
    });
}

/// Says that files can be dropped, while they hover over the window.
pub fn drop_hint(ui: &mut Ui) {
    if ui.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop hint")));
    let screen = ui.ctx().content_rect();
    let colours = colours(ui);
    painter.rect_filled(screen, 0.0, Color32::from_black_alpha(120));
    let card = egui::Rect::from_center_size(screen.center(), Vec2::new(460.0, 88.0));
    painter.rect_filled(card, ROUND, colours.card);
    let font = theme::section().resolve(ui.style());
    painter.text(
        card.center(),
        Align2::CENTER_CENTER,
        "Drop a plan, results, or a task collection",
        font,
        colours.text,
    );
}
