//! Opening the window: icon, size, and what to say where there is no display.

use crate::app::App;
use crate::dialogs::Native;
use crate::job::Jobs;
use crate::perform::Desk;
use crate::settings::Places;
use crate::{command::Command, theme};
use egui::{IconData, ViewportBuilder};
use std::path::PathBuf;

/// What the command line may say of the window.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A plan, results or a task collection to open.
    pub path: Option<PathBuf>,
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
    /// The program cannot find itself, which it would start runs with.
    #[error("the program's own path is unknown ({0}), so the window could start no runs")]
    NoProgram(std::io::Error),
}

/// Opens the window and returns when it is closed; runs go on without it.
///
/// # Errors
/// There is no display.
pub fn open(options: Options) -> Result<(), OpenError> {
    let program = std::env::current_exe().map_err(OpenError::NoProgram)?;
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
        // OpenGL also runs on virtual machines and over remote desktops.
        renderer: eframe::Renderer::Glow,
        ..Default::default()
    };
    let create = move |creation: &eframe::CreationContext| {
        theme::install(&creation.egui_ctx);
        let jobs = Jobs::new(creation.egui_ctx.clone());
        let desk = Desk { jobs, dialogs: Box::new(Native), program, places, watch: None };
        let first = options.path.map(Command::Open);
        Ok(Box::new(App::new(desk, settings, first)) as Box<dyn eframe::App>)
    };
    let opened = eframe::run_native("Placebo", native, Box::new(create));
    opened.map_err(|error| OpenError::NoDisplay { cause: cause(&error.to_string()) })
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
