//! Opening the window: icon, size, and what to say where there is no display.

use crate::app::App;
use crate::dialogs::Native;
use crate::job::Jobs;
use crate::perform::Desk;
use crate::settings::Places;
use crate::theme;
use crate::timings::Timed;
use egui::{IconData, ViewportBuilder};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// By this Mesa draws in software.
const SOFTWARE: &str = "LIBGL_ALWAYS_SOFTWARE";

/// What the command line may say of the window.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A plan, results or a task collection to open.
    pub path: Option<PathBuf>,
    /// Who draws.
    pub renderer: Renderer,
    /// Whether to tell at the end how long frames took.
    pub timings: bool,
}

/// Who draws the window.
///
/// OpenGL also runs on virtual machines and over remote desktops, and needs nothing installed to be built. A second way of
/// drawing, through wgpu, would double what there is to compile, and fails where OpenGL does: without a driver. Mesa's
/// software rendering does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Renderer {
    /// OpenGL by whatever drives it; where that fails, in software.
    #[default]
    Auto,
    /// OpenGL, or nothing.
    OpenGl,
    /// OpenGL in software.
    Software,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No display, or one that cannot draw.
    #[error(
        "{cause}, so no window can be opened; without a display use the commands, such as `placebo demo`, `placebo run \
         plan.toml` and `placebo compare results` (`placebo --help` lists all)"
    )]
    NoDisplay {
        /// The system's word for it.
        cause: String,
    },
    /// There is a display, but nothing to draw on it with.
    #[error(
        "{cause}, so the window cannot be drawn; `placebo window --renderer software` draws without a driver, and the \
         commands need no window: `placebo --help` lists them"
    )]
    NoDrawing {
        /// The system's word for it.
        cause: String,
    },
    /// Software rendering was tried and said its piece already.
    #[error(
        "the window could not be drawn in software either; `placebo --help` lists the commands, which need no window"
    )]
    NoSoftware,
    /// The program cannot find itself, which it would start runs with.
    #[error("the program's own path is unknown ({0}), so the window could start no runs")]
    NoProgram(std::io::Error),
}

/// Opens the window and returns when it is closed; runs go on without it.
///
/// # Errors
/// There is no display.
pub fn open(options: Options) -> Result<(), OpenError> {
    let begun = Instant::now();
    let program = std::env::current_exe().map_err(OpenError::NoProgram)?;
    if options.renderer == Renderer::Software && std::env::var_os(SOFTWARE).is_none() {
        return in_software(&program, &options);
    }
    let renderer = options.renderer;
    let again = options.clone();
    match open_here(begun, &program, options) {
        Err(OpenError::NoDrawing { .. }) if renderer == Renderer::Auto => in_software(&program, &again),
        ended => ended,
    }
}

/// Opens the window in a process whose OpenGL is drawn in software: a driver is chosen once per process.
fn in_software(program: &Path, options: &Options) -> Result<(), OpenError> {
    let mut command = Command::new(program);
    command.env(SOFTWARE, "1").args(["window", "--renderer", "software"]).args(&options.path);
    if options.timings {
        command.arg("--timings");
    }
    let status = command.status().map_err(OpenError::NoProgram)?;
    if status.success() { Ok(()) } else { Err(OpenError::NoSoftware) }
}

fn open_here(begun: Instant, program: &Path, options: Options) -> Result<(), OpenError> {
    let places = Places::usual();
    let settings = places.read();
    let native = eframe::NativeOptions {
        viewport: ViewportBuilder::default()
            .with_app_id("placebo")
            .with_title("Placebo")
            .with_icon(icon())
            .with_inner_size(settings.size)
            .with_min_inner_size([880.0, 560.0])
            .with_drag_and_drop(true),
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let program = program.to_owned();
    let create = move |creation: &eframe::CreationContext| {
        theme::install(&creation.egui_ctx);
        let jobs = Jobs::new(creation.egui_ctx.clone());
        let desk = Desk { jobs, dialogs: Box::new(Native), program, places, watch: None };
        let first = options.path.map(crate::Command::Open);
        let app = App::new(desk, settings, first);
        Ok(match options.timings {
            true => Box::new(Timed::new(app, begun)) as Box<dyn eframe::App>,
            false => Box::new(app),
        })
    };
    eframe::run_native("Placebo", native, Box::new(create)).map_err(refused)
}

/// A display that is not there is one thing; one that is there but cannot be drawn on is another.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn refused(error: eframe::Error) -> OpenError {
    let text = cause(&error.to_string());
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => OpenError::NoDisplay { cause: text },
        _ => OpenError::NoDrawing { cause: text },
    }
}

/// The cause in the first line, without the place in a library's source that it carries.
fn cause(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    let after_place = line.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map(|(_, cause)| cause);
    after_place.unwrap_or(line).trim_end_matches('.').to_owned()
}

/// The mark: three bars, two alike and one apart, as conditions of a trial are.
fn icon() -> IconData {
    const SIZE: u32 = 64;
    const BARS: [(u32, u32, [u8; 3]); 3] =
        [(12, 30, [0x56, 0xb4, 0xe9]), (27, 30, [0x56, 0xb4, 0xe9]), (42, 14, [0xe6, 0x9f, 0x00])];
    let pixel = |x: u32, y: u32| -> [u8; 4] {
        let bar = BARS.iter().find(|(left, top, _)| (*left..left + 10).contains(&x) && (*top..52).contains(&y));
        let corner = |at: u32| at.min(SIZE - 1 - at);
        let (dx, dy) = (10u32.saturating_sub(corner(x)), 10u32.saturating_sub(corner(y)));
        match bar {
            _ if dx * dx + dy * dy > 100 => [0; 4],
            Some((_, _, [r, g, b])) => [*r, *g, *b, 0xff],
            None => [0x14, 0x1f, 0x2b, 0xff],
        }
    };
    let pixels = (0..SIZE).flat_map(|y| (0..SIZE).map(move |x| (x, y)));
    IconData { rgba: pixels.flat_map(|(x, y)| pixel(x, y)).collect(), width: SIZE, height: SIZE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_names_no_place_in_a_source() {
        let error = "winit EventLoopError: os error at /x/winit/src/linux/mod.rs:765: no DISPLAY is set.\nmore";
        assert_eq!(cause(error), "no DISPLAY is set");
        assert_eq!(cause("no GL config found."), "no GL config found");
    }

    #[test]
    fn the_icon_is_square_and_has_round_corners() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), 64 * 64 * 4);
        assert_eq!(icon.rgba[3], 0, "corners are clear");
        assert!(icon.rgba.chunks(4).any(|pixel| pixel == [0xe6, 0x9f, 0x00, 0xff]));
    }
}
