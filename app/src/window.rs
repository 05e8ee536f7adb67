//! The door to the window: the one place that asks whether the program was built with one.

use placebo_worker::commands::window::Args;
#[cfg(feature = "desktop")]
use placebo_worker::commands::window::Renderer;
use placebo_worker::outcome::Ending;

/// Opens the window and returns when it is closed.
#[cfg(feature = "desktop")]
pub fn open(args: Args) -> Ending {
    let renderer = match args.renderer {
        Renderer::Auto => placebo_desktop::Renderer::Auto,
        Renderer::Glow => placebo_desktop::Renderer::Glow,
        Renderer::Wgpu => placebo_desktop::Renderer::Wgpu,
        Renderer::Software => placebo_desktop::Renderer::Software,
    };
    placebo_desktop::open(placebo_desktop::Options { path: args.path, renderer, timings: args.timings })?;
    Ok(placebo_worker::outcome::Outcome::Done)
}

/// Says how to do without, and how to get one.
#[cfg(not(feature = "desktop"))]
pub fn open(_args: Args) -> Ending {
    use placebo_worker::outcome::OrUsage;
    let cause = "this program was built without its window; `placebo --help` lists the commands that do the same work, \
                 and a build with `--features desktop` has the window";
    Err(std::io::Error::other(cause)).or_usage()
}
