//! The examination of a plugin before it is trusted with an experiment: every check in a process of its own.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use placebo_plugin_api::testing::{CHECKS, Check, Subject};
use placebo_plugin_api::{Descriptor, Request, Response};

use super::source::{Kind, Source};
use super::{Process, ProcessError, Start};

/// How long a plugin may take to end when its input does.
const FAREWELL: Duration = Duration::from_secs(1);

/// From how many threads a library is asked at once.
const THREADS: usize = 4;

/// What is examined, and how.
#[derive(Clone, Debug)]
pub struct Validation {
    /// The plugin.
    pub source: Source,
    /// The executable that answers to `plugin-host`.
    pub host: PathBuf,
    /// The seed of the checks that draw settings.
    pub seed: u64,
    /// Only this check, if one is named.
    pub only: Option<String>,
}

/// What one check found about one plugin.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The plugin's id; empty for checks of the library or script as a whole.
    pub plugin: String,
    /// The check's name.
    pub check: &'static str,
    /// What is true of a plugin that passes.
    pub claim: &'static str,
    /// What was found instead, if it does not.
    pub fault: Option<String>,
    /// How long it took.
    pub seconds: f64,
}

/// Checks of a host's, which take processes.
const HOST_CHECKS: [HostCheck; 3] = [
    HostCheck { name: "processes", claim: "another process answers the same", run: Validation::processes_agree },
    HostCheck { name: "threads", claim: "threads that ask at once hear the same", run: Validation::threads_agree },
    HostCheck { name: "ending", claim: "it ends within a second when its input does", run: Validation::ends },
];

struct HostCheck {
    name: &'static str,
    claim: &'static str,
    run: fn(&Validation, &Descriptor) -> Result<(), String>,
}

