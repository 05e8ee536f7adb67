//! What no safe code can do: a library in C that reads what is nowhere and answers with what is no number.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::Path;
use std::process::Command;

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{Settings, testing::score_item};
use tempfile::TempDir;

use crate::children::{confined, processes_of, transform};
use crate::{hosted, misbehaving};

/// A folder with the library, built by the system's C compiler; `None`, and a word about it, where there is none.
fn built() -> Option<TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let library = folder.path().join(format!("{DLL_PREFIX}placebo_plugin_native{DLL_SUFFIX}"));
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or("cc".into()));
    compiler.args(["-shared", "-fPIC", "-O0", "-I"]).arg(sources.join("plugin-api/include")).arg("-o").arg(library);
    match compiler.arg(sources.join("tests/misbehaving/misbehaving.c")).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            Some(folder)
        }
        Err(error) => {
            eprintln!("skipped: no C compiler ({error})");
            None
        }
    }
}

fn score(registry: &Registry, id: &str) -> String {
    let items = [score_item("a", &["b"])];
    registry.score(id, &Settings::default(), &items).unwrap_err().to_string()
}

#[test]
fn a_null_dereference_ends_the_child_only() {
    let Some(folder) = built() else { return };
    let registry = hosted(folder.path());
    assert_eq!(registry.refused(), []);
    for _ in 0..2 {
        let error = transform(&registry, "native.null").unwrap_err();
        assert!(error.starts_with("its process ended without an answer (signal: 11 (SIGSEGV)"), "{error}");
        assert!(error.ends_with("asked for plugin `native.null`"), "{error}");
    }
    drop(registry);
    assert_eq!(processes_of(folder.path()), [""; 0]);
}

#[test]
fn what_is_no_number_is_no_answer_out_of_a_child() {
    let Some(folder) = built() else { return };
    let registry = hosted(folder.path());
    let error = score(&registry, "native.nan");
    assert!(error.contains("native.nan") && error.contains("is no answer"), "{error}");
    let error = score(&registry, "native.infinite");
    assert!(error.contains("native.infinite") && error.contains("number out of range"), "{error}");
}

/// Safe code cannot send one, so the plugin's own side stops it.
#[test]
fn not_a_number_in_rust_is_the_same_in_process_and_out_of_it() {
    let folder = confined("");
    let without_path = |error: String| error.split(" of `").next().unwrap().to_string();
    let [inside, outside] = [misbehaving(), hosted(folder.path())]
        .map(|registry| without_path(score(&registry, "misbehaving.immeasurable")));
    assert!(outside.starts_with("the score is NaN"), "{outside}");
    assert_eq!(inside, outside);
}
