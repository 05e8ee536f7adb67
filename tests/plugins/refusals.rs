//! Libraries that are none, or not ours: refused with the reason, and the others are used all the same.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::Settings;
use tempfile::TempDir;

use crate::{altered_copy, hosted, library};

fn plugin_in(folder: &TempDir, name: &str) -> PathBuf {
    folder.path().join(format!("{DLL_PREFIX}placebo_plugin_{name}{DLL_SUFFIX}"))
}

fn load(folder: &TempDir) -> Registry {
    Registry::load(&[folder.path().to_path_buf()])
}

/// The one reason for which something is refused.
fn reason(registry: &Registry) -> &str {
    assert_eq!(registry.refused().len(), 1, "{:?}", registry.refused());
    &registry.refused()[0].reason
}

/// Compiles C into a library, or says that there is no compiler for it.
fn compiled(source: &str, to: &Path) -> bool {
    let file = to.with_extension("c");
    std::fs::write(&file, source).unwrap();
    match Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([to, &file]).status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("skipped: no C compiler ({error})");
            false
        }
    }
}

/// How many plugins a library offers.
fn offered(name: &str) -> usize {
    Registry::load(&[library(name)]).plugins().len()
}

#[test]
fn a_text_file_is_no_library_and_the_others_are_used() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(plugin_in(&folder, "text"), "not a library").unwrap();
    std::fs::copy(library("placebo_plugin_metrics"), plugin_in(&folder, "metrics")).unwrap();
    let registry = load(&folder);
    assert_eq!(registry.refused()[0].path, plugin_in(&folder, "text"));
    assert!(reason(&registry).starts_with("it cannot be loaded as a library ("), "{}", reason(&registry));
    assert_eq!(registry.plugins().len(), offered("placebo_plugin_metrics"));
}

#[test]
fn an_empty_file_and_a_truncated_library_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(library("placebo_plugin_metrics")).unwrap();
    std::fs::write(plugin_in(&folder, "empty"), "").unwrap();
    std::fs::write(plugin_in(&folder, "truncated"), &whole[..whole.len().min(100)]).unwrap();
    let registry = load(&folder);
    assert_eq!((registry.refused().len(), registry.plugins().len()), (2, 0));
}

#[test]
fn another_version_of_the_interface_is_named() {
    let folder = tempfile::tempdir().unwrap();
    if compiled("const unsigned PLACEBO_PLUGIN = 99;", &plugin_in(&folder, "future")) {
        let registry = load(&folder);
        let wanted = "it speaks version 99 of the plugin interface, this program version 1; \
                      build it against this program's placebo-plugin-api";
        assert!(reason(&registry).starts_with(wanted), "{}", reason(&registry));
    }
}

#[test]
fn a_library_of_something_else_is_no_plugin() {
    let folder = tempfile::tempdir().unwrap();
    if compiled("int answer(void) { return 42; }", &plugin_in(&folder, "other")) {
        let registry = load(&folder);
        assert!(reason(&registry).starts_with("it does not export `PLACEBO_PLUGIN`"), "{}", reason(&registry));
    }
}

/// A plugin library in C that answers every request with this text.
fn parrot(answer: &str) -> String {
    format!(
        "typedef struct {{ unsigned char *data; unsigned long length; }} Bytes;
         typedef struct {{ unsigned version; Bytes (*call)(const unsigned char *, unsigned long); void (*free)(Bytes); }} Entry;
         static unsigned char answer[] = {};
         static Bytes call(const unsigned char *data, unsigned long length) {{
             Bytes bytes = {{ answer, sizeof answer - 1 }};
             return bytes;
         }}
         static void keep(Bytes bytes) {{}}
         const Entry PLACEBO_PLUGIN = {{ 1, call, keep }};",
        serde_json::to_string(answer).unwrap()
    )
}

