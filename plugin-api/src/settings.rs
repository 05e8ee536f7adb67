//! The values of a plugin's settings, as a plan names them and a plugin reads them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PluginError;

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged, expecting = "a setting is true or false, a number, a text, or a list of texts")]
pub enum Value {
    /// A yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A text, one of several choices, or the path of a file.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Bool(value) => write!(f, "{value}"),
            Value::Integer(value) => write!(f, "{value}"),
            Value::Float(value) => write!(f, "{value:?}"),
            Value::Text(value) => write!(f, "{value:?}"),
            Value::List(value) => write!(f, "{value:?}"),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Integer(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::Text(value.to_string())
    }
}

impl From<&[&str]> for Value {
    fn from(values: &[&str]) -> Value {
        Value::List(values.iter().map(|value| value.to_string()).collect())
    }
}

/// Setting names and their values, in the order of the names.
///
/// What a plan gives may be incomplete; what a plugin receives is complete and within bounds, so the readers below
/// fail only for a name or a type that the plugin's own descriptor does not have.
///
/// ```
/// use placebo_plugin_api::Settings;
/// let settings = Settings::from([("k", 2.into()), ("reverse", true.into())]);
/// assert_eq!(settings.integer("k")?, 2);
/// assert!(settings.bool("reverse")?);
/// # Ok::<(), placebo_plugin_api::PluginError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Settings(pub BTreeMap<String, Value>);

impl<const N: usize> From<[(&str, Value); N]> for Settings {
    fn from(pairs: [(&str, Value); N]) -> Settings {
        Settings(pairs.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
    }
}

impl Settings {
    /// Whether no setting is given.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a setting, if it is given.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A yes or no.
    ///
    /// # Errors
    /// The descriptor has no such setting of this type.
    pub fn bool(&self, name: &str) -> Result<bool, PluginError> {
        match self.get(name) {
            Some(Value::Bool(value)) => Ok(*value),
            other => Err(mismatch(name, "yes or no", other)),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// The descriptor has no such setting of this type.
    pub fn integer(&self, name: &str) -> Result<i64, PluginError> {
        match self.get(name) {
            Some(Value::Integer(value)) => Ok(*value),
            other => Err(mismatch(name, "whole number", other)),
        }
    }

    /// A number.
    ///
    /// # Errors
    /// The descriptor has no such setting of this type.
    pub fn float(&self, name: &str) -> Result<f64, PluginError> {
        match self.get(name) {
            Some(Value::Float(value)) => Ok(*value),
            other => Err(mismatch(name, "number", other)),
        }
    }

    /// A text, a choice, or the path of a file.
    ///
    /// # Errors
    /// The descriptor has no such setting of this type.
    pub fn text(&self, name: &str) -> Result<&str, PluginError> {
        match self.get(name) {
            Some(Value::Text(value)) => Ok(value),
            other => Err(mismatch(name, "text", other)),
        }
    }

    /// A list of texts.
    ///
    /// # Errors
    /// The descriptor has no such setting of this type.
    pub fn list(&self, name: &str) -> Result<&[String], PluginError> {
        match self.get(name) {
            Some(Value::List(values)) => Ok(values),
            other => Err(mismatch(name, "list", other)),
        }
    }
}

fn mismatch(name: &str, wanted: &str, found: Option<&Value>) -> PluginError {
    let found = found.map_or("none is declared".to_string(), |value| format!("it is {value}"));
    PluginError::new(format!("the plugin reads a {wanted}, but {found}: setting `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_type_through_json() {
        let given = Settings::from([
            ("bool", true.into()),
            ("float", 1.0.into()),
            ("integer", 1.into()),
            ("list", ["a", "b"].as_slice().into()),
            ("text", "1".into()),
        ]);
        let json = serde_json::to_string(&given).unwrap();
        assert_eq!(json, r#"{"bool":true,"float":1.0,"integer":1,"list":["a","b"],"text":"1"}"#);
        assert_eq!(serde_json::from_str::<Settings>(&json).unwrap(), given);
    }

    #[test]
    fn a_table_is_no_value() {
        let error = serde_json::from_str::<Settings>(r#"{"k":{"a":1}}"#).unwrap_err();
        assert!(error.to_string().starts_with("a setting is true or false, a number"), "{error}");
    }

    #[test]
    fn reading_another_type_names_setting_and_value() {
        let settings = Settings::from([("k", "two".into())]);
        let error = settings.integer("k").unwrap_err();
        assert_eq!(error.to_string(), "the plugin reads a whole number, but it is \"two\": setting `k`");
        let error = settings.bool("j").unwrap_err();
        assert_eq!(error.to_string(), "the plugin reads a yes or no, but none is declared: setting `j`");
    }
}
