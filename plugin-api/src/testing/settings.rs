//! Whether a plugin takes the settings it announces, and no others.

use super::{Subject, probes};
use crate::{Rng, Setting, SettingKind, Settings, Value, seed_of};

pub fn bounds_work(subject: &Subject) -> Result<(), String> {
    let base = subject.settings()?;
    for setting in &subject.descriptor().settings {
        for value in allowed(setting) {
            let settings = replaced(&base, &setting.name, value.clone());
            try_out(subject, &settings).map_err(|error| format!("with `{}` = {value}: {error}", setting.name))?;
        }
    }
    Ok(())
}

/// How many combinations of settings are drawn.
const DRAWN: u64 = 16;

pub fn drawn_ones_work(subject: &Subject) -> Result<(), String> {
    let base = subject.settings()?;
    if subject.descriptor().settings.is_empty() {
        return Ok(());
    }
    for draw in 0..DRAWN {
        let mut rng = Rng::from_seed(seed_of(&[&subject.seed().to_string(), subject.id(), &draw.to_string()]));
        let mut settings = base.clone();
        for setting in &subject.descriptor().settings {
            settings.0.extend(drawn(setting, &mut rng).map(|value| (setting.name.clone(), value)));
        }
        try_out(subject, &settings).map_err(|error| format!("with {:?}: {error}", settings.0))?;
    }
    Ok(())
}

/// Any value that suits; none for texts, lists and files, whose meaning is the plugin's affair.
fn drawn(setting: &Setting, rng: &mut Rng) -> Option<Value> {
    match &setting.kind {
        SettingKind::Bool => Some(Value::Bool(rng.below(2) == 1)),
        SettingKind::Integer { minimum, maximum } => {
            let choices = usize::try_from(maximum.checked_sub(*minimum)?).ok()?.checked_add(1)?;
            Some(Value::Integer(minimum + i64::try_from(rng.below(choices)).ok()?))
        }
        SettingKind::Float { minimum, maximum } => Some(Value::Float(minimum + (maximum - minimum) * rng.unit())),
        SettingKind::Choice { options } => rng.choose(options).cloned().map(Value::Text),
        SettingKind::Text | SettingKind::List | SettingKind::File => None,
    }
}

pub fn beyond_is_refused(subject: &Subject) -> Result<(), String> {
    let base = subject.settings()?;
    let unknown = replaced(&base, "no_such_setting", Value::Bool(true));
    if try_out(subject, &unknown).is_ok() {
        return Err("it takes a setting that it does not have".to_string());
    }
    for setting in &subject.descriptor().settings {
        for value in forbidden(setting) {
            if try_out(subject, &replaced(&base, &setting.name, value.clone())).is_ok() {
                return Err(format!("it takes {value} for `{}`", setting.name));
            }
        }
    }
    Ok(())
}

fn try_out(subject: &Subject, settings: &Settings) -> Result<(), String> {
    if subject.is_transform() {
        subject.transform(settings, subject.items(&[1])).map(drop)
    } else {
        subject.score(settings, probes::generations()).map(drop)
    }
}

fn replaced(settings: &Settings, name: &str, value: Value) -> Settings {
    let mut settings = settings.clone();
    settings.0.insert(name.to_string(), value);
    settings
}

fn allowed(setting: &Setting) -> Vec<Value> {
    match &setting.kind {
        SettingKind::Bool => vec![true.into(), false.into()],
        SettingKind::Integer { minimum, maximum } => vec![(*minimum).into(), (*maximum).into()],
        SettingKind::Float { minimum, maximum } => vec![(*minimum).into(), (*maximum).into()],
        SettingKind::Choice { options } => options.iter().map(|option| option.as_str().into()).collect(),
        SettingKind::Text | SettingKind::List | SettingKind::File => setting.default.iter().cloned().collect(),
    }
}

fn forbidden(setting: &Setting) -> Vec<Value> {
    let outside = match &setting.kind {
        SettingKind::Integer { minimum, maximum } => {
            let (below, above) = (minimum.checked_sub(1), maximum.checked_add(1));
            below.into_iter().chain(above).map(Value::Integer).collect()
        }
        SettingKind::Float { minimum, maximum } => {
            let beyond = [minimum - 1.0, maximum + 1.0].into_iter();
            beyond.filter(|value| value < minimum || value > maximum).map(Value::Float).collect()
        }
        SettingKind::Choice { .. } => vec!["no such choice".into()],
        _ => Vec::new(),
    };
    let wrong_type = if setting.kind == SettingKind::List { Value::Bool(true) } else { Value::List(Vec::new()) };
    outside.into_iter().chain([wrong_type]).collect()
}
