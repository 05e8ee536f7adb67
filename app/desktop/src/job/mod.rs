//! Jobs: everything that takes longer than a moment, on a named thread that answers with one message.

mod answers;
mod behind;
mod compare;
mod count;
mod estimate;
mod export;
mod open;
mod plan;
mod plugins;
mod preview;
mod tasks;
mod watch;

pub use watch::Watch;

pub(crate) use answers::{pick, read_answers, write_answers};
pub(crate) use behind::behind;
pub(crate) use compare::{add_metric, answer, chart, draw, read};
pub(crate) use count::Count;
pub(crate) use export::export;
pub(crate) use open::{open, read_draft, save};
pub(crate) use plan::{Asking, check, read_text};
pub(crate) use plugins::{examine, load_plugins, trust, try_out};
pub(crate) use preview::{prompt, shortened};
pub(crate) use tasks::read_tasks;

use crate::message::Message;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Where jobs are begun and answers come in.
pub struct Jobs {
    sender: Sender<Message>,
    inbox: Receiver<Message>,
    wake: Option<egui::Context>,
}

impl Jobs {
    /// Jobs on threads; each answer wakes the window.
    pub fn new(context: egui::Context) -> Self {
        let (sender, inbox) = channel();
        Self { sender, inbox, wake: Some(context) }
    }

    /// Jobs that are done at once, on the thread that begins them: for tests, which then depend on no clock.
    pub fn inline() -> Self {
        let (sender, inbox) = channel();
        Self { sender, inbox, wake: None }
    }

    /// Begins a job; its name is the thread's.
    pub fn begin(&self, name: &str, work: impl FnOnce() -> Message + Send + 'static) {
        let Some(context) = self.wake.clone() else {
            return self.post(work());
        };
        let sender = self.sender.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            // Nobody is left to hear it once the window is closed.
            let _ = sender.send(work());
            context.request_repaint();
        });
        if let Err(cause) = thread {
            self.post(Message::Failed(format!("{cause}, so the window could not begin to {name}")));
        }
    }

    /// Begins a job that has more than one thing to say.
    pub(crate) fn talk(&self, name: &str, work: impl FnOnce(&dyn Fn(Message)) + Send + 'static) {
        let (sender, context) = (self.sender.clone(), self.wake.clone());
        let talk = move || {
            work(&|message| {
                let _ = sender.send(message);
                context.iter().for_each(egui::Context::request_repaint);
            });
        };
        if self.wake.is_none() {
            return talk();
        }
        if let Err(cause) = std::thread::Builder::new().name(name.to_owned()).spawn(talk) {
            self.post(Message::Failed(format!("{cause}, so the window could not begin to {name}")));
        }
    }

    /// Puts a message into the inbox.
    pub fn post(&self, message: Message) {
        let _ = self.sender.send(message);
    }

    /// The next message, if any has come.
    pub fn next(&self) -> Option<Message> {
        self.inbox.try_recv().ok()
    }

    /// Whether jobs are done on threads.
    pub(crate) fn is_threaded(&self) -> bool {
        self.wake.is_some()
    }
}
