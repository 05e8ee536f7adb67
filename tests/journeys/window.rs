//! The window as a person meets it: the real program on a virtual display, driven by mouse and keys; and without any display.

use crate::display::{Display, until};
use crate::program::{Ended, PROGRAM};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn without_a_display_it_says_how_to_do_without() {
    let mut command = Command::new(PROGRAM);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    let output = command.output().unwrap();
    let (code, err) = (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());
    Ended { code, err, out: String::new() }
        .refused(1, &["error: neither WAYLAND_DISPLAY", "no window can be opened", "placebo demo"]);
}

#[test]
fn settings_that_cannot_be_kept_are_told_when_the_window_closes() {
    let Some(display) = Display::open() else {
        return eprintln!("skipped: this needs Xvfb and xdotool");
    };
    let folder = tempfile::tempdir().unwrap();
    let mut command = display.program(folder.path());
    command.env("PLACEBO_SETTINGS", "/dev/null/settings").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut window = command.spawn().unwrap();
    display.close(&mut window);
    let ended = Ended::of(&window.wait_with_output().unwrap());
    let said = ended.done_saying("the next start does not find the window and the plan as they are now");
    assert!(said.contains("/dev/null/settings") && said.contains("PLACEBO_SETTINGS"), "{said}");
    assert_eq!(said.matches("warning:").count(), 1, "{said}");
}

/// Start, sample experiment, close in mid-run, open again, stop, resume, kill the window, open again, compare, export: by
/// the mouse and keys alone. A key is pressed again until what it is to bring about has come about, since the first frames
/// of a window may come before it takes keys.
#[test]
fn runs_outlive_the_window_and_another_window_finds_them() {
    let Some(display) = Display::open() else {
        return eprintln!("skipped: this needs Xvfb and xdotool");
    };
    let folder = tempfile::tempdir().unwrap();
    let results = Results(folder.path().join("results").join("sample"));
    let mut window = display.window(folder.path());
    display.again("the sample runs", || results.0.exists(), || display.click(SAMPLE));
    until("a step", || results.steps() > 3);
    display.close(&mut window);
    let before = results.steps();
    until("the run goes on without a window", || results.steps() > before + 3);

    let mut window = display.window(folder.path());
    display.again(
        "the run has saved and stopped",
        || results.says("\"event\":\"stopped\""),
        || display.key("ctrl+period"),
    );
    let before = results.steps();
    display.again("the run is resumed", || results.steps() > before, || display.key("ctrl+r"));
    window.kill().unwrap();
    window.wait().unwrap();
    until("every run is finished", || results.finished() == RUNS);

    let mut window = display.window(folder.path());
    let page = || fs::read_to_string(folder.path().join("settings/settings.json")).unwrap_or_default();
    display.again("page Compare is shown", || page().contains("\"page\": \"compare\""), || display.key("ctrl+5"));
    let figure = results.0.join("export").join("bars.pdf");
    display.again("the figure is exported", || figure.exists(), || display.key("ctrl+e"));
    display.close(&mut window);
}

/// The runs of the sample, baselines included.
const RUNS: usize = 13;
/// Where “Run the sample experiment” stands on the first page.
const SAMPLE: [&str; 2] = ["350", "291"];

/// The folder of the runs, as anybody may look at it.
struct Results(PathBuf);

impl Results {
    fn read(&self, name: &str) -> Vec<String> {
        let folders = fs::read_dir(&self.0).into_iter().flatten().flatten();
        folders.filter_map(|folder| fs::read_to_string(folder.path().join(name)).ok()).collect()
    }

    fn steps(&self) -> usize {
        self.read("events.jsonl").iter().map(|text| text.matches("\"event\":\"step\"").count()).sum()
    }

    fn says(&self, words: &str) -> bool {
        self.read("events.jsonl").iter().any(|text| text.contains(words))
    }

    fn finished(&self) -> usize {
        self.read("scores.json").len()
    }
}
