//! Plugins in processes of their own: a crash, a hang or a leak ends the child, and the next question a new one answers.

mod error;
mod lines;
mod single;
mod start;
mod tail;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;

use placebo_plugin_api::{Request, Response};

use super::carrier::{Carrier, CarrierError};
pub use error::ProcessError;
pub use lines::next_line;
pub use single::Process;
pub use start::Start;

/// Processes at work for one library or script at a time: enough for the cores of a laptop, few enough that a plugin
/// that needs much memory does not need it sixty times on a cluster's node.
const MOST_PROCESSES: usize = 4;

/// The child processes of one library or script, started as they are needed.
#[derive(Debug)]
pub struct Processes {
    start: Start,
    cancelled: Arc<AtomicBool>,
    desk: Mutex<Desk>,
    free: Condvar,
}

#[derive(Debug, Default)]
struct Desk {
    idle: Vec<Process>,
    at_work: usize,
}

impl Processes {
    /// None yet; they are started as `start` says and given up when `cancelled` is raised.
    pub fn new(start: Start, cancelled: Arc<AtomicBool>) -> Processes {
        Processes { start, cancelled, desk: Mutex::default(), free: Condvar::new() }
    }

    /// Asks an idle process, or a new one. One that is not well afterwards is ended and not asked again.
    ///
    /// A process that crashes although it has answered before may have grown too large over time, so a fresh one gets the
    /// question once more. A plugin keeps no state, so that changes no result.
    fn ask_one(&self, request: &[u8]) -> Result<Response, ProcessError> {
        let mut hired = self.hire()?;
        let has_answered = hired.process()?.has_answered();
        let answer = match hired.process()?.ask(request, &self.cancelled) {
            Err(error) if error.is_crash() && has_answered => {
                hired.replace()?;
                hired.process()?.ask(request, &self.cancelled)
            }
            answer => answer,
        };
        if answer.is_err() {
            hired.dismiss();
        }
        answer
    }

    /// Waits for a place at the desk.
    fn hire(&self) -> Result<Hired<'_>, ProcessError> {
        let most = available_parallelism().map_or(1, |cores| cores.get().min(MOST_PROCESSES));
        let desk = self.free.wait_while(self.desk(), |desk| desk.at_work >= most);
        let mut desk = desk.unwrap_or_else(PoisonError::into_inner);
        desk.at_work += 1;
        let idle = desk.idle.pop();
        drop(desk);
        Ok(Hired { process: idle, from: self })
    }

    /// A panic elsewhere leaves the desk in order, since nothing in between can fail.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carrier for Processes {
    fn ask(&self, request: &Request) -> Result<Response, CarrierError> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(ProcessError::Cancelled { path: self.start.path.clone() }.into());
        }
        let mut line = serde_json::to_vec(request).expect("requests are made of text, numbers and lists");
        line.push(b'\n');
        Ok(self.ask_one(&line)?)
    }
}

/// A place at the desk with its process, given back when it is dropped.
struct Hired<'p> {
    process: Option<Process>,
    from: &'p Processes,
}

impl Hired<'_> {
    fn process(&mut self) -> Result<&mut Process, ProcessError> {
        let process = match self.process.take() {
            Some(process) => process,
            None => Process::begin(&self.from.start)?,
        };
        Ok(self.process.insert(process))
    }

    fn replace(&mut self) -> Result<(), ProcessError> {
        self.process = None;
        self.process = Some(Process::begin(&self.from.start)?);
        Ok(())
    }

    fn dismiss(&mut self) {
        self.process = None;
    }
}

impl Drop for Hired<'_> {
    fn drop(&mut self) {
        let mut desk = self.from.desk();
        desk.at_work -= 1;
        desk.idle.extend(self.process.take());
        drop(desk);
        self.from.free.notify_one();
    }
}
