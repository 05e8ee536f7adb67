//! Writing a plan: TOML as a person would lay it out, one table per part and inner tables in line.

use toml::{Table, Value};

use super::{Plan, PlanError};

impl Plan {
    /// The plan as TOML, which [`Plan::read`] reads back as the same plan.
    ///
    /// # Errors
    /// A number that TOML cannot hold.
    pub fn to_toml(&self) -> Result<String, PlanError> {
        let plan = Table::try_from(self)?;
        let (parts, fields): (Vec<_>, Vec<_>) = plan.iter().partition(|(_, value)| is_part(value));
        let mut toml = String::new();
        write_fields(&mut toml, fields);
        for (name, part) in parts {
            write_part(&mut toml, name, part);
        }
        Ok(toml)
    }
}

/// Whether a value is written below a header of its own.
fn is_part(value: &Value) -> bool {
    match value {
        Value::Table(_) => true,
        Value::Array(items) => items.iter().any(Value::is_table),
        _ => false,
    }
}

fn write_part(toml: &mut String, name: &str, part: &Value) {
    match part {
        Value::Table(fields) if !fields.is_empty() => write_table(toml, &format!("[{name}]"), fields),
        Value::Array(items) => {
            for fields in items.iter().filter_map(Value::as_table) {
                write_table(toml, &format!("[[{name}]]"), fields);
            }
        }
        _ => {}
    }
}

fn write_table(toml: &mut String, header: &str, fields: &Table) {
    toml.push_str(&format!("\n{header}\n"));
    write_fields(toml, fields);
}

fn write_fields<'a>(toml: &mut String, fields: impl IntoIterator<Item = (&'a String, &'a Value)>) {
    for (name, value) in fields {
        toml.push_str(&format!("{} = {value}\n", key(name)));
    }
}

/// A setting's name may be any text; only plain ones stand without quotes.
fn key(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let is_plain = !name.is_empty() && name.bytes().all(plain);
    if is_plain { name.to_owned() } else { Value::from(name).to_string() }
}
