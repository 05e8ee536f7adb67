//! The declaration of one typed setting, and the judgement whether a value suits it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::Value;

/// What values a setting takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum SettingKind {
    /// Yes or no.
    Bool,
    /// A whole number from `minimum` to `maximum`, both allowed.
    Integer {
        /// The smallest value allowed.
        minimum: i64,
        /// The largest value allowed.
        maximum: i64,
    },
    /// A finite number from `minimum` to `maximum`, both allowed. A plan may write `1` for `1.0`.
    Float {
        /// The smallest value allowed.
        minimum: f64,
        /// The largest value allowed.
        maximum: f64,
    },
    /// One of several texts.
    Choice {
        /// The texts to choose from.
        options: Vec<String>,
    },
    /// Any text.
    Text,
    /// Any list of texts.
    List,
    /// The path of a file, which the host has found to exist.
    File,
}

/// One setting: the host draws its form from this, fills in its default and refuses what does not suit it.
///
/// ```
/// use placebo_plugin_api::{Setting, Value};
/// let k = Setting::integer("k", 0..=10, 2, "how many examples stay");
/// assert_eq!(k.accept(&Value::Integer(3)), Ok(Value::Integer(3)));
/// assert_eq!(k.accept(&Value::Integer(11)).unwrap_err().to_string(), "11 is not a whole number from 0 to 10: setting `k`");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// Its name, in lower-case words joined by `_`.
    pub name: String,
    /// What it does, in one sentence.
    pub help: String,
    /// What values it takes.
    #[serde(flatten)]
    pub kind: SettingKind,
    /// Its value where a plan does not give one; `None` obliges the plan to give one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
}

impl Setting {
    /// A yes or no.
    pub fn bool(name: &str, default: bool, help: &str) -> Setting {
        Setting::new(name, SettingKind::Bool, help).or(Value::Bool(default))
    }

    /// A whole number within a range.
    pub fn integer(name: &str, range: RangeInclusive<i64>, default: i64, help: &str) -> Setting {
        let kind = SettingKind::Integer { minimum: *range.start(), maximum: *range.end() };
        Setting::new(name, kind, help).or(Value::Integer(default))
    }

    /// A number within a range.
    pub fn float(name: &str, range: RangeInclusive<f64>, default: f64, help: &str) -> Setting {
        let kind = SettingKind::Float { minimum: *range.start(), maximum: *range.end() };
        Setting::new(name, kind, help).or(Value::Float(default))
    }

    /// One of several texts, the first unless the plan says otherwise.
    pub fn choice(name: &str, options: &[&str], help: &str) -> Setting {
        let options: Vec<String> = options.iter().map(|option| option.to_string()).collect();
        let default = options.first().cloned().map(Value::Text);
        Setting { default, ..Setting::new(name, SettingKind::Choice { options }, help) }
    }

    /// A text.
    pub fn text(name: &str, default: &str, help: &str) -> Setting {
        Setting::new(name, SettingKind::Text, help).or(Value::from(default))
    }

    /// A list of texts.
    pub fn list(name: &str, default: &[&str], help: &str) -> Setting {
        Setting::new(name, SettingKind::List, help).or(Value::from(default))
    }

    /// The path of a file, which a plan must give.
    pub fn file(name: &str, help: &str) -> Setting {
        Setting::new(name, SettingKind::File, help)
    }

    fn new(name: &str, kind: SettingKind, help: &str) -> Setting {
        Setting { name: name.to_string(), help: help.to_string(), kind, default: None }
    }

    fn or(self, default: Value) -> Setting {
        Setting { default: Some(default), ..self }
    }

    /// The value in the type of this setting, if it suits it. Whether a file exists is not asked here.
    ///
    /// # Errors
    /// The value has another type, is out of range, or is not among the choices.
    pub fn accept(&self, value: &Value) -> Result<Value, SettingError> {
        let suits = match (&self.kind, value) {
            (SettingKind::Float { .. }, Value::Integer(number)) => return self.accept(&Value::Float(*number as f64)),
            (SettingKind::Float { minimum, maximum }, Value::Float(number)) => (minimum..=maximum).contains(&number),
            (SettingKind::Integer { minimum, maximum }, Value::Integer(number)) => {
                (minimum..=maximum).contains(&number)
            }
            (SettingKind::Choice { options }, Value::Text(text)) => options.contains(text),
            (SettingKind::Text | SettingKind::File, Value::Text(_)) => true,
            (SettingKind::Bool, Value::Bool(_)) | (SettingKind::List, Value::List(_)) => true,
            _ => false,
        };
        let (wanted, name) = (self.wanted(), self.name.clone());
        if suits { Ok(value.clone()) } else { Err(SettingError::Unsuitable { value: value.clone(), wanted, name }) }
    }

    /// The values that suit this setting, in words that follow "is not" and "wanted:".
    ///
    /// ```
    /// use placebo_plugin_api::Setting;
    /// assert_eq!(Setting::float("share", 0.0..=1.0, 0.5, "").wanted(), "a number from 0.0 to 1.0");
    /// assert_eq!(Setting::choice("order", &["forward", "reverse"], "").wanted(), "one of forward, reverse");
    /// ```
    pub fn wanted(&self) -> String {
        match &self.kind {
            SettingKind::Bool => "true or false".to_string(),
            SettingKind::Integer { minimum, maximum } => format!("a whole number from {minimum} to {maximum}"),
            SettingKind::Float { minimum, maximum } => format!("a number from {minimum:?} to {maximum:?}"),
            SettingKind::Choice { options } => format!("one of {}", options.join(", ")),
            SettingKind::Text => "a text".to_string(),
            SettingKind::List => "a list of texts".to_string(),
            SettingKind::File => "the path of a file".to_string(),
        }
    }
}

/// Why settings cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SettingError {
    /// The plugin has no setting of this name.
    #[error("no such setting (known: {}): setting `{name}`", if known.is_empty() { "none".to_string() } else { known.join(", ") })]
    Unknown {
        /// The name given.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// The plan must give a value and does not.
    #[error("a value is needed, {wanted}: setting `{name}`")]
    Missing {
        /// The setting's name.
        name: String,
        /// What would suit it.
        wanted: String,
    },
    /// The value has another type, is out of range, or is not among the choices.
    #[error("{value} is not {wanted}: setting `{name}`")]
    Unsuitable {
        /// The value given.
        value: Value,
        /// What would suit it.
        wanted: String,
        /// The setting's name.
        name: String,
    },
}
