//! One process of a plugin: asked by lines on its standard input, heard by lines on its standard output, ended for sure.
//!
//! Three threads serve a process, so that no side can make the other wait for ever: one writes questions, one hears
//! answers, one hears standard error. The hearing thread also starts the process, because Linux ends a child together
//! with the *thread* that started it.

use std::io::{BufReader, Write};
use std::process::{Child, ChildStdin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use placebo_plugin_api::Response;

use super::lines::next_line;
use super::tail::Tail;
use super::{ProcessError, Start};

/// How often a waiting thread looks whether it shall give up.
const PATIENCE: Duration = Duration::from_millis(50);

/// How long a process that has closed its output may take to end.
const FAREWELL: Duration = Duration::from_secs(1);

/// A running process.
#[derive(Debug)]
pub struct Process {
    start: Start,
    child: Arc<Mutex<Child>>,
    questions: Option<Sender<Vec<u8>>>,
    heard: Receiver<Heard>,
    has_answered: bool,
}

/// What comes from a process.
#[derive(Debug)]
enum Heard {
    Line(Vec<u8>),
    Ended { how: String, last_words: String },
}

/// What the hearing thread hands out when it has started the process.
type Begun = (Arc<Mutex<Child>>, ChildStdin);

impl Process {
    /// Starts it.
    ///
    /// # Errors
    /// The system refuses.
    pub fn begin(start: &Start) -> Result<Process, ProcessError> {
        let (begun, begins) = mpsc::channel();
        let (hears, heard) = mpsc::channel();
        let from = start.clone();
        thread::spawn(move || listen(&from, &begun, &hears));
        let (child, stdin) = begins.recv().expect("the thread sends before it ends")?;
        Ok(Process { start: start.clone(), child, questions: Some(write_to(stdin)), heard, has_answered: false })
    }

    /// Whether it has answered before.
    pub fn has_answered(&self) -> bool {
        self.has_answered
    }

    /// Asks by one line and waits for one.
    ///
    /// # Errors
    /// No answer within the limit, none before `cancelled` is raised, none at all, or one that cannot be read. The
    /// process is of no further use then.
    pub fn ask(&mut self, line: &[u8], cancelled: &AtomicBool) -> Result<Response, ProcessError> {
        if let Some(questions) = &self.questions {
            // If the writing thread has ended, so has the process, which is heard of below.
            let _ = questions.send(line.to_vec());
        }
        let answer = self.wait(cancelled)?;
        let garbled = |error: serde_json::Error| ProcessError::Garbled {
            cause: error.to_string(),
            beginning: String::from_utf8_lossy(&answer).chars().take(60).collect(),
            path: self.start.path.clone(),
        };
        let response = serde_json::from_slice(&answer).map_err(garbled)?;
        self.has_answered = true;
        Ok(response)
    }

    /// Ends its input and waits for its end, up to `limit`; whether it came.
    pub fn ends_when_asked(mut self, limit: Duration) -> bool {
        self.questions = None;
        let until = Instant::now() + limit;
        loop {
            match self.heard.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Heard::Line(_)) => {}
                Ok(Heard::Ended { .. }) => return true,
                Err(_) => return false,
            }
        }
    }

    fn wait(&self, cancelled: &AtomicBool) -> Result<Vec<u8>, ProcessError> {
        let path = || self.start.path.clone();
        let seconds = self.start.limits.seconds;
        let until = Instant::now() + Duration::from_secs(seconds);
        loop {
            match self.heard.recv_timeout(PATIENCE) {
                Ok(Heard::Line(line)) => return Ok(line),
                Ok(Heard::Ended { how, last_words }) => {
                    return Err(ProcessError::Ended { how, last_words, path: path() });
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let how = "it is no longer there".to_string();
                    return Err(ProcessError::Ended { how, last_words: String::new(), path: path() });
                }
                Err(RecvTimeoutError::Timeout) if cancelled.load(Ordering::Relaxed) => {
                    return Err(ProcessError::Cancelled { path: path() });
                }
                Err(RecvTimeoutError::Timeout) if Instant::now() >= until => {
                    return Err(ProcessError::TooSlow { seconds, path: path() });
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&self.child);
    }
}

/// Starts the process, tells of it, and hears its answers until it ends; then nothing of it is left.
fn listen(start: &Start, begun: &Sender<Result<Begun, ProcessError>>, heard: &Sender<Heard>) {
    let mut child = match start.spawn() {
        Ok(child) => child,
        Err(error) => return drop(begun.send(Err(error))),
    };
    let stdin = child.stdin.take().expect("a pipe is asked for");
    let stdout = child.stdout.take().expect("a pipe is asked for");
    let stderr = child.stderr.take().expect("a pipe is asked for");
    let child = Arc::new(Mutex::new(child));
    let (tail, hearing) = Tail::follow(stderr);
    if begun.send(Ok((Arc::clone(&child), stdin))).is_err() {
        return end(&child);
    }
    let broken = hear(&mut BufReader::new(stdout), heard);
    let status = farewell(&child);
    let how = broken.map_or(status.clone(), |broken| format!("{broken}, {status}"));
    // Whoever still holds standard error open was started by the plugin and has just been ended with it.
    let _ = hearing.join();
    let _ = heard.send(Heard::Ended { how, last_words: tail.last_line() });
}

/// Passes lines on until there are no more, and says what was wrong with the last.
fn hear(stdout: &mut BufReader<impl std::io::Read>, heard: &Sender<Heard>) -> Option<String> {
    loop {
        match next_line(stdout) {
            Ok(Some(line)) => heard.send(Heard::Line(line)).ok()?,
            Ok(None) => return None,
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                return Some("in the middle of an answer".to_string());
            }
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// Waits for the end of a process that has closed its output, ends it if it does not come, and says how it ended.
fn farewell(child: &Mutex<Child>) -> String {
    let until = Instant::now() + FAREWELL;
    let mut pause = Duration::from_micros(100);
    while Instant::now() < until {
        let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(Some(status)) = child.try_wait() {
            end_group(&child);
            return status.to_string();
        }
        drop(child);
        thread::sleep(pause);
        pause = (pause * 2).min(PATIENCE);
    }
    end(child);
    "it closed its standard output".to_string()
}

/// Ends a process with all that it has started, and waits until it is gone.
///
/// One that is gone already is left alone: the system may have given its number to somebody else.
fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    if let Ok(None) = child.try_wait() {
        end_group(&child);
        // Both fail only for a process that has gone in between, which is what they are for.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// The group outlives its first process if that has started others.
#[cfg(unix)]
fn end_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        // It fails for a group that is gone already.
        let _ = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(_: &Child) {}

/// A thread that writes every question to the process, so that a plugin that does not read makes nobody wait.
fn write_to(mut stdin: ChildStdin) -> Sender<Vec<u8>> {
    let (questions, asked) = mpsc::channel::<Vec<u8>>();
    thread::spawn(move || {
        for question in asked {
            if stdin.write_all(&question).and_then(|()| stdin.flush()).is_err() {
                return;
            }
        }
    });
    questions
}
