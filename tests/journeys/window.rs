//! The window as a person meets it: the real program on a virtual display, driven by keys; and without any display.

use crate::program::{Ended, PROGRAM};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(180);

#[test]
fn without_a_display_it_says_how_to_do_without() {
    let mut command = Command::new(PROGRAM);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    let output = command.output().unwrap();
    let (code, err) = (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());
    Ended { code, err, out: String::new() }
        .refused(1, &["error: neither WAYLAND_DISPLAY", "no window can be opened", "placebo demo"]);
}

/// Start, sample experiment, close in mid-run, open again, stop: by keys alone.
#[test]
fn runs_outlive_the_window_and_another_window_finds_them() {
    let Some(display) = Display::open() else {
        return eprintln!("skipped: this needs Xvfb and xdotool");
    };
    let folder = tempfile::tempdir().unwrap();
    let mut window = display.window(folder.path());
    display.command("run the sample");
    let runs = folder.path().join("results").join("sample");
    until("a step", || steps(&runs) > 3);
    display.keys(&["ctrl+q"]);
    until("the window is closed", || window.try_wait().unwrap().is_some());
    let before = steps(&runs);
    until("the run goes on without it", || steps(&runs) > before + 3);
    let mut window = display.window(folder.path());
    display.command("stop and save");
    until("the run has saved and stopped", || {
        journals(&runs).iter().any(|text| text.contains("\"event\":\"stopped\""))
    });
    display.keys(&["ctrl+q"]);
    until("the window is closed", || window.try_wait().unwrap().is_some());
}

/// A virtual display, and who types on it.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// `None` where the machine has no such programs.
    fn open() -> Option<Self> {
        let is_there = |program: &str| {
            Command::new(program).arg("-help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if !is_there("Xvfb") || !is_there("xdotool") {
            return None;
        }
        let name = format!(":{}", 100 + std::process::id() % 900);
        let mut server = Command::new("Xvfb");
        server.args([&name, "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let display = Self { server, name };
        until("the display is there", || display.type_with(&["getdisplaygeometry"]));
        Some(display)
    }

    /// Opens the program in a folder and waits until its window takes keys.
    fn window(&self, folder: &Path) -> Child {
        let mut command = Command::new(PROGRAM);
        command.current_dir(folder).env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        command.env("PLACEBO_SETTINGS", folder.join("settings")).stderr(Stdio::inherit());
        let child = command.spawn().unwrap();
        until("the window is there", || {
            self.type_with(&["search", "--onlyvisible", "--name", "Placebo", "windowfocus"])
        });
        child
    }

    /// Finds a command by its words in the palette, again until the window says that it heard.
    fn command(&self, words: &str) {
        // The first frames of a window may come before it takes keys.
        std::thread::sleep(Duration::from_secs(2));
        self.keys(&["ctrl+k"]);
        std::thread::sleep(Duration::from_millis(500));
        assert!(self.type_with(&["type", "--delay", "40", words]));
        std::thread::sleep(Duration::from_millis(500));
        self.keys(&["Return"]);
    }

    fn keys(&self, keys: &[&str]) {
        assert!(self.type_with(&[&["key"], keys].concat()));
    }

    fn type_with(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("xdotool");
        command.args(arguments).env("DISPLAY", &self.name).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[track_caller]
fn until(what: &str, is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    let mut is_so = is_so;
    while !is_so() {
        assert!(begun.elapsed() < DEADLINE, "did not come about: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn journals(runs: &Path) -> Vec<String> {
    let folders = fs::read_dir(runs).into_iter().flatten().flatten();
    folders.filter_map(|folder| fs::read_to_string(folder.path().join("events.jsonl")).ok()).collect()
}

fn steps(runs: &Path) -> usize {
    journals(runs).iter().map(|text| text.matches("\"event\":\"step\"").count()).sum()
}
