//! Forms: rows of a label, a control, and a sentence of help; controls for the values that plans have.

use crate::theme::{FORM_LABELS, SMALL, TIGHT, colours};
use egui::accesskit::Role;
use egui::{Align, ComboBox, DragValue, Id, Layout, Response, RichText, TextEdit, Ui, Vec2, WidgetInfo};
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

/// The height of a row's controls.
const ROW: f32 = 30.0;

/// A row of a form: its label at the left, controls at the right, help below them.
pub fn row<R>(ui: &mut Ui, label: &str, help: &str, controls: impl FnOnce(&mut Ui) -> R) -> R {
    let drawn = ui.horizontal_top(|ui| {
        let size = Vec2::new(FORM_LABELS, ROW);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_size(size);
            ui.label(label);
        });
        let drawn = ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = TIGHT;
            let drawn = ui.horizontal(|ui| {
                ui.set_min_height(ROW);
                controls(ui)
            });
            if !help.is_empty() {
                let weak = colours(ui).weak;
                ui.add(egui::Label::new(RichText::new(help).small().color(weak)).wrap());
            }
            drawn.inner
        });
        drawn.inner
    });
    ui.add_space(TIGHT);
    drawn.inner
}

fn called(response: &Response, role: Role, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
}

/// One line of text.
pub fn text(ui: &mut Ui, name: &str, value: &mut String, width: f32) -> Response {
    let response =
        ui.add(TextEdit::singleline(value).hint_text(name).desired_width(width).margin(egui::Margin::symmetric(8, 6)));
    let shown = value.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, name);
        info.current_text_value = Some(shown.clone());
        info
    });
    response
}

/// A path as text.
pub fn path(ui: &mut Ui, name: &str, value: &mut PathBuf, width: f32) -> bool {
    let mut shown = value.to_string_lossy().into_owned();
    let changed = text(ui, name, &mut shown, width).changed();
    if changed {
        *value = PathBuf::from(shown.trim());
    }
    changed
}

/// A whole number within bounds.
pub fn number(ui: &mut Ui, name: &str, value: &mut usize, range: RangeInclusive<usize>) -> bool {
    let response = ui.add_sized(Vec2::new(88.0, ROW), DragValue::new(value).range(range).speed(0.2));
    called(&response, Role::SpinButton, name);
    response.changed()
}

/// A number, shown and read in the shortest form that is exact, such as `1e-4`.
pub fn float(ui: &mut Ui, name: &str, value: &mut f64, range: RangeInclusive<f64>) -> bool {
    let speed = (value.abs() * 0.02).max(1e-9);
    let control = DragValue::new(value)
        .range(range)
        .speed(speed)
        .custom_formatter(|number, _| scientific(number))
        .custom_parser(|text| text.trim().parse().ok());
    let response = ui.add_sized(Vec2::new(88.0, ROW), control);
    called(&response, Role::SpinButton, name);
    response.changed()
}

fn scientific(number: f64) -> String {
    let rounded: f64 = format!("{number:.3e}").parse().unwrap_or(number);
    if rounded != 0.0 && !(1e-3..1e5).contains(&rounded.abs()) { format!("{rounded:e}") } else { format!("{rounded}") }
}

/// Yes or no.
pub fn toggle(ui: &mut Ui, value: &mut bool, words: &str) -> bool {
    ui.checkbox(value, words).changed()
}

/// One of several.
pub fn choice<T: PartialEq + Clone>(ui: &mut Ui, name: &str, value: &mut T, options: &[(T, String)]) -> bool {
    let shown = options.iter().find(|(option, _)| option == value).map_or("", |(_, words)| words.as_str());
    let before = value.clone();
    let response = ComboBox::from_id_salt(name).selected_text(shown).width(104.0).height(360.0).show_ui(ui, |ui| {
        for (option, words) in options {
            ui.selectable_value(value, option.clone(), words);
        }
    });
    let shown = shown.to_owned();
    response.response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, true, name);
        info.current_text_value = Some(shown.clone());
        info
    });
    *value != before
}

/// Several values, typed with commas between them; what is typed stays until it makes sense or is left.
pub fn list<T: FromStr + Display + PartialEq>(ui: &mut Ui, name: &str, values: &mut Vec<T>, wanted: &str) -> bool {
    let id = Id::unique(("typed list", name));
    let written = values.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    let mut typed: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| written.clone());
    let response = text(ui, name, &mut typed, 220.0);
    let parsed: Option<Vec<T>> =
        typed.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect();
    if parsed.is_none() {
        ui.add_space(SMALL);
        ui.label(RichText::new(format!("not {wanted}")).color(colours(ui).bad));
    }
    // Asked before: inside of `data_mut` the context is locked.
    let is_typing = response.has_focus();
    ui.data_mut(|data| match is_typing {
        true => drop(data.insert_temp(id, typed)),
        false => data.remove::<String>(id),
    });
    match parsed {
        Some(parsed) if response.changed() && parsed != *values => {
            *values = parsed;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_recipes_write_them() {
        assert_eq!(scientific(1e-4), "1e-4");
        assert_eq!(scientific(5e-5), "5e-5");
        assert_eq!(scientific(0.999), "0.999");
        assert_eq!(scientific(2.0), "2");
        assert_eq!(scientific(0.0), "0");
    }
}
