//! The program's loop: messages in, commands out, and between them a frame drawn from the state.

use crate::command::{Command, LISTED};
use crate::message::Message;
use crate::perform::{self, Desk, perform};
use crate::settings::Settings;
use crate::shell;
use crate::state::State;
use egui::{Context, Ui};
use std::time::Duration;

/// So long after a change, settings and plan are kept.
const QUIET: Duration = Duration::from_millis(800);

/// The window.
pub struct App {
    state: State,
    desk: Desk,
    commands: Vec<Command>,
    kept: Kept,
    begun: bool,
}

/// What is on disk of what must not be lost.
struct Kept {
    settings: Settings,
    version: u64,
    /// When something else came to be known than is kept, in the seconds of the window's clock.
    changed: Option<f64>,
}

impl App {
    /// A window that remembers `settings` and begins with `first`.
    pub fn new(desk: Desk, settings: Settings, first: Option<Command>) -> Self {
        let kept = Kept { settings: settings.clone(), version: 0, changed: None };
        let state = State { settings, ..State::default() };
        Self { state, desk, commands: first.into_iter().collect(), kept, begun: false }
    }

    /// What it knows.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Asks for something, as a page would.
    pub fn push(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Takes up messages, dropped files and shortcuts, and carries out what was asked for.
    ///
    /// A frame may be drawn twice before it is shown, where its layout had to be learned first; what was pressed is
    /// carried out once all the same.
    pub fn advance(&mut self, context: &Context) {
        if context.current_pass_index() > 0 {
            return;
        }
        if !std::mem::replace(&mut self.begun, true) {
            self.begin(context);
        }
        while let Some(message) = self.desk.jobs.next() {
            perform::take(&mut self.state, &mut self.desk, message);
        }
        self.commands.extend(dropped(context));
        self.commands.extend(pressed(context));
        for command in std::mem::take(&mut self.commands) {
            perform(&mut self.state, &mut self.desk, command, context);
        }
        self.keep(context);
    }

    /// Draws a frame.
    pub fn draw(&mut self, ui: &mut Ui) {
        self.commands.clear();
        shell::show(ui, &self.state, &mut self.commands);
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// Looks as it did last time, and goes on where it was left.
    fn begin(&mut self, context: &Context) {
        context.set_theme(self.state.settings.theme);
        context.set_zoom_factor(self.state.settings.scale);
        perform::load_plugins(&mut self.state, &self.desk);
        let draft = self.desk.places.draft();
        self.desk.jobs.begin("read the draft", move || Message::Restored(crate::job::read_draft(&draft)));
        if let Some(folder) = self.state.settings.open.clone() {
            perform::watch(&mut self.state, &mut self.desk, &folder);
        }
        let page = self.state.settings.page;
        perform::show(&mut self.state, &mut self.desk, page);
    }

    /// Writes settings and plan once they are quiet, and at once when the window closes.
    fn keep(&mut self, context: &Context) {
        let settings = self.remembered(context);
        let (now, closing) = context.input(|input| (input.time, input.viewport().close_requested()));
        if closing {
            return self.keep_last(&settings);
        }
        let version = self.state.draft.version;
        if (&settings, version) == (&self.kept.settings, self.kept.version) {
            self.kept.changed = None;
            return;
        }
        if now - *self.kept.changed.get_or_insert(now) < QUIET.as_secs_f64() {
            return context.request_repaint_after(QUIET);
        }
        self.kept = Kept { settings: settings.clone(), version, changed: None };
        let (places, plan) = (self.desk.places.clone(), self.state.draft.plan.clone());
        self.desk.jobs.begin("remember settings", move || {
            Message::Remembered(places.keep(&settings, &plan).map_err(|error| error.to_string()))
        });
    }

    /// Writes whatever is known, also what could not be written before; nobody sees a notice any more.
    fn keep_last(&self, settings: &Settings) {
        if let Err(error) = self.desk.places.keep(settings, &self.state.draft.plan) {
            eprintln!("warning: {error}");
        }
    }

    fn remembered(&mut self, context: &Context) -> Settings {
        let size = context.input(|input| input.viewport().inner_rect).map(|rect| rect.size() * context.zoom_factor());
        let settings = &mut self.state.settings;
        if let Some(size) = size.filter(|size| size.x > 0.0) {
            settings.size = [size.x.round(), size.y.round()];
        }
        settings.page = self.state.page;
        settings.open.clone_from(&self.state.results.path);
        settings.clone()
    }
}

/// Files dropped anywhere are opened.
fn dropped(context: &Context) -> Vec<Command> {
    let files = context.input(|input| input.raw.dropped_files.clone());
    files.into_iter().map(|file| Command::Open(file.path().to_owned())).collect()
}

/// Shortcuts; those with more modifiers first, which egui would otherwise take for those with fewer.
fn pressed(context: &Context) -> Vec<Command> {
    // Where a text is being edited, undo and redo are about that text.
    let is_typing = context.egui_wants_keyboard_input();
    let about_text = |command: &Command| is_typing && matches!(command, Command::Undo | Command::Redo);
    let listed = LISTED.iter().filter(|listing| !about_text(&listing.command));
    let mut listed: Vec<_> = listed.filter_map(|listing| Some((listing.shortcut?, &listing.command))).collect();
    listed.sort_by_key(|(shortcut, _)| !shortcut.modifiers.shift);
    context.input_mut(|input| {
        listed.retain(|(shortcut, _)| input.consume_shortcut(shortcut));
    });
    listed.into_iter().map(|(_, command)| command.clone()).collect()
}

impl eframe::App for App {
    fn logic(&mut self, context: &Context, _frame: &mut eframe::Frame) {
        self.advance(context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    /// The page's own colour, so that no frame paints the whole window a second time.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
