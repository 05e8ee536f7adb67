//! Who may run: nobody unasked, whoever was trusted, and nobody who has changed since.

use std::cell::RefCell;
use std::path::Path;

use placebo_experiment::plugin::{Registry, Search};
use tempfile::TempDir;

use crate::children::{confined, transform};
use crate::{library, search};

/// A search that keeps its decisions in `memory`.
fn remembering(memory: &TempDir, place: &Path) -> Search<'static> {
    search().remembering_in(Some(memory.path().to_path_buf())).also(&[place.to_path_buf()])
}

fn reason(registry: &Registry) -> &str {
    assert_eq!((registry.plugins().len(), registry.refused().len()), (0, 1), "{:?}", registry.refused());
    &registry.refused()[0].reason
}

#[test]
fn a_stranger_is_refused_with_the_command_that_trusts_it() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    let registry = remembering(&memory, folder.path()).load();
    let wanted = "it is not trusted yet; if you do, `placebo plugin trust ";
    assert!(reason(&registry).starts_with(wanted), "{}", reason(&registry));
}

#[test]
fn whoever_is_asked_about_once_is_not_asked_about_again() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    let asked = RefCell::new(Vec::new());
    for _ in 0..2 {
        let ask = |stranger: &placebo_experiment::plugin::Stranger| {
            asked.borrow_mut().push(stranger.sha256.clone());
            true
        };
        let registry = remembering(&memory, folder.path()).asking(ask).load();
        assert_eq!(registry.refused(), []);
        assert!(registry.transform("misbehaving.prints").unwrap().is_foreign());
    }
    assert_eq!(asked.into_inner().len(), 1);
}

#[test]
fn who_has_changed_since_is_a_stranger_again() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    assert_eq!(remembering(&memory, folder.path()).asking(|_| true).load().refused(), []);
    let library = folder.path().join(library("placebo_misbehaving").file_name().unwrap());
    let mut bytes = std::fs::read(&library).unwrap();
    bytes.push(0);
    std::fs::write(&library, bytes).unwrap();
    let registry = remembering(&memory, folder.path()).load();
    assert!(reason(&registry).starts_with("it has changed since it was trusted; if you do, `placebo plugin trust "));
}

/// Known plugins are listed from what they said before, so a list costs no process.
#[test]
fn a_known_plugin_is_listed_without_being_run() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    assert_eq!(remembering(&memory, folder.path()).asking(|_| true).load().refused(), []);
    let registry = remembering(&memory, folder.path()).hosted_by("/no/such/program".into()).load();
    assert!(registry.plugins().len() > 5 && registry.refused().is_empty());
    assert!(transform(&registry, "misbehaving.prints").unwrap_err().starts_with("its process cannot be started ("));
}

#[test]
fn a_crash_is_told_at_the_next_start_and_then_forgotten() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    let registry = remembering(&memory, folder.path()).asking(|_| true).load();
    transform(&registry, "misbehaving.aborts").unwrap_err();
    transform(&registry, "misbehaving.fails").unwrap_err();
    let notes = || remembering(&memory, folder.path()).crash_notes().take();
    let told = notes();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].plugin, "misbehaving.aborts");
    assert!(told[0].cause.contains("SIGABRT"), "{}", told[0].cause);
    assert_eq!(notes(), []);
}

#[test]
fn strangers_can_be_left_out() {
    let (memory, folder) = (tempfile::tempdir().unwrap(), confined(""));
    let registry = remembering(&memory, folder.path()).asking(|_| true).without_strangers().load();
    assert_eq!((registry.plugins().len(), registry.refused()), (0, &[][..]));
}
