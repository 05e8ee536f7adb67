//! The form of a plugin's settings, drawn from what the plugin says about them.

use crate::widgets::{choice, float, row, text, toggle};
use egui::accesskit::Role;
use egui::{DragValue, Ui, WidgetInfo};
use placebo_plugin_api::{Setting, SettingKind, Settings, Value};

/// Draws a row per setting; what equals the default is left out of the plan.
pub fn form(ui: &mut Ui, settings: &[Setting], given: &mut Settings) {
    for setting in settings {
        let before = given.get(&setting.name).or(setting.default.as_ref()).cloned();
        let mut value = before.clone().unwrap_or_else(|| blank(&setting.kind));
        row(ui, &format!("     {}", setting.name.replace('_', " ")), &setting.help, |ui| {
            control(ui, setting, &mut value);
        });
        if Some(&value) != before.as_ref() {
            if setting.default.as_ref() == Some(&value) {
                given.0.remove(&setting.name);
            } else {
                given.0.insert(setting.name.clone(), value);
            }
        }
    }
}

fn blank(kind: &SettingKind) -> Value {
    match kind {
        SettingKind::Bool => Value::Bool(false),
        SettingKind::Integer { minimum, .. } => Value::Integer(*minimum),
        SettingKind::Float { minimum, .. } => Value::Float(*minimum),
        SettingKind::List => Value::List(Vec::new()),
        SettingKind::Choice { .. } | SettingKind::Text | SettingKind::File => Value::Text(String::new()),
    }
}

fn control(ui: &mut Ui, setting: &Setting, value: &mut Value) {
    let name = setting.name.as_str();
    match (&setting.kind, value) {
        (SettingKind::Bool, Value::Bool(value)) => drop(toggle(ui, value, if *value { "yes" } else { "no" })),
        (SettingKind::Integer { minimum, maximum }, Value::Integer(value)) => {
            let response = ui.add(DragValue::new(value).range(*minimum..=*maximum).speed(0.1));
            response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
        }
        (SettingKind::Float { minimum, maximum }, Value::Float(value)) => {
            float(ui, name, value, *minimum..=*maximum);
        }
        (SettingKind::Choice { options }, Value::Text(value)) => {
            let options: Vec<_> = options.iter().map(|option| (option.clone(), option.clone())).collect();
            choice(ui, name, value, &options);
        }
        (SettingKind::List, Value::List(values)) => {
            let mut lines = values.join("\n");
            let response = ui.add(egui::TextEdit::multiline(&mut lines).desired_rows(2).hint_text("one a line"));
            response.widget_info(|| WidgetInfo::labeled(Role::MultilineTextInput, true, name));
            if response.changed() {
                *values = lines.lines().map(str::to_owned).collect();
            }
        }
        (_, Value::Text(value)) => drop(text(ui, name, value, 260.0)),
        (_, value) => drop(ui.label(format!("{value} does not suit: {}", setting.wanted()))),
    }
}
