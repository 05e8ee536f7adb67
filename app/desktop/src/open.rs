//! Opening the window: icon, size, and what to say where there is no display.

mod icon;
mod renderer;

pub use renderer::Renderer;

use crate::app::App;
use crate::dialogs::Native;
use crate::job::Jobs;
use crate::perform::Desk;
use crate::settings::Places;
use crate::theme;
use crate::timings::Timed;
use egui::ViewportBuilder;
use std::path::PathBuf;
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
    /// There is a display, but what was to draw on it cannot.
    #[error(
        "{cause}, so {renderer} cannot draw the window; `placebo window --renderer auto` has it drawn by whatever \
         can, and the commands need no window: `placebo --help` lists them"
    )]
    NoDrawing {
        /// Who was to draw.
        renderer: Renderer,
        /// The system's word for it.
        cause: String,
    },
    /// Software rendering was tried and said its piece already.
    #[error(
        "the window could not be drawn in software either; install a driver for OpenGL or Vulkan, such as Mesa's, or use \
         the commands, which need no window: `placebo --help` lists them"
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
    let opening = Opening { begun, program, options };
    let open = |renderer| match renderer {
        Renderer::Software if std::env::var_os(SOFTWARE).is_none() => opening.in_software(),
        _ => opening.here(renderer),
    };
    opening.options.renderer.draw(open, |news| eprintln!("{news}"))
}

/// What it takes to open a window, as often as it has to be tried.
struct Opening {
    begun: Instant,
    program: PathBuf,
    options: Options,
}

impl Opening {
    /// Opens the window in a process whose OpenGL is drawn in software: a driver is chosen once per process.
    fn in_software(&self) -> Result<(), OpenError> {
        let mut command = Command::new(&self.program);
        command.env(SOFTWARE, "1").args(["window", "--renderer", "software"]).args(&self.options.path);
        if self.options.timings {
            command.arg("--timings");
        }
        let status = command.status().map_err(OpenError::NoProgram)?;
        if status.success() { Ok(()) } else { Err(OpenError::NoSoftware) }
    }

    fn here(&self, renderer: Renderer) -> Result<(), OpenError> {
        let places = Places::usual();
        let settings = places.read();
        let native = eframe::NativeOptions {
            viewport: viewport(settings.size),
            renderer: renderer.of_eframe(),
            // It smooths gradients, of which there are none, and costs software rendering a fifth of each pixel.
            dithering: false,
            ..Default::default()
        };
        let create = |creation: &eframe::CreationContext| {
            theme::install(&creation.egui_ctx);
            let jobs = Jobs::new(creation.egui_ctx.clone());
            let desk = Desk { jobs, dialogs: Box::new(Native), program: self.program.clone(), places, watch: None };
            let app = App::new(desk, settings, self.options.path.clone().map(crate::Command::Open));
            Ok(match self.options.timings {
                true => Box::new(Timed::new(app, self.begun)) as Box<dyn eframe::App>,
                false => Box::new(app),
            })
        };
        eframe::run_native("Placebo", native, Box::new(create)).map_err(|error| refused(renderer, &error))
    }
}

fn viewport(size: [f32; 2]) -> ViewportBuilder {
    ViewportBuilder::default()
        .with_app_id("placebo")
        .with_title("Placebo")
        .with_icon(icon::icon())
        .with_inner_size(size)
        .with_min_inner_size([880.0, 560.0])
        .with_drag_and_drop(true)
}

/// A display that is not there is one thing; one that is there but cannot be drawn on is another.
fn refused(renderer: Renderer, error: &eframe::Error) -> OpenError {
    let cause = cause(&error.to_string());
    match error {
        eframe::Error::WinitEventLoop(_) => OpenError::NoDisplay { cause },
        _ => OpenError::NoDrawing { renderer, cause },
    }
}

/// The cause in the first line, without the place in a library's source that it carries.
fn cause(error: &str) -> String {
    let line = error.lines().next().unwrap_or_default();
    let after_place = line.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map(|(_, cause)| cause);
    let line = after_place.unwrap_or(line);
    // wgpu adds what it found, which may be nothing.
    line.trim_end_matches(": {}").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_names_no_place_in_a_source() {
        let error = "winit EventLoopError: os error at /x/winit/src/linux/mod.rs:765: no DISPLAY is set.\nmore";
        assert_eq!(cause(error), "no DISPLAY is set");
        assert_eq!(cause("no GL config found."), "no GL config found");
        assert_eq!(cause("no surface for any backend: {}"), "no surface for any backend");
    }
}
