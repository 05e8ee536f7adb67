//! The plugins that come with the program: found where it looks, true to their descriptions.

use placebo_experiment::plugin::Registry;
use placebo_plugin_api::{Case, PluginKind, ScoreItem, Settings, TaskKind, testing};

use crate::{item, library};

const SHIPPED: [&str; 66] = [
    "bleu",
    "chrf",
    "contains",
    "definition.dropped-sentence",
    "definition.empty",
    "definition.first-sentences",
    "definition.from-file",
    "definition.irrelevant-text",
    "definition.label-list",
    "definition.negated",
    "definition.of-another-task",
    "definition.original",
    "definition.random-words",
    "definition.sentence-order",
    "definition.shuffled",
    "definition.simplified",
    "exact-match",
    "exact-match-first-line",
    "exact-match-strict",
    "examples.delusive",
    "examples.empty",
    "examples.explanations",
    "examples.first",
    "examples.inputs-only",
    "examples.of-another-task",
    "examples.order",
    "examples.original",
    "examples.outputs-only",
    "examples.random-label",
    "examples.re-paired",
    "examples.wrong-label",
    "format-correctness",
    "format.order",
    "format.separators",
    "format.task-name",
    "format.template",
    "label-divergence",
    "label-entropy",
    "labels.neutral",
    "labels.permuted",
    "labels.shuffled-list",
    "majority-share",
    "output-characters",
    "output-words",
    "rouge-1",
    "rouge-2",
    "rouge-l",
    "rouge-l-sum",
    "starts-with",
    "targets.shuffled",
    "token-f1",
    "wording.case",
    "wording.content-words",
    "wording.contractions",
    "wording.deleted-words",
    "wording.dropped-letters",
    "wording.function-words",
    "wording.homoglyphs",
    "wording.inserted-letters",
    "wording.masked-content",
    "wording.repetition",
    "wording.swapped-letters",
    "wording.synonyms",
    "wording.typos",
    "wording.white-space",
    "wording.word-order",
];

#[test]
fn all_are_found_beside_the_executable_in_the_order_of_their_ids() {
    let registry = Registry::discover();
    assert_eq!(registry.refused(), []);
    let found: Vec<&str> = registry.plugins().iter().map(|plugin| plugin.id()).collect();
    assert!(found.is_sorted());
    assert_eq!(SHIPPED.iter().filter(|id| !found.contains(id)).count(), 0, "{found:?}");
}

#[test]
fn each_says_which_file_it_comes_from() {
    use sha2::{Digest, Sha256};
    let registry = Registry::discover();
    let plugin = registry.metric("rouge-l").unwrap();
    assert_eq!(plugin.library(), library("placebo_plugin_metrics").canonicalize().unwrap());
    let digest = Sha256::digest(std::fs::read(plugin.library()).unwrap());
    assert_eq!(plugin.sha256(), digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    assert_eq!(plugin.version(), env!("CARGO_PKG_VERSION"));
}

#[test]
fn worked_examples_hold_through_the_library() {
    let registry = Registry::discover();
    let folder = tempfile::tempdir().unwrap();
    for plugin in registry.plugins() {
        for example in &plugin.descriptor().examples {
            let settings = example.laid_out(folder.path()).unwrap();
            let holds = match &example.case {
                Case::Transform { item, result } => {
                    registry.apply(plugin.id(), &settings, vec![item.clone()]).unwrap() == [result.clone()]
                }
                Case::Score { item, result } => {
                    let score = registry.score(plugin.id(), &settings, std::slice::from_ref(item)).unwrap()[0];
                    (score - result).abs() <= 1e-9
                }
            };
            assert!(holds, "{}: {}", plugin.id(), example.title);
        }
    }
}

#[test]
fn each_is_documented_and_cites_its_precedent() {
    let registry = Registry::discover();
    for plugin in registry.plugins().iter().filter(|plugin| SHIPPED.contains(&plugin.id())) {
        let descriptor = plugin.descriptor();
        assert!(!descriptor.documentation.is_empty() && !descriptor.precedent.is_empty(), "{}", plugin.id());
    }
}

/// More items than a batch holds, so that order across batches and threads is seen.
#[test]
fn answers_come_in_the_order_of_the_items() {
    let registry = Registry::discover();
    let none = Settings::default();
    let items: Vec<_> = (0..1500).map(|place| item(&format!("task{place}"))).collect();
    let results = registry.apply("definition.empty", &none, items).unwrap();
    assert!(results.iter().enumerate().all(|(place, result)| result.instruction.task == format!("task{place}")));

    let prediction = |place: usize| if place.is_multiple_of(3) { "yes" } else { "no" };
    let items: Vec<ScoreItem> = (0..1500).map(|place| testing::score_item(prediction(place), &["yes"])).collect();
    let scores = registry.score("exact-match", &none, &items).unwrap();
    assert!(scores.iter().enumerate().all(|(place, score)| (*score == 100.0) == place.is_multiple_of(3)));
}

#[test]
fn no_items_are_no_work() {
    let registry = Registry::discover();
    assert_eq!(registry.apply("definition.empty", &Settings::default(), Vec::new()).unwrap(), []);
    assert_eq!(registry.score("rouge-l", &Settings::default(), &[]).unwrap(), Vec::<f64>::new());
}

#[test]
fn many_threads_may_ask_at_once() {
    let registry = Registry::discover();
    let ask = || registry.score("rouge-l", &Settings::default(), &[testing::score_item("a cat", &["a cat"])]).unwrap();
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        assert!(asked.into_iter().all(|asked| asked.join().unwrap() == [100.0]));
    });
}

#[test]
fn format_correctness_judges_classification_only() {
    let registry = Registry::discover();
    let judges = |id: &str, kind| registry.metric(id).unwrap().judges(kind);
    assert!(judges("format-correctness", TaskKind::Classification));
    assert!(!judges("format-correctness", TaskKind::Generation));
    assert!(judges("rouge-l", TaskKind::Generation));
    assert!(matches!(registry.metric("rouge-l").unwrap().descriptor().kind, PluginKind::Metric { .. }));
}
