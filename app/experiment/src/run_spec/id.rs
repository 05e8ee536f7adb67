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