impl Validation {
    /// The names of all checks, in the order in which they are made.
    pub fn checks() -> impl Iterator<Item = &'static str> {
        let ours = HOST_CHECKS.iter().map(|check| check.name);
        ["loads", "sidecar"].into_iter().chain(CHECKS.iter().map(|check| check.name)).chain(ours)
    }

    /// Makes the checks and tells of each. A plugin that cannot be loaded fails the first and is asked nothing else.
    pub fn examine(&self, tell: &mut dyn FnMut(&Finding)) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut note = |finding: Finding| {
            tell(&finding);
            findings.push(finding);
        };
        let begun = Instant::now();
        let described = self.describe();
        let whole = |check, claim, fault| Finding { fault, ..finding(("", check, claim), begun) };
        note(whole("loads", "it is loaded and describes its plugins", described.as_ref().err().cloned()));
        let Ok(described) = described else { return findings };
        if let Some(sidecar) = self.source.sidecar.as_ref().filter(|_| self.wants("sidecar")) {
            note(whole("sidecar", "plugin.toml says what the plugins say", sidecar.difference(&described)));
        }
        for descriptor in &described {
            for check in CHECKS.iter().filter(|check| self.wants(check.name)) {
                note(timed((&descriptor.id, check.name, check.claim), || self.run(check, descriptor)));
            }
            for check in HOST_CHECKS.iter().filter(|check| self.wants(check.name)) {
                note(timed((&descriptor.id, check.name, check.claim), || (check.run)(self, descriptor)));
            }
        }
        findings
    }

    fn wants(&self, check: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == check)
    }

    fn describe(&self) -> Result<Vec<Descriptor>, String> {
        self.source.sha256().map_err(|error| error.to_string())?;
        match self.begin(1)?.answer(&Request::Describe {}) {
            Response::Described(descriptors) if descriptors.is_empty() => Err("it offers no plugins".to_string()),
            Response::Described(descriptors) => {
                let mut ids: Vec<&String> = descriptors.iter().map(|descriptor| &descriptor.id).collect();
                ids.sort();
                match ids.windows(2).find(|pair| pair[0] == pair[1]) {
                    Some(pair) => Err(format!("it offers two plugins `{}`", pair[0])),
                    None => Ok(descriptors),
                }
            }
            Response::Failed(cause) => Err(cause),
            other => Err(format!("asked to describe its plugins, it answers {other:?}")),
        }
    }

    /// One of the checks that every plugin's author can make too.
    fn run(&self, check: &Check, descriptor: &Descriptor) -> Result<(), String> {
        let conversation = self.begin(1)?;
        let answer = |request| conversation.answer_as_hosted(request, descriptor);
        (check.run)(&Subject::new(&answer, descriptor.clone()).with_seed(self.seed))
    }

    fn processes_agree(&self, descriptor: &Descriptor) -> Result<(), String> {
        let (one, other) = (self.sample(descriptor, 1)?, self.sample(descriptor, 1)?);
        if one == other { Ok(()) } else { Err("two processes answer the same requests differently".to_string()) }
    }

    /// A script is asked one thing after the other, so there is nothing to find.
    fn threads_agree(&self, descriptor: &Descriptor) -> Result<(), String> {
        let threads = if self.source.kind == Kind::Library { THREADS } else { 1 };
        self.sample(descriptor, threads).map(drop)
    }

    fn sample(&self, descriptor: &Descriptor, threads: usize) -> Result<Vec<u8>, String> {
        let conversation = self.begin(threads)?;
        let answer = |request| conversation.answer_as_hosted(request, descriptor);
        Subject::new(&answer, descriptor.clone()).sample()
    }

    fn ends(&self, _: &Descriptor) -> Result<(), String> {
        let conversation = self.begin(1)?;
        conversation.answer(&Request::Describe {});
        match conversation.process.into_inner().ends_when_asked(FAREWELL) {
            true => Ok(()),
            false => Err("it was still there a second after its standard input had ended".to_string()),
        }
    }

    fn begin(&self, threads: usize) -> Result<Conversation, String> {
        let (host, path, limits) = (self.host.clone(), self.source.path.clone(), self.source.limits());
        let process = Process::begin(&Start { host, path, limits, threads }).map_err(|error| error.to_string())?;
        let until = Instant::now() + Duration::from_secs(limits.seconds);
        Ok(Conversation { process: RefCell::new(process), until, seconds: limits.seconds })
    }
}

/// One process with a time limit on all that it is asked.
struct Conversation {
    process: RefCell<Process>,
    until: Instant,
    seconds: u64,
}

impl Conversation {
    /// The answer to a request whose settings are completed and judged first, as a host does: a plugin in any language
    /// may rely on that.
    fn answer_as_hosted(&self, mut request: Request, descriptor: &Descriptor) -> Response {
        if let Request::Transform { settings, .. } | Request::Score { settings, .. } = &mut request {
            match descriptor.resolve(settings) {
                Ok(resolved) => *settings = resolved,
                Err(error) => return Response::Failed(error.to_string()),
            }
        }
        self.answer(&request)
    }

    fn answer(&self, request: &Request) -> Response {
        if Instant::now() > self.until {
            return Response::Failed(format!("the check took longer than {} seconds", self.seconds));
        }
        let mut line = serde_json::to_vec(request).expect("requests are made of text, numbers and lists");
        line.push(b'\n');
        let answer = self.process.borrow_mut().ask(&line, &AtomicBool::new(false));
        answer.unwrap_or_else(|error: ProcessError| Response::Failed(error.to_string()))
    }
}

fn finding((plugin, check, claim): (&str, &'static str, &'static str), begun: Instant) -> Finding {
    Finding { plugin: plugin.to_string(), check, claim, fault: None, seconds: begun.elapsed().as_secs_f64() }
}

fn timed(name: (&str, &'static str, &'static str), run: impl FnOnce() -> Result<(), String>) -> Finding {
    let begun = Instant::now();
    let fault = run().err();
    Finding { fault, ..finding(name, begun) }
}
