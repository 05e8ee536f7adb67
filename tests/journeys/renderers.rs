//! Who draws the window: each renderer on a virtual display, one in place of another, and what is said where none can.

use crate::display::Display;
use crate::program::Ended;
use std::process::{Command, Stdio};

/// Environments without a driver: Mesa finds none of its own, the Vulkan loader none at all.
const NO_OPENGL: [(&str, &str); 2] =
    [("LIBGL_DRIVERS_PATH", "/no/such/folder"), ("__EGL_VENDOR_LIBRARY_FILENAMES", "/no/such/file")];
const NO_VULKAN: [(&str, &str); 2] = [("VK_DRIVER_FILES", "/no/such/file"), ("VK_ICD_FILENAMES", "/no/such/file")];

/// What the window printed and ended with: closed by a key once it was drawn, or ended by itself.
fn drawn_by(renderer: &str, without: &[(&str, &str)]) -> Option<Ended> {
    let Some(display) = Display::open() else {
        eprintln!("skipped: this needs Xvfb and xdotool");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut command: Command = display.program(folder.path());
    command.args(["window", "--timings", "--renderer", renderer]).envs(without.iter().copied());
    let mut window = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    display.close(&mut window);
    Some(Ended::of(&window.wait_with_output().unwrap()))
}

/// Whether a frame was drawn; where this machine has no driver for it, that is said.
fn is_drawn(ended: &Ended) -> bool {
    if ended.code == Some(1) && ended.err.contains("cannot draw the window") {
        eprintln!("skipped: no driver here: {}", ended.err);
        return false;
    }
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(ended.err.contains("first frame after"), "{}", ended.err);
    true
}

#[test]
fn each_renderer_draws_the_window_where_it_has_a_driver() {
    for renderer in ["glow", "wgpu", "software", "auto"] {
        let Some(ended) = drawn_by(renderer, &[]) else { return };
        if is_drawn(&ended) {
            assert!(!ended.err.contains("is tried"), "{renderer} was not the first: {}", ended.err);
        }
    }
}

#[test]
fn wgpu_draws_where_opengl_is_not_there_and_says_so() {
    let Some(alone) = drawn_by("wgpu", &NO_OPENGL) else { return };
    if is_drawn(&alone) {
        let ended = drawn_by("auto", &NO_OPENGL).unwrap();
        let said = ended.done_saying("glow cannot draw the window (");
        assert!(said.contains("so wgpu is tried") && said.contains("first frame after"), "{said}");
    }
}

#[test]
fn opengl_draws_where_vulkan_is_not_there() {
    let Some(ended) = drawn_by("auto", &NO_VULKAN) else { return };
    if is_drawn(&ended) {
        assert!(!ended.err.contains("is tried"), "{}", ended.err);
    }
}

#[test]
fn a_renderer_that_is_named_and_cannot_draw_is_refused_with_a_remedy() {
    for (renderer, without) in [("wgpu", NO_VULKAN), ("glow", NO_OPENGL)] {
        let Some(ended) = drawn_by(renderer, &without) else { return };
        let words = format!("so {renderer} cannot draw the window; `placebo window --renderer auto`");
        ended.refused(1, &[&words, "`placebo --help` lists"]);
    }
}

#[test]
fn where_nothing_can_draw_every_attempt_is_told() {
    let without = [NO_OPENGL, NO_VULKAN].concat();
    let Some(ended) = drawn_by("auto", &without) else { return };
    let words = ["so wgpu is tried", "so software is tried", "could not be drawn in software either"];
    ended.refused(1, &words);
}