#[test]
fn answers_that_are_none_are_refused() {
    for (answer, wanted) in [
        ("", "its answer is not understood (EOF"),
        ("{\"described\":[{\"id\":", "its answer is not understood (EOF"),
        ("{\"scored\":[1]}", "it answers something else when asked to describe itself"),
        ("{\"failed\":\"not today\"}", "it cannot describe itself (not today)"),
        ("{\"described\":[]}", "it offers no plugins"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        if compiled(&parrot(answer), &plugin_in(&folder, "parrot")) {
            let registry = load(&folder);
            assert!(reason(&registry).starts_with(wanted), "{}", reason(&registry));
        }
    }
}

#[test]
fn a_bad_description_is_refused_by_its_plugins_name() {
    let folder = tempfile::tempdir().unwrap();
    let description = r#"{"described":[{"id":"Bad Name","summary":"","kind":{"transform":{"touches":[]}}}]}"#;
    if compiled(&parrot(description), &plugin_in(&folder, "parrot")) {
        let registry = load(&folder);
        let wanted =
            "its id `Bad Name` is not lower-case words joined by `-` and `.`; it has no summary: plugin `Bad Name`";
        assert_eq!(reason(&registry), wanted);
        assert_eq!(registry.plugins().len(), 0);
    }
}

#[test]
fn two_libraries_with_one_id_are_an_error_that_names_both() {
    let folder = tempfile::tempdir().unwrap();
    let copy = plugin_in(&folder, "copy");
    altered_copy(&library("placebo_plugin_examples"), &copy);
    let registry = Registry::load(&[library("placebo_plugin_examples"), folder.path().to_path_buf()]);
    assert_eq!((registry.plugins().len(), registry.refused().len()), (0, 2 * offered("placebo_plugin_examples")));
    let error = registry.apply("examples.empty", &Settings::default(), Vec::new()).unwrap_err().to_string();
    for name in [&library("placebo_plugin_examples"), &copy] {
        assert!(error.contains(&name.display().to_string()), "{error}");
        let refused = registry.refused().iter().filter(|refusal| refusal.path == *name).count();
        assert_eq!(refused, offered("placebo_plugin_examples"));
    }
    assert!(error.ends_with("remove one of them: plugin `examples.empty`"), "{error}");
}

#[test]
fn one_library_with_one_id_twice_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let plugin = r#"{"id":"twin","summary":"Twin","kind":{"transform":{"touches":[]}}}"#;
    if compiled(&parrot(&format!("{{\"described\":[{plugin},{plugin}]}}")), &plugin_in(&folder, "twins")) {
        let registry = load(&folder);
        assert_eq!(reason(&registry), "it offers two of this id, the first is used: plugin `twin`");
        assert_eq!(registry.plugins().len(), 1);
    }
}

#[test]
fn one_library_found_twice_is_loaded_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(library("placebo_plugin_examples"), plugin_in(&folder, "examples")).unwrap();
    let registry = Registry::load(&[library("placebo_plugin_examples"), folder.path().to_path_buf()]);
    assert_eq!((registry.plugins().len(), registry.refused().len()), (offered("placebo_plugin_examples"), 0));
}

#[test]
fn a_missing_folder_is_said() {
    let registry = Registry::load(&[PathBuf::from("/no/such/folder")]);
    assert_eq!(registry.refused()[0].path, Path::new("/no/such/folder"));
    assert!(reason(&registry).contains("/no/such/folder"), "{}", reason(&registry));
}

/// A stranger's library is loaded in its own process, so what its loading does harms nobody else.
#[test]
fn libraries_that_harm_are_refused_by_name_also_out_of_process() {
    for (name, source, wanted) in [
        (
            "null",
            "int *nothing; __attribute__((constructor)) static void begin(void) { *nothing = 1; }",
            "(signal: 11 (SIGSEGV)",
        ),
        ("parrot", &parrot("garbage"), "it wrote something that is no answer (expected value at line 1 column 1)"),
        ("future", "const unsigned PLACEBO_PLUGIN = 99;", "it speaks version 99 of the plugin interface"),
        ("other", "int answer(void) { return 42; }", "it does not export `PLACEBO_PLUGIN`"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        if compiled(source, &plugin_in(&folder, name)) {
            let registry = hosted(folder.path());
            assert!(reason(&registry).contains(wanted), "{}", reason(&registry));
            assert_eq!(registry.refused()[0].path, plugin_in(&folder, name));
        }
    }
}

/// The same library as for a processor that no machine of these tests has.
#[test]
#[cfg(target_os = "linux")]
fn a_library_for_another_processor_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = std::fs::read(library("placebo_plugin_metrics")).unwrap();
    bytes[18..20].copy_from_slice(&[0x2B, 0x00]); // the ELF header's machine: SPARC V9
    std::fs::write(plugin_in(&folder, "foreign"), bytes).unwrap();
    let registry = load(&folder);
    assert!(reason(&registry).starts_with("it cannot be loaded as a library ("), "{}", reason(&registry));
}
