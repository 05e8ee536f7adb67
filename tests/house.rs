//! The rules of the house: what may depend on what, where `unsafe` lives, how long things get, what lies at the top.

#![allow(clippy::unwrap_used, reason = "a test may fail wherever it stands")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The crates of ours that each crate may depend on; nothing flows back.
const DIRECTIONS: [(&str, &[&str]); 15] = [
    ("plugin-api", &[]),
    ("plugins/definition", &["placebo-plugin-api"]),
    ("plugins/examples", &["placebo-plugin-api"]),
    ("plugins/format", &["placebo-plugin-api"]),
    ("plugins/labels", &["placebo-plugin-api"]),
    ("plugins/metrics", &["placebo-plugin-api"]),
    ("plugins/wording", &["placebo-plugin-api"]),
    ("app/experiment", &["placebo-plugin-api"]),
    ("app/train", &["placebo-plugin-api", "placebo-experiment"]),
    ("app/worker", &["placebo-plugin-api", "placebo-experiment", "placebo-train"]),
    ("app/desktop", &["placebo-plugin-api", "placebo-experiment"]),
    ("app", &["placebo-worker", "placebo-desktop", "placebo-train", "placebo-plugin-*"]),
    ("resources/sample-tasks", &["placebo-plugin-api"]),
    ("tests/misbehaving", &["placebo-plugin-api"]),
    ("tests/fuzz", &["placebo-plugin-api", "placebo-experiment"]),
];

/// Weights that only one crate carries.
const HEAVY: [(&str, &str); 5] = [
    ("candle", "app/train"),
    ("tokenizers", "app/train"),
    ("indicatif", "app/worker"),
    ("egui", "app/desktop"),
    ("eframe", "app/desktop"),
];

const UNSAFE_PLACES: [&str; 5] = [
    "plugin-api/src/abi.rs",
    "plugin-api/src/export.rs",
    "app/experiment/src/plugin/library.rs",
    "app/train/src/ops/",
    "app/src/allocator.rs",
];

/// The devices that were built in, the driver of the GPU, and the door to the window.
const FEATURE_PLACES: [&str; 3] = ["app/train/src/device.rs", "app/train/src/ops/cuda/mod.rs", "app/src/window.rs"];

const TOP_LEVEL: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "app",
    "plugin-api",
    "plugins",
    "resources",
    "tests",
];

const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "manager"];
const FILE_LIMIT: usize = 500;
const FUNCTION_LIMIT: usize = 80;

#[test]
fn crates_depend_in_one_direction() {
    for (folder, allowed) in DIRECTIONS {
        for name in dependencies(folder).into_iter().filter(|name| name.starts_with("placebo")) {
            let fits = |rule: &&str| rule.strip_suffix('*').map_or(**rule == name, |stem| name.starts_with(stem));
            assert!(allowed.iter().any(fits), "{folder} must not depend on {name}");
        }
    }
}

#[test]
fn every_crate_has_its_directions_listed() {
    let listed: BTreeSet<_> = DIRECTIONS.iter().map(|(folder, _)| folder.to_string()).collect();
    let found = files("toml").into_iter().filter(|path| path.ends_with("Cargo.toml"));
    let found: BTreeSet<_> =
        found.map(|path| path.trim_end_matches("Cargo.toml").trim_end_matches('/').into()).collect();
    let elsewhere = BTreeSet::from(["".to_string(), "tests".into()]);
    assert_eq!(found.difference(&elsewhere).cloned().collect::<BTreeSet<_>>(), listed);
}

#[test]
fn heavy_dependencies_stay_in_their_crates() {
    for (folder, _) in DIRECTIONS {
        for (word, home) in HEAVY {
            let named = dependencies(folder).into_iter().any(|name| name.starts_with(word));
            assert!(!named || folder == home, "{word} belongs into {home}, not into {folder}");
        }
    }
}

#[test]
fn the_model_knows_neither_text_nor_files() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("app/train/src/t5/")) {
        for word in ["tokenizers", "fs_err", "placebo_experiment"] {
            assert!(!names(&text).contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn unsafe_code_has_few_places() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path != "tests/house.rs") {
        let allowed = UNSAFE_PLACES.iter().any(|place| path.starts_with(place));
        assert!(allowed || !names(&text).contains("unsafe"), "unsafe code in {path}");
    }
}

#[test]
fn features_are_asked_in_three_places() {
    let elsewhere = |path: &str| path != "tests/house.rs" && !FEATURE_PLACES.contains(&path);
    for (path, text) in sources().into_iter().filter(|(path, _)| elsewhere(path)) {
        assert!(!text.contains("feature = \""), "{path} asks for a feature; {FEATURE_PLACES:?} are the places");
    }
}

#[test]
fn pages_read_no_file_start_no_thread_and_compute_no_statistic() {
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("app/desktop/src/pages")) {
        for word in ["fs", "fs_err", "thread", "spawn", "sleep", "read_records", "scan"] {
            assert!(!names(&text).contains(word), "{path} names {word}; that is a job's work");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} begins without a sentence of purpose");
    }
}

