//! The manifest of a run: what it ran with.

use super::model::Opened;
use placebo_experiment::corpus::CorpusReport;
use placebo_experiment::plan::MetricPlan;
use placebo_experiment::plugin::{Plugin, PluginError, Registry};
use placebo_experiment::results::{Build, Manifest, PluginUse, host};
use placebo_experiment::run_spec::RunSpec;
use placebo_plugin_api::Settings;
use placebo_train::device;

/// The manifest of `spec`, scored with `metrics`; without a model it runs on no device.
///
/// # Errors
/// A plugin that is not loaded or does not take its settings.
pub fn manifest(
    spec: &RunSpec,
    metrics: &[MetricPlan],
    report: &CorpusReport,
    registry: &Registry,
    model: Option<&Opened>,
) -> anyhow::Result<Manifest> {
    Ok(Manifest {
        build: Build { version: env!("CARGO_PKG_VERSION").into(), commit: env!("PLACEBO_COMMIT").into() },
        device: device_name(model),
        host: host(),
        checkpoint: model.map(|model| model.checkpoint.display().to_string()).unwrap_or_default(),
        tasks: report.task_hashes.clone(),
        plugins: plugins(spec, metrics, registry)?,
        corpus: serde_json::to_value(report)?,
    })
}

/// What a record calls the device of a run.
pub fn device_name(model: Option<&Opened>) -> String {
    model.map_or_else(|| "none".into(), |model| device::name(&model.device))
}

fn plugins(spec: &RunSpec, metrics: &[MetricPlan], registry: &Registry) -> Result<Vec<PluginUse>, PluginError> {
    let used = |plugin: &Plugin, settings: &Settings| {
        Ok(PluginUse {
            id: plugin.id().into(),
            version: plugin.version().into(),
            sha256: plugin.sha256().into(),
            settings: registry.resolve_settings(plugin.id(), settings)?,
        })
    };
    let transforms = spec.condition.transforms.iter().map(|t| used(registry.transform(&t.id)?, &t.settings));
    let metrics = metrics.iter().map(|m| used(registry.metric(&m.id)?, &m.settings));
    transforms.chain(metrics).collect()
}
