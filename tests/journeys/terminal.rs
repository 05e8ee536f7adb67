//! The question at a terminal: an unknown plugin is asked about once, and the answer is remembered.

use crate::laboratory::Laboratory;
use crate::program::{Ended, PROGRAM};
use std::io::Write;
use std::process::{Command, Stdio};

const SCRIPT: &str = r#"
import json, sys
for line in sys.stdin:
    if "describe" in line[:12]:
        kind = {"transform": {"touches": []}}
        print(json.dumps({"described": [{"id": "mine", "summary": "Mine", "kind": kind}]}), flush=True)
"#;

/// A laboratory with a plugin that nobody knows; `None`, and a word about it, without Python or a way to make a terminal.
fn laboratory() -> Option<Laboratory> {
    for words in [["python3", "--version"], ["script", "--version"]] {
        if !Command::new(words[0]).arg(words[1]).output().is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: no {} as util-linux has it", words[0]);
            return None;
        }
    }
    let laboratory = Laboratory::new();
    laboratory.write("mine/mine.py", SCRIPT);
    laboratory.write("mine/plugin.toml", "abi = 1\nids = [\"mine\"]\ncommand = [\"python3\", \"mine.py\"]\n");
    Some(laboratory)
}

/// What the program says at a pseudo terminal where somebody types `answer`.
fn typed(laboratory: &Laboratory, answer: &str) -> Ended {
    let mut script = Command::new("script")
        .args(["-qec", &format!("{PROGRAM} plugin mine"), "/dev/null"])
        .current_dir(laboratory.path(""))
        .env("XDG_DATA_HOME", laboratory.path("data"))
        .env("PLACEBO_PLUGIN_PATH", laboratory.path("mine"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    script.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    Ended::of(&script.wait_with_output().unwrap())
}

const QUESTION: &str = "Do you trust it? [y/N]";

#[test]
fn an_unknown_plugin_is_asked_about_once() {
    let Some(laboratory) = laboratory() else { return };
    let first = typed(&laboratory, "y\n").done();
    assert!(
        first.contains("A plugin has not been used before") && first.contains("mine/mine") | first.contains("mine"),
        "{first}"
    );
    assert!(first.contains(QUESTION) && first.contains("Mine"), "{first}");
    let second = typed(&laboratory, "").done();
    assert!(!second.contains(QUESTION) && second.contains("Mine"), "{second}");
    laboratory.write("mine/mine.py", &format!("{SCRIPT}\n# changed\n"));
    let changed = typed(&laboratory, "n\n");
    assert!(changed.out.contains("A plugin has changed since it was trusted"), "{changed:?}");
    assert!(changed.code != Some(0) && !changed.out.contains("Mine"), "{changed:?}");
}

#[test]
fn whatever_is_not_yes_is_no() {
    let Some(laboratory) = laboratory() else { return };
    for answer in ["\n", "n\n", "maybe\n"] {
        let ended = typed(&laboratory, answer);
        assert!(ended.code != Some(0) && ended.out.contains(QUESTION) && !ended.out.contains("Mine"), "{ended:?}");
    }
}