#[test]
fn nothing_grows_too_long() {
    for (path, text) in sources() {
        let count = text.lines().count();
        assert!(count <= FILE_LIMIT, "{path} has {count} lines: which part has a name of its own?");
        for (name, length) in functions(&text) {
            assert!(length <= FUNCTION_LIMIT, "{path}: {name} has {length} lines: which part has a name of its own?");
        }
    }
}

#[test]
fn no_name_is_empty_of_meaning() {
    for (path, _) in sources() {
        let parts = path.trim_end_matches(".rs").split('/');
        let empty = parts.filter(|part| EMPTY_NAMES.contains(part)).collect::<Vec<_>>();
        assert!(empty.is_empty(), "{path}: what does {} hold?", empty[0]);
    }
}

#[test]
fn the_top_level_is_what_a_newcomer_needs() {
    let ignored = read(".gitignore");
    let ignored: Vec<_> = ignored.lines().map(|line| line.trim_matches('/')).collect();
    let entries = root().read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let kept = entries.filter(|name| !name.starts_with('.') && !ignored.contains(&name.as_str()));
    assert_eq!(kept.collect::<BTreeSet<_>>(), TOP_LEVEL.map(String::from).into());
}

#[test]
fn the_readme_and_the_checks_agree() {
    let (readme, checks) = (read("README.md"), read(".ci/run"));
    let test_command = "cargo test --release --workspace";
    for (name, text) in [("README.md", &readme), (".ci/run", &checks)] {
        assert!(text.lines().any(|line| line == test_command), "{name} lacks `{test_command}`");
    }
    assert!(readme.lines().any(|line| line == "cargo run --release -- demo"), "README.md lacks the demo");
}

#[test]
fn function_lengths_are_measured() {
    let text = "fn a() {}\nimpl X {\n    fn b(\n        x: u8,\n    ) -> u8 {\n        x\n    }\n}\ntrait T {\n    fn c();\n}\n";
    assert_eq!(functions(text), [("a".to_string(), 1), ("b".into(), 5)]);
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the repository").into()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of a crate's ordinary and build dependencies, those for one platform included.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest: toml::Table = read(&format!("{folder}/Cargo.toml")).parse().expect("manifests are TOML");
    let per_target = manifest.get("target").and_then(toml::Value::as_table).into_iter().flatten();
    let tables = per_target.filter_map(|(_, target)| target.as_table()).chain([&manifest]);
    let lists = tables.flat_map(|table| [table.get("dependencies"), table.get("build-dependencies")]);
    lists.flatten().filter_map(toml::Value::as_table).flat_map(|list| list.keys().cloned()).collect()
}

/// Every Rust file with its text; paths are relative to the repository.
fn sources() -> Vec<(String, String)> {
    files("rs").into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn files(extension: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root(), extension, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<String>) {
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !name.starts_with('.') && !["target", "results"].contains(&name.as_ref()) {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/"));
        }
    }
}

/// The words of the code, comments left out.
fn names(text: &str) -> BTreeSet<&str> {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_')).collect()
}

/// Names and lengths of functions, as rustfmt lays them out: the closing brace stands under the first line's beginning.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(at, line)| Some((at, function_name(line)?)));
    starts.filter_map(|(at, name)| Some((name, function_length(&lines[at..])?))).collect()
}

fn function_name(line: &str) -> Option<String> {
    let (before, after) = line.split_once("fn ")?;
    let qualifiers = ["pub", "const", "unsafe", "extern", "\"C\"", "pub(crate)", "pub(super)"];
    let is_item = before.split_whitespace().all(|word| qualifiers.contains(&word));
    is_item.then(|| after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}

fn function_length(lines: &[&str]) -> Option<usize> {
    let opening = lines.iter().position(|line| line.ends_with(['{', '}', ';']))?;
    match lines[opening].chars().last()? {
        ';' => None,
        '}' => Some(opening + 1),
        _ => {
            let indent = lines[0].len() - lines[0].trim_start().len();
            let closing = format!("{}}}", " ".repeat(indent));
            Some(lines.iter().position(|line| *line == closing)? + 1)
        }
    }
}
