//! Journeys over real tasks, where a part of Super-NaturalInstructions is at hand (`PLACEBO_NATINST` names its folder).

use crate::laboratory::Laboratory;
use crate::program::{placebo, text};
use std::path::{Path, PathBuf};

fn natinst() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/natinst");
    let path = std::env::var_os("PLACEBO_NATINST").map_or_else(beside, PathBuf::from);
    if !path.is_dir() {
        eprintln!("skipped: {} not found", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn the_test_split_has_57_classification_tasks() {
    let Some(data) = natinst() else { return };
    let found = placebo(&["tasks", text(&data), "--split", "test", "--json"]).json();
    assert_eq!(found["instances"], 11_810);
    assert_eq!(found["classification"], 57);
    assert_eq!(found["task_count"], 119);
}

#[test]
fn random_guessing_is_the_study_s_number() {
    let Some(data) = natinst() else { return };
    let laboratory = Laboratory::new();
    let plan = format!("name = \"journey\"\n[data]\npath = {data:?}\n[[baseline]]\nkind = \"random-guess\"\n");
    laboratory.write("plan.toml", &plan);
    placebo(&laboratory.run_arguments()).done();
    let table = placebo(&["compare", text(&laboratory.results())]).done();
    assert!(table.contains("42.7371 expected, 42.6491 in whole right answers"), "{table}");
}
