//! What changed between two plans or two specs, field by field.

use serde::Serialize;
use serde_json::Value;

use crate::plan::Plan;
use crate::run_spec::RunSpec;

/// Fields of a plan that do not count for a run's identity.
const PLACES: [&str; 1] = ["`data.path`"];
/// Fields of a spec that no field of a plan shows.
const CONTENTS: [&str; 2] = [".digest`", ".version`"];

/// Why a started run is not in the grid: the plan's fields that differ, the contents that differ from those of the
/// nearest run, or, where neither does, all that differs from it.
pub(super) fn changes(old: Option<&Plan>, new: &Plan, started: &RunSpec, runs: &[RunSpec]) -> String {
    let mut changes = old.map(|old| differences(old, new)).unwrap_or_default();
    changes.retain(|change| !PLACES.iter().any(|place| change.starts_with(place)));
    let nearest = of_nearest(started, runs);
    changes.extend(nearest.iter().filter(|change| is_content(change)).cloned());
    if changes.is_empty() { nearest.join(", ") } else { changes.join(", ") }
}

fn is_content(change: &str) -> bool {
    let field = change.split_once(' ').map_or(change, |(field, _)| field);
    CONTENTS.iter().any(|content| field.ends_with(content))
}

fn of_nearest(started: &RunSpec, runs: &[RunSpec]) -> Vec<String> {
    let all = runs.iter().map(|run| differences(started, run));
    all.min_by_key(Vec::len).unwrap_or_else(|| vec!["the grid is empty".to_owned()])
}

/// `field: old → new` for every leaf that differs.
fn differences(old: &impl Serialize, new: &impl Serialize) -> Vec<String> {
    let value = |value: Result<Value, _>| value.unwrap_or(Value::Null);
    let mut found = Vec::new();
    compare("", &value(serde_json::to_value(old)), &value(serde_json::to_value(new)), &mut found);
    found
}

fn compare(field: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let added = new.keys().filter(|name| !old.contains_key(*name));
            for name in old.keys().chain(added) {
                let inner = if field.is_empty() { name.clone() } else { format!("{field}.{name}") };
                let side = |fields: &serde_json::Map<_, _>| fields.get(name).cloned().unwrap_or(Value::Null);
                compare(&inner, &side(old), &side(new), found);
            }
        }
        (old, new) if old == new => {}
        (old, new) => found.push(format!("`{field}` {} → {}", shown(old), shown(new))),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_leaf_that_differs_is_named_with_both_values() {
        let old = serde_json::json!({"training": {"epochs": 2, "preset": "small"}, "seeds": [1, 2]});
        let new = serde_json::json!({"training": {"epochs": 3, "preset": "small"}, "seeds": [1], "name": "x"});
        let expected = ["`seeds` [1,2] → [1]", "`training.epochs` 2 → 3", "`name` nothing → \"x\""];
        assert_eq!(differences(&old, &new), expected);
    }
}
