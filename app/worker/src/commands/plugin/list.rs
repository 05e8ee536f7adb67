//! `placebo plugin` without a subcommand: what is loaded, from where, with settings and examples, and what was refused.

use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use crate::plugins::PluginOptions;
use anyhow::anyhow;
use placebo_experiment::plugin::{Plugin, Refusal, Registry};
use placebo_plugin_api::{Case, Example, Instruction, Setting, WorkedExample};
use serde_json::{Value, json};

/// What to list, and how.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Show these only.
    ids: Vec<String>,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    plugins: PluginOptions,
}

/// Prints the list; what was found but cannot be used makes it a failure.
pub fn execute(args: &Args) -> Ending {
    let registry = args.plugins.search(&[]).load();
    let chosen = choose(&registry, &args.ids).or_usage()?;
    if args.json {
        let plugins: Vec<_> = chosen.into_iter().map(to_json).collect();
        let refused: Vec<_> = registry.refused().iter().map(refusal_to_json).collect();
        output::json(&json!({ "plugins": plugins, "refused": refused, "searched": registry.searched() }))?;
    } else {
        let texts: Vec<_> = chosen.into_iter().map(describe).collect();
        output::line(texts.join("\n\n"))?;
    }
    if registry.plugins().is_empty() {
        let places: Vec<_> = registry.searched().iter().map(|place| format!("`{}`", place.display())).collect();
        eprintln!("no plugins were found; searched: {}", places.join(", "));
    }
    for refusal in registry.refused() {
        eprintln!("refused: {}: `{}`", refusal.reason, refusal.path.display());
    }
    Ok(if registry.refused().is_empty() { Outcome::Done } else { Outcome::Failed })
}

fn choose<'r>(registry: &'r Registry, ids: &[String]) -> anyhow::Result<Vec<&'r Plugin>> {
    if ids.is_empty() {
        return Ok(registry.plugins().iter().collect());
    }
    let find = |id: &String| registry.plugins().iter().find(|plugin| plugin.id() == id);
    ids.iter().map(|id| find(id).ok_or_else(|| anyhow!("no such plugin; `placebo plugin` lists all: `{id}`"))).collect()
}

fn to_json(plugin: &Plugin) -> Value {
    let mut value = json!(plugin.descriptor());
    value["library"] = json!(plugin.library());
    value["sha256"] = json!(plugin.sha256());
    value
}

fn refusal_to_json(refusal: &Refusal) -> Value {
    json!({ "path": refusal.path, "reason": refusal.reason })
}

fn describe(plugin: &Plugin) -> String {
    let descriptor = plugin.descriptor();
    let kind = if descriptor.is_metric() { "metric" } else { "transform" };
    let mut lines = vec![
        format!("{} {} ({kind})", plugin.id(), plugin.version()),
        format!("  {}", descriptor.summary),
        format!(
            "  from {}{}",
            plugin.library().display(),
            if plugin.is_foreign() { ", in a process of its own" } else { "" }
        ),
    ];
    lines.extend(descriptor.settings.iter().map(describe_setting));
    lines.extend(descriptor.examples.iter().flat_map(describe_example));
    lines.join("\n")
}

fn describe_setting(setting: &Setting) -> String {
    let default = setting.default.as_ref().map_or("needed".into(), |value| format!("default {value}"));
    format!("  setting {}: {}; {}, {default}", setting.name, setting.help, setting.wanted())
}

fn describe_example(example: &WorkedExample) -> Vec<String> {
    let settings = example.settings.0.iter().map(|(name, value)| format!(" [{name} = {value}]")).collect::<String>();
    let mut lines = vec![format!("  example: {}{settings}", example.title)];
    match &example.case {
        Case::Transform { item, result } => {
            lines.extend(describe_change(&item.instruction, &result.instruction));
            lines.extend(result.notes.iter().map(|note| format!("    note: {note}")));
        }
        Case::Score { item, result } => {
            lines.push(format!("    {:?} against {:?} scores {result}", item.prediction, item.references));
        }
    }
    lines
}

fn describe_change(before: &Instruction, after: &Instruction) -> Vec<String> {
    let mut lines = Vec::new();
    if before.definition != after.definition {
        lines.push(format!("    definition {:?} becomes {:?}", before.definition, after.definition));
    }
    let (old, new) = (pairs(&before.positive_examples), pairs(&after.positive_examples));
    if old != new {
        lines.push(format!("    examples {old} become {new}"));
    }
    lines
}

fn pairs(examples: &[Example]) -> String {
    let pairs = examples.iter().map(|example| format!("{:?} → {:?}", example.input, example.output));
    format!("[{}]", pairs.collect::<Vec<_>>().join(", "))
}
