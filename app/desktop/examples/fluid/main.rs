//! How long frames take where there is much to show: a live run, 300 runs, a million answers.
//!
//! `cargo run --release -p placebo-desktop --example fluid`; results are made up, in a temporary folder. Told are layout
//! with tessellation, and that with painting to the last pixel, by whatever wgpu finds: a graphics card, or Mesa's software
//! rendering. What is left out is the way from the finished picture to the screen.

mod canvas;
mod made_up;

use canvas::Canvas;
use egui::{Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2};
use made_up::Kind;
use placebo_desktop::{App, Command, Desk, Dialogs, Frames, Jobs, Page, Places, Reply, Settings, State, Wanted};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const SIZE: Vec2 = Vec2::new(1280.0, 800.0);
/// Frames that are measured of each.
const COUNT: usize = 600;
/// The screen's pace.
const PACE: Duration = Duration::from_millis(4);
/// Nothing that jobs do takes longer.
const DEADLINE: Duration = Duration::from_secs(120);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    for kind in [Kind::Live, Kind::Many, Kind::Answers] {
        let results = made_up::results(&folder.path().join(kind.name()), kind)?;
        let mut window = Window::open(folder.path(), &results);
        match kind {
            Kind::Live => live(&mut window, &results)?,
            Kind::Many => many(&mut window),
            Kind::Answers => answers(&mut window),
        }
    }
    Ok(())
}

/// Curves that grow by a step per frame.
fn live(window: &mut Window, results: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let mut run = made_up::Live::begin(results)?;
    window.until("the run is seen", |state| state.results.is_running());
    window.measured("a live run", |_| run.step());
    Ok(())
}

fn many(window: &mut Window) {
    window.until("all runs are seen", |state| state.results.runs.len() == made_up::RUNS);
    window.measured("300 runs, the queue scrolled", |frame| vec![wheel(frame, Pos2::new(350.0, 400.0))]);
    window.ask(Command::Show(Page::Compare));
    window.until("they are compared", |state| matches!(state.compare.picture, Some(Ok(_))));
    window.measured("300 runs of 119 tasks compared, scrolled", |frame| vec![wheel(frame, Pos2::new(700.0, 600.0))]);
}

fn answers(window: &mut Window) {
    window.until("both runs are seen", |state| state.results.runs.len() >= 2);
    window.ask(Command::Show(Page::Answers));
    window.until("all answers are read", |state| state.answers.found.len() == made_up::ANSWERS);
    window.measured("a million answers, scrolled", |frame| vec![wheel(frame, Pos2::new(700.0, 600.0))]);
}

/// The wheel turned down, and after a while up.
fn wheel(frame: usize, at: Pos2) -> Event {
    let down = if (frame / 200).is_multiple_of(2) { -120.0 } else { 120.0 };
    if frame == 0 {
        return Event::PointerMoved(at);
    }
    let (unit, delta, phase) = (MouseWheelUnit::Point, Vec2::new(0.0, down), TouchPhase::Move);
    Event::MouseWheel { unit, delta, phase, source: MouseWheelSource::Wheel, modifiers: Modifiers::NONE }
}

/// A window that is drawn for nobody.
struct Window {
    context: Context,
    app: App,
    canvas: Option<Canvas>,
    begun: Instant,
}

impl Window {
    fn open(folder: &Path, results: &Path) -> Self {
        let context = Context::default();
        placebo_desktop::install(&context);
        let jobs = Jobs::new(context.clone());
        let places = Places::at(folder.join("settings"));
        let program = PathBuf::from("/no/such/program");
        let desk = Desk { jobs, dialogs: Box::new(NoDialogs), program, places, watch: None };
        let app = App::new(desk, Settings::default(), Some(Command::Open(results.to_owned())));
        Self { context, app, canvas: Canvas::new(SIZE), begun: Instant::now() }
    }

    /// Draws a frame; the milliseconds that it took without and with painting it.
    fn frame(&mut self, events: Vec<Event>) -> [f64; 2] {
        let time = Some(self.begun.elapsed().as_secs_f64());
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, SIZE));
        let input = RawInput { time, screen_rect, events, focused: true, ..RawInput::default() };
        let begun = Instant::now();
        let app = &mut self.app;
        let output = self.context.run_ui(input, |ui| {
            app.advance(&ui.ctx().clone());
            app.draw(ui);
        });
        let primitives = self.context.tessellate(output.shapes, output.pixels_per_point);
        let laid_out = begun.elapsed();
        if let Some(canvas) = &self.canvas {
            canvas.paint(&output.textures_delta, &primitives).expect("a graphics card stays where it is");
        }
        [laid_out, begun.elapsed()].map(|time| time.as_secs_f64() * 1000.0)
    }

    fn ask(&mut self, command: Command) {
        self.app.push(command);
        self.frame(Vec::new());
    }

    fn until(&mut self, what: &str, is_so: impl Fn(&State) -> bool) {
        let begun = Instant::now();
        while !is_so(self.app.state()) {
            assert!(begun.elapsed() < DEADLINE, "did not come about: {what}");
            self.frame(Vec::new());
            std::thread::sleep(PACE);
        }
    }

    fn measured(&mut self, what: &str, mut events: impl FnMut(usize) -> Vec<Event>) {
        let [mut laid_out, mut painted] = [Frames::default(), Frames::default()];
        for frame in 0..COUNT {
            let [without, with] = self.frame(events(frame));
            laid_out.add(without);
            painted.add(with);
            std::thread::sleep(PACE);
        }
        println!("{what}: {}", laid_out.in_words());
        match &self.canvas {
            Some(canvas) => println!("  painted by {}: {}", canvas.painter(), painted.in_words()),
            None => println!("  not painted, as wgpu finds nothing to paint with"),
        }
    }
}

/// Nobody is there to answer.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn open(&self, _: &Wanted) -> Reply {
        Box::new(|| None)
    }
}
