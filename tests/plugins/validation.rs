//! The examination of plugins: those that come with the program pass, and each misbehaviour is found without harm.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use placebo_experiment::plugin::{Finding, Registry, Source, Validation};

use crate::children::{confined, processes_of};

fn examine(path: &Path, only: Option<&str>) -> Vec<Finding> {
    let source = Source::locate(path).unwrap();
    let (host, only) = (env!("CARGO_BIN_EXE_placebo").into(), only.map(str::to_string));
    Validation { source, host, seed: 1, only }.examine(&mut |_| {})
}

#[test]
fn all_that_come_with_the_program_pass() {
    let registry = Registry::discover();
    let libraries: BTreeSet<PathBuf> = registry.plugins().iter().map(|plugin| plugin.library().to_path_buf()).collect();
    for library in libraries {
        let faults: Vec<_> = examine(&library, None).into_iter().filter(|finding| finding.fault.is_some()).collect();
        assert_eq!(faults, [], "{}", library.display());
    }
}

#[test]
fn each_plugin_is_judged_for_itself() {
    let folder = confined("seconds = 6");
    let findings = examine(folder.path(), Some("repeatable"));
    let fault =
        |id: &str| findings.iter().find(|finding| finding.plugin == id).unwrap().fault.clone().unwrap_or_default();
    assert!(fault("misbehaving.aborts").contains("SIGABRT"), "{}", fault("misbehaving.aborts"));
    assert!(fault("misbehaving.spins").starts_with("it gave no answer within 6 seconds"));
    assert!(fault("misbehaving.panics").starts_with("it panicked: "));
    assert_eq!([fault("misbehaving.prints"), fault("misbehaving.not")], ["", ""]);
    assert_eq!(processes_of(folder.path()), [""; 0]);
}

#[test]
fn what_cannot_be_loaded_is_asked_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.so");
    std::fs::write(&text, "not a library").unwrap();
    let findings = examine(&text, None);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].fault.as_ref().unwrap().starts_with("it cannot be loaded as a library ("), "{findings:?}");
}
