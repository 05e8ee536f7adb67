//! Buttons: for commands with their words, icon and shortcut, and for everything else.

use crate::command::Command;
use crate::theme::{ROUND, SMALL, colours};
use egui::accesskit::Role;
use egui::{Align2, Button, FontId, Response, RichText, Sense, TextStyle, Ui, Vec2, WidgetInfo};
use egui_material_icons::MaterialIcon;

/// The size of icons beside text.
const ICON: f32 = 17.0;

/// Gives a widget the name that screen readers and tests know it by.
pub fn named(response: &Response, name: &str) {
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
}

/// The one thing to do next on a page.
pub fn primary(ui: &mut Ui, enabled: bool, does: &Command, out: &mut Vec<Command>) {
    let colours = colours(ui);
    let icon = does.icon().map(|icon| icon.rich_text().size(ICON).color(colours.on_accent));
    let text = RichText::new(does.title()).color(colours.on_accent);
    let button = match icon {
        Some(icon) => Button::new((icon, text)),
        None => Button::new(text),
    };
    let response = ui.add_enabled(enabled, button.fill(colours.accent).stroke(egui::Stroke::new(1.0, colours.accent)));
    press(response, does, out);
}

/// Any other command.
pub fn command(ui: &mut Ui, enabled: bool, does: &Command, out: &mut Vec<Command>) {
    let button = match does.icon() {
        Some(icon) => Button::new((icon.rich_text().size(ICON), does.title())),
        None => Button::new(does.title()),
    };
    let response = ui.add_enabled(enabled, button);
    press(response, does, out);
}

fn press(response: Response, does: &Command, out: &mut Vec<Command>) {
    let response = response.on_hover_text(does.tooltip()).on_disabled_hover_text(does.tooltip());
    named(&response, does.title());
    if response.clicked() {
        out.push(does.clone());
    }
}

/// A button with words and perhaps an icon, for what is no listed command.
pub fn plain(ui: &mut Ui, icon: Option<MaterialIcon>, words: &str) -> Response {
    let response = match icon {
        Some(icon) => ui.add(Button::new((icon.rich_text().size(ICON), words))),
        None => ui.button(words),
    };
    named(&response, words);
    response
}

/// A button that is an icon only; its name is its tooltip.
pub fn small(ui: &mut Ui, icon: MaterialIcon, name: &str) -> Response {
    let button = Button::new(icon.rich_text().size(ICON)).frame_when_inactive(false).min_size(Vec2::splat(28.0));
    let drawn = ui.scope(|ui| {
        ui.spacing_mut().button_padding = Vec2::splat(5.0);
        ui.add(button)
    });
    let response = drawn.inner.on_hover_text(name);
    named(&response, name);
    response
}

/// Words that can be pressed.
pub fn link(ui: &mut Ui, words: &str) -> Response {
    ui.add(egui::Link::new(words))
}

/// A line of the navigation.
pub fn rail_button(ui: &mut Ui, does: &Command, selected: bool, badge: &str) -> Response {
    let colours = colours(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), 34.0), Sense::click());
    let name =
        if badge.is_empty() || badge == "●" { does.title().to_owned() } else { format!("{} {badge}", does.title()) };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &name));
    let (fill, ink) = match (selected, response.hovered() || response.has_focus()) {
        (true, _) => (colours.accent_soft, colours.accent),
        (false, true) => (ui.visuals().faint_bg_color, colours.text),
        (false, false) => (egui::Color32::TRANSPARENT, colours.text),
    };
    let painter = ui.painter();
    painter.rect_filled(rect, ROUND, fill);
    if response.has_focus() {
        painter.rect_stroke(rect, ROUND, egui::Stroke::new(1.0, colours.accent), egui::StrokeKind::Inside);
    }
    if let Some(icon) = does.icon() {
        let font = FontId::new(19.0, icon.font_family());
        painter.text(rect.left_center() + Vec2::new(10.0, 0.0), Align2::LEFT_CENTER, icon.codepoint, font, ink);
    }
    let body = TextStyle::Body.resolve(ui.style());
    let text_colour = if selected { colours.accent } else { colours.text };
    painter.text(rect.left_center() + Vec2::new(38.0, 0.0), Align2::LEFT_CENTER, does.title(), body, text_colour);
    let font = TextStyle::Small.resolve(ui.style());
    painter.text(rect.right_center() - Vec2::new(SMALL, 0.0), Align2::RIGHT_CENTER, badge, font, colours.weak);
    response.on_hover_text(does.tooltip())
}
