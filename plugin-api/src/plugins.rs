//! The plugins of one library, and how they answer the host's requests.

use crate::{
    Descriptor, Metric, PluginError, Request, Response, ScoreItem, Settings, Transform, TransformItem, Transformed,
};

/// The plugins of one library. [`export_plugin!`](crate::export_plugin) makes it.
pub struct Plugins {
    /// The version of the crate that exports them.
    pub version: &'static str,
    /// Its transforms.
    pub transforms: &'static [&'static dyn Transform],
    /// Its metrics.
    pub metrics: &'static [&'static dyn Metric],
}

impl Plugins {
    /// Answers one request. Settings are completed and judged here once more, so that a plugin never meets bad ones,
    /// whoever its host is.
    pub fn answer(&self, request: Request) -> Response {
        let response = match request {
            Request::Describe {} => Ok(Response::Described(self.describe())),
            Request::Transform { id, settings, items } => {
                self.transform(&id, &settings, items).map(Response::Transformed)
            }
            Request::Score { id, settings, items } => self.score(&id, &settings, &items).map(Response::Scored),
        };
        response.unwrap_or_else(|error| Response::Failed(error.to_string()))
    }

    /// The descriptors, with the crate's version where a plugin names none.
    pub fn describe(&self) -> Vec<Descriptor> {
        let transforms = self.transforms.iter().map(|transform| transform.descriptor());
        let metrics = self.metrics.iter().map(|metric| metric.descriptor());
        let mut descriptors: Vec<Descriptor> = transforms.chain(metrics).collect();
        for descriptor in descriptors.iter_mut().filter(|descriptor| descriptor.version.is_empty()) {
            descriptor.version = self.version.to_string();
        }
        descriptors
    }

    fn transform(
        &self,
        id: &str,
        settings: &Settings,
        items: Vec<TransformItem>,
    ) -> Result<Vec<Transformed>, PluginError> {
        let found = self.transforms.iter().map(|transform| (transform, transform.descriptor()));
        let (transform, descriptor) =
            found.into_iter().find(|(_, d)| d.id == id).ok_or_else(|| absent("transform", id))?;
        transform.apply_all(items, &resolve(&descriptor, settings)?)
    }

    fn score(&self, id: &str, settings: &Settings, items: &[ScoreItem]) -> Result<Vec<f64>, PluginError> {
        let found = self.metrics.iter().map(|metric| (metric, metric.descriptor()));
        let (metric, descriptor) = found.into_iter().find(|(_, d)| d.id == id).ok_or_else(|| absent("metric", id))?;
        let settings = resolve(&descriptor, settings)?;
        let scores = metric.score_all(items, &settings)?;
        items.iter().zip(&scores).try_for_each(|(item, score)| is_number(item, *score))?;
        Ok(scores)
    }
}

/// JSON has no infinity and no NaN, so such a score must be stopped on this side.
fn is_number(item: &ScoreItem, score: f64) -> Result<(), PluginError> {
    let place = || format!("instance `{}` of task `{}`", item.instance, item.task);
    if score.is_finite() { Ok(()) } else { Err(PluginError::new(format!("the score is {score}: {}", place()))) }
}

fn resolve(descriptor: &Descriptor, settings: &Settings) -> Result<Settings, PluginError> {
    descriptor.resolve(settings).map_err(|error| PluginError::new(error.to_string()))
}

fn absent(kind: &str, id: &str) -> PluginError {
    PluginError::new(format!("the library has no such {kind}: `{id}`"))
}
