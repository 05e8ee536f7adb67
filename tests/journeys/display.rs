//! A virtual display, and who types on it.

use crate::program::PROGRAM;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const DEADLINE: Duration = Duration::from_secs(600);
/// So long something that was pressed may take before it is pressed again.
const PATIENCE: Duration = Duration::from_secs(5);

/// A virtual display; it ends with the value.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// `None` where the machine has no such programs.
    pub fn open() -> Option<Self> {
        let is_there = |program: &str| {
            Command::new(program).arg("-help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if !is_there("Xvfb") || !is_there("xdotool") {
            return None;
        }
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!(":{}", 100 + (std::process::id() + 400 * number) % 9000);
        let mut server = Command::new("Xvfb");
        server.args([&name, "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]);
        let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let display = Self { server, name };
        until("the display is there", || display.type_with(&["getdisplaygeometry"]));
        Some(display)
    }

    /// Opens the program in a folder and waits until its window is there.
    pub fn window(&self, folder: &Path) -> Child {
        let child = self.program(folder).spawn().unwrap();
        until("the window is there", || self.focus());
        child
    }

    /// The program as it is started in a folder on this display.
    pub fn program(&self, folder: &Path) -> Command {
        let mut command = Command::new(PROGRAM);
        command.current_dir(folder).env("DISPLAY", &self.name).env_remove("WAYLAND_DISPLAY");
        command.env("PLACEBO_SETTINGS", folder.join("settings")).stderr(Stdio::inherit());
        command
    }

    fn focus(&self) -> bool {
        self.type_with(&["search", "--onlyvisible", "--name", "Placebo", "windowfocus"])
    }

    pub fn key(&self, key: &str) {
        self.focus();
        self.type_with(&["key", key]);
    }

    pub fn click(&self, [x, y]: [&str; 2]) {
        self.focus();
        self.type_with(&["mousemove", x, y, "click", "1"]);
    }

    /// Does something until it has come about, giving it some seconds each time.
    #[track_caller]
    pub fn again(&self, what: &str, is_so: impl Fn() -> bool, act: impl Fn()) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < DEADLINE, "did not come about: {what}");
            act();
            let tried = Instant::now();
            while !is_so() && tried.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }

    #[track_caller]
    pub fn close(&self, window: &mut Child) {
        let begun = Instant::now();
        while window.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < DEADLINE, "the window did not close");
            self.key("ctrl+q");
            std::thread::sleep(Duration::from_millis(200));
        }
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

/// Waits for something that comes about by itself.
#[track_caller]
pub fn until(what: &str, is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    let mut is_so = is_so;
    while !is_so() {
        assert!(begun.elapsed() < DEADLINE, "did not come about: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
