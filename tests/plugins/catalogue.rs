//! The catalogue in `plugins/README.md`: written from the descriptors of the shipped plugins, and current.

use std::fmt::Write;
use std::path::Path;

use placebo_experiment::plugin::{Plugin, Registry};
use placebo_plugin_api::{
    Case, Descriptor, Direction, Example, Instruction, MetricScope, Part, PluginKind, PromptForm, Scope, Setting,
    Settings, Target, TaskKind, WorkedExample,
};

const INTRODUCTION: &str = "\
# The plugins that come with Placebo

Made from the plugins' own descriptions: `PLACEBO_WRITE_CATALOGUE=1 cargo test --release -p placebo-tests --test plugins \
catalogue` writes this page anew, and a test says when it must be. `placebo plugins ID` shows the same in a terminal, and \
[plugin-api](../plugin-api/README.md) how to write one more.
";

/// The libraries in the order of the page, with what each holds.
const LIBRARIES: [(&str, &str); 6] = [
    ("definition", "Definitions"),
    ("wording", "Wording"),
    ("examples", "Examples"),
    ("labels", "Labels and targets"),
    ("format", "Format"),
    ("metrics", "Metrics"),
];

#[test]
fn catalogue_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins/README.md");
    let catalogue = catalogue();
    if std::env::var_os("PLACEBO_WRITE_CATALOGUE").is_some() {
        std::fs::write(&path, &catalogue).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == catalogue, "plugins/README.md is not current; its first lines say how to write it anew");
}

fn catalogue() -> String {
    let registry = Registry::discover();
    let mut page = INTRODUCTION.to_string();
    for (library, title) in LIBRARIES {
        let of_library = |plugin: &&Plugin| {
            let file = plugin.library().file_stem().unwrap_or_default().to_string_lossy();
            file.ends_with(&format!("placebo_plugin_{library}"))
        };
        let plugins: Vec<&Descriptor> = registry.plugins().iter().filter(of_library).map(Plugin::descriptor).collect();
        assert!(!plugins.is_empty(), "the library {library} was not found");
        writeln!(page, "\n## {title}\n\n| plugin | what it does |\n|---|---|").unwrap();
        for plugin in &plugins {
            writeln!(page, "| [`{}`](#{}) | {} |", plugin.id, anchor(&plugin.id), plugin.summary).unwrap();
        }
        plugins.iter().for_each(|plugin| page += &section(plugin));
    }
    page
}

/// The fragment that a heading of this id has on the usual hosts.
fn anchor(id: &str) -> String {
    id.replace('.', "")
}

fn section(plugin: &Descriptor) -> String {
    let mut text = format!("\n### `{}`\n\n{}\n\n{}\n", plugin.id, plugin.documentation.trim(), kind(&plugin.kind));
    if !plugin.settings.is_empty() {
        text += "\n| setting | values | default | |\n|---|---|---|---|\n";
        plugin.settings.iter().for_each(|setting| text += &row(setting));
    }
    plugin.examples.iter().for_each(|example| text += &shown(example));
    text + &format!("\nPrecedent: {}.\n", plugin.precedent.trim_end_matches('.'))
}

fn kind(kind: &PluginKind) -> String {
    match kind {
        PluginKind::Transform { touches, scope, random, keeps_labels } => {
            let parts: Vec<&str> = touches.iter().map(part).collect();
            let changes = if parts.is_empty() {
                "Changes nothing".to_string()
            } else {
                format!("Changes {}", parts.join(" and "))
            };
            let more = [
                (*random, "random"),
                (*keeps_labels, "keeps label words"),
                (*scope == Scope::AllTasks, "sees all tasks"),
            ];
            let more: String = more.iter().filter(|(holds, _)| *holds).map(|(_, what)| format!(" · {what}")).collect();
            changes + &more
        }
        PluginKind::Metric { scale, kinds, scope } => {
            let direction = match scale.direction {
                Direction::HigherIsBetter => "higher is better",
                Direction::LowerIsBetter => "lower is better",
                Direction::Neutral => "neither more nor less is better",
            };
            let maximum = scale.maximum.map_or("no upper end".to_string(), |maximum| format!("{maximum}"));
            let only = if kinds == &[TaskKind::Classification] { " · classification tasks only" } else { "" };
            let all = if *scope == MetricScope::OneTask { " · sees all answers to a task" } else { "" };
            format!("In {} from {} to {maximum} · {direction}{only}{all}", scale.unit, scale.minimum)
        }
    }
}

fn part(part: &Part) -> &'static str {
    match part {
        Part::Definition => "the definition",
        Part::Examples => "examples",
        Part::Target => "targets",
        Part::OutputSpace => "labels",
        Part::Format => "the form of the prompt",
    }
}

fn row(setting: &Setting) -> String {
    let default = setting.default.as_ref().map_or("needed".to_string(), |value| code(&value.to_string()));
    let (wanted, help) = (in_table(&setting.wanted()), in_table(&setting.help));
    format!("| `{}` | {wanted} | {} | {help} |\n", setting.name, in_table(&default))
}

fn in_table(text: &str) -> String {
    text.replace('|', "\\|")
}

fn shown(example: &WorkedExample) -> String {
    let title = if example.settings.is_empty() {
        example.title.clone()
    } else {
        format!("{}, with {}", example.title, given(&example.settings))
    };
    let case = match &example.case {
        Case::Transform { item, result } => {
            let mut text = format!("{}\n→ {}", told(&item.instruction), told(&result.instruction));
            result.notes.iter().for_each(|note| text += &format!("\nnote: {note}"));
            text
        }
        Case::Score { item, result } => {
            let references: Vec<String> = item.references.iter().map(|text| format!("{text:?}")).collect();
            format!(
                "{:?} for {} → {result}",
                item.prediction,
                if references.is_empty() { "nothing".to_string() } else { references.join(" or ") }
            )
        }
    };
    let files: String = example.files.iter().map(|(name, content)| format!("{name}: {content:?}\n")).collect();
    format!("\n{title}:\n```text\n{files}{case}\n```\n")
}

fn given(settings: &Settings) -> String {
    let each: Vec<String> = settings.0.iter().map(|(name, value)| code(&format!("{name} = {value}"))).collect();
    each.join(", ")
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// What an instruction says, its definition quoted so that blanks are seen.
fn told(instruction: &Instruction) -> String {
    let mut parts = Vec::new();
    if !instruction.definition.is_empty() || instruction.positive_examples.is_empty() {
        parts.push(format!("{:?}", instruction.definition));
    }
    let example = |example: &Example| {
        let why =
            if example.explanation.is_empty() { String::new() } else { format!(" because {:?}", example.explanation) };
        format!("{:?}: {:?}{why}", example.input, example.output)
    };
    parts.extend(instruction.positive_examples.iter().map(example));
    parts.extend(instruction.negative_examples.iter().map(|wrong| format!("not {}", example(wrong))));
    parts.extend(instruction.targets.iter().map(target));
    parts.extend(instruction.form.as_ref().map(form));
    parts.join("; ")
}

fn target(target: &Target) -> String {
    let outputs: Vec<String> = target.outputs.iter().map(|output| format!("{output:?}")).collect();
    format!("target of {:?}: {}", target.input, outputs.join(" or "))
}

/// What a form says otherwise than the usual one.
fn form(form: &PromptForm) -> String {
    let fields = |form: &PromptForm| serde_json::to_value(form).unwrap().as_object().unwrap().clone();
    let usual = fields(&PromptForm::default());
    let others = fields(form).into_iter().filter(|(name, value)| usual[name] != *value);
    others.map(|(name, value)| format!("\n{name} {value}")).collect()
}
