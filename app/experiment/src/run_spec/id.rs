//! The identity of a run: a hash of its spec in canonical JSON.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::RunSpec;

const DIGITS: usize = 16;

/// 16 lower-case hexadecimal digits; the name of the run's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(String);

impl RunId {
    /// The id of a spec: the first digits of the SHA-256 of its canonical JSON, names and places left out.
    pub(super) fn of(spec: &RunSpec) -> Self {
        let mut value = serde_json::to_value(spec).expect("a spec has string keys only");
        leave_out_names_and_places(&mut value);
        let digest = hexadecimal(&Sha256::digest(canonical(&value)));
        Self(digest[..DIGITS].to_owned())
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// A text that is no run id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {DIGITS} lower-case hexadecimal digits, which a run's id is: `{0}`")]
pub struct NotARunId(String);

impl FromStr for RunId {
    type Err = NotARunId;

    fn from_str(text: &str) -> Result<Self, NotARunId> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_id = text.len() == DIGITS && text.bytes().all(is_digit);
        is_id.then(|| Self(text.to_owned())).ok_or_else(|| NotARunId(text.to_owned()))
    }
}

fn leave_out_names_and_places(spec: &mut Value) {
    let places = [("/condition", "name"), ("/data", "path"), ("", "plan")];
    for (parent, field) in places {
        remove(spec, parent, field);
    }
    if spec.pointer("/model/digest").is_some() {
        remove(spec, "/model", "checkpoint");
    }
}

fn remove(spec: &mut Value, parent: &str, field: &str) {
    if let Some(fields) = spec.pointer_mut(parent).and_then(Value::as_object_mut) {
        fields.remove(field);
    }
}

/// JSON with sorted keys and no blanks.
///
/// Written out here because the order of `serde_json`'s own map depends on a feature that any dependency may switch on.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            let fields: Vec<_> = fields
                .into_iter()
                .map(|(name, value)| format!("{}:{}", Value::from(name.as_str()), canonical(value)))
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Lower-case hexadecimal digits of bytes.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::results::testing::spec;

    /// Every leaf of the spec as a pointer, except those that name or place a thing.
    fn leaves(value: &Value, pointer: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    leaves(inner, &format!("{pointer}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for (index, inner) in items.iter().enumerate() {
                    leaves(inner, &format!("{pointer}/{index}"), found);
                }
            }
            _ => found.push(pointer.to_owned()),
        }
    }

    /// Another value that the same field could hold.
    fn other(pointer: &str, value: &Value) -> Value {
        match value {
            Value::Bool(value) => (!value).into(),
            Value::Number(number) if number.is_f64() => (number.as_f64().unwrap() + 0.001).into(),
            Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
            Value::Null => 3.into(),
            Value::String(text) => match (pointer, text.as_str()) {
                ("/kind", _) => "untuned".into(),
                ("/training/optimizer", _) => "adafactor".into(),
                ("/training/schedule", _) => "linear".into(),
                ("/decoding/strategy", _) => "rank".into(),
                (_, "f32") => "bf16".into(),
                (_, text) => format!("{text}x").into(),
            },
            _ => unreachable!("a leaf holds nothing"),
        }
    }

    fn id_with(pointer: &str, value: Value) -> RunId {
        let mut changed = serde_json::to_value(spec(1)).unwrap();
        *changed.pointer_mut(pointer).unwrap() = value;
        serde_json::from_value::<RunSpec>(changed).unwrap().id()
    }

    #[test]
    fn every_field_counts_but_names_and_places() {
        let value = serde_json::to_value(spec(1)).unwrap();
        let mut pointers = Vec::new();
        leaves(&value, "", &mut pointers);
        assert!(pointers.len() > 30, "{pointers:?}");
        let mut ids = BTreeSet::new();
        for pointer in pointers {
            let id = id_with(&pointer, other(&pointer, value.pointer(&pointer).unwrap()));
            let counts = !["/plan", "/condition/name", "/data/path"].contains(&pointer.as_str());
            assert_eq!(id != spec(1).id(), counts, "{pointer}");
            assert!(!counts || ids.insert(id), "{pointer} is mistaken for another field");
        }
    }

    #[test]
    fn a_known_digest_stands_for_the_checkpoint() {
        let with = |checkpoint: &str, digest: &str| {
            let mut spec = spec(1);
            spec.model.checkpoint = checkpoint.into();
            spec.model.digest = Some(digest.into());
            spec.id()
        };
        assert_eq!(with("/here/model", "abc"), with("/there/model", "abc"));
        assert_ne!(with("/here/model", "abc"), with("/here/model", "abd"));
    }

    #[test]
    fn the_order_of_fields_makes_no_difference_and_ids_are_frozen() {
        let text = serde_json::to_string(&spec(1)).unwrap();
        let mut fields: Vec<_> = serde_json::from_str::<serde_json::Map<_, _>>(&text).unwrap().into_iter().collect();
        fields.reverse();
        let fields: Vec<_> = fields.iter().map(|(name, value): &(String, Value)| format!("{name:?}:{value}")).collect();
        let reversed: RunSpec = serde_json::from_str(&format!("{{{}}}", fields.join(","))).unwrap();
        assert_eq!(reversed.id(), spec(1).id());
        assert_eq!(spec(1).id().as_str(), "9ac97f50f462f7b0", "computed in Python from the same fields");
    }

    #[test]
    fn canonical_json_is_sorted_all_the_way_down() {
        let value = serde_json::json!({"b": [{"d": 1, "c": 0.5}], "a": "é\"\n"});
        assert_eq!(canonical(&value), r#"{"a":"é\"\n","b":[{"c":0.5,"d":1}]}"#);
    }

    #[test]
    fn only_sixteen_small_digits_are_an_id() {
        assert!("0123456789abcdef".parse::<RunId>().is_ok());
        for text in ["0123456789abcde", "0123456789ABCDEF", "0123456789abcdeg", ""] {
            assert!(text.parse::<RunId>().is_err(), "{text}");
        }
    }
}
