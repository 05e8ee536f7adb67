//! The plugin under test, and the ways to ask it.

use super::probes;
use crate::{
    Descriptor, Part, PluginKind, Request, Response, ScoreItem, Settings, TransformItem, Transformed, WorkedExample,
};

/// One plugin of those behind an answering function.
pub struct Subject<'a> {
    answer: &'a dyn Fn(Request) -> Response,
    descriptor: Descriptor,
    seed: u64,
}

impl<'a> Subject<'a> {
    /// The plugin that `answer` describes as `descriptor`.
    pub fn new(answer: &'a dyn Fn(Request) -> Response, descriptor: Descriptor) -> Subject<'a> {
        Subject { answer, descriptor, seed: 0 }
    }

    /// The same, with another seed for the checks that draw settings.
    pub fn with_seed(self, seed: u64) -> Subject<'a> {
        Subject { seed, ..self }
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// What the plugin says about itself.
    pub fn descriptor(&self) -> &Descriptor {
        &self.descriptor
    }

    /// The plugin's id.
    pub fn id(&self) -> &str {
        &self.descriptor.id
    }

    /// What the plugin answers to everything that the checks try it on, as bytes: whoever asks it twice, from another
    /// thread or another process, must hear the same.
    ///
    /// # Errors
    /// It answers nothing, or something of another sort.
    pub fn sample(&self) -> Result<Vec<u8>, String> {
        let settings = self.settings()?;
        let bytes = if self.is_transform() {
            serde_json::to_vec(&self.transform(&settings, self.items(&[1, 2]))?)
        } else {
            serde_json::to_vec(&self.score(&settings, probes::generations())?)
        };
        bytes.map_err(|error| error.to_string())
    }

    pub(super) fn is_transform(&self) -> bool {
        matches!(self.descriptor.kind, PluginKind::Transform { .. })
    }

    /// Instructions of many shapes, each with each of these seeds; targets are shown, as a host does, to those who announce
    /// that they change them.
    pub(super) fn items(&self, seeds: &[u64]) -> Vec<TransformItem> {
        let mut items = probes::items(seeds);
        if !self.descriptor.touches(Part::Target) {
            items.iter_mut().for_each(|item| item.instruction.targets.clear());
        }
        items
    }

    /// Settings to work with: the defaults, or, where a setting has none, those of the first worked example that has
    /// what is needed.
    pub(super) fn settings(&self) -> Result<Settings, String> {
        if self.descriptor.resolve(&Settings::default()).is_ok() {
            return Ok(Settings::default());
        }
        let complete = |example: &&WorkedExample| self.descriptor.resolve(&example.settings).is_ok();
        let example = self.descriptor.examples.iter().find(complete);
        self.laid_out(example.ok_or("no worked example gives the settings that are needed")?)
    }

    /// The settings of a worked example, its files written where only this thread's checks look.
    pub(super) fn laid_out(&self, example: &WorkedExample) -> Result<Settings, String> {
        if example.files.is_empty() {
            return Ok(example.settings.clone());
        }
        let name = format!("placebo-{}-{:?}-{}", std::process::id(), std::thread::current().id(), self.id());
        let folder = std::env::temp_dir().join(name.replace(['(', ')'], ""));
        let settings = std::fs::create_dir_all(&folder).and_then(|()| example.laid_out(&folder));
        settings
            .map_err(|error| format!("a worked example's files cannot be written ({error}): `{}`", folder.display()))
    }

    pub(super) fn transform(&self, settings: &Settings, items: Vec<TransformItem>) -> Result<Vec<Transformed>, String> {
        let asked = items.len();
        match (self.answer)(Request::Transform { id: self.id().to_string(), settings: settings.clone(), items }) {
            Response::Transformed(results) => counted(asked, results),
            other => Err(unexpected(other)),
        }
    }

    pub(super) fn score(&self, settings: &Settings, items: Vec<ScoreItem>) -> Result<Vec<f64>, String> {
        let asked = items.len();
        match (self.answer)(Request::Score { id: self.id().to_string(), settings: settings.clone(), items }) {
            Response::Scored(scores) => counted(asked, scores),
            other => Err(unexpected(other)),
        }
    }
}

fn counted<T>(asked: usize, answers: Vec<T>) -> Result<Vec<T>, String> {
    if answers.len() == asked { Ok(answers) } else { Err(format!("{} answers to {asked} items", answers.len())) }
}

fn unexpected(response: Response) -> String {
    match response {
        Response::Failed(cause) => cause,
        other => format!("the answer is of another sort: {other:?}"),
    }
}
