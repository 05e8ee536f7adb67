//! `bleu`: n-grams of words in common, with a penalty for brevity.

use std::collections::BTreeMap;

use placebo_plugin_api::{
    Descriptor, Metric, PluginError, Scale, ScoreItem, Setting, Settings, WorkedExample, testing::score_item,
};

use crate::bleu_tokens::{TOKENIZERS, tokens};
use crate::filters::{self, filtered};

/// Sentence BLEU as sacreBLEU computes it.
pub struct Bleu;

const DOCUMENTATION: &str = "\
The geometric mean of the shares of the prediction's n-grams of one to four words that stand in some reference, times a penalty \
where the prediction is shorter than the reference nearest to it in length, in percent. An order of which nothing is in common \
counts as half of one n-gram, the next as a quarter, and so on; orders longer than the prediction do not count; 0 where no single \
word is in common.

Equal to sacreBLEU's `sentence_bleu` (effective order, exponential smoothing) with all references. Means over instances are means \
of sentence BLEU, not the BLEU of a corpus.

`tokenizer` says what a word is: sacreBLEU's `13a` (the usual one), `intl` (also punctuation and symbols of other scripts), `char` \
(each character, for scripts without blanks) or `none` (what white space parts).";

const ORDERS: usize = 4;

impl Metric for Bleu {
    fn descriptor(&self) -> Descriptor {
        let by_characters = Settings::from([("tokenizer", "char".into())]);
        Descriptor {
            documentation: filters::documented(DOCUMENTATION),
            precedent: "Papineni et al., BLEU: a Method for Automatic Evaluation of Machine Translation, ACL 2002; Post, A Call for \
                        Clarity in Reporting BLEU Scores, WMT 2018 (sacreBLEU)"
                .to_string(),
            settings: filters::after(vec![Setting::choice("tokenizer", &TOKENIZERS, "what a word is")]),
            examples: vec![
                WorkedExample::score("Two words of two", score_item("the cat", &["the cat"]), 100.0),
                WorkedExample::score("Too short", score_item("the cat", &["the cat sat on"]), 100.0 * (-1f64).exp()),
                WorkedExample::score("By characters", score_item("日本", &["日本"]), 100.0).with(by_characters),
            ],
            ..Descriptor::metric("bleu", "BLEU of one sentence, as in sacreBLEU", Scale::percent())
        }
    }

    fn score(&self, item: &ScoreItem, settings: &Settings) -> Result<f64, PluginError> {
        let (item, tokenizer) = (filtered(item, settings)?, settings.text("tokenizer")?);
        let references: Vec<Vec<String>> = item.references.iter().map(|text| tokens(text, tokenizer)).collect();
        Ok(bleu(&tokens(&item.prediction, tokenizer), &references))
    }
}

fn bleu(prediction: &[String], references: &[Vec<String>]) -> f64 {
    let Some(nearest) = nearest_length(prediction.len(), references) else { return 0.0 };
    let (mut smoothing, mut logarithms, mut orders) = (1.0, 0.0, 0.0);
    for order in 1..=ORDERS.min(prediction.len()) {
        let total = (prediction.len() + 1 - order) as f64;
        let found = in_references(prediction, references, order) as f64;
        if found == 0.0 && order == 1 {
            return 0.0;
        }
        if found == 0.0 {
            smoothing *= 2.0;
        }
        let precision = if found == 0.0 { 100.0 / (smoothing * total) } else { 100.0 * found / total };
        logarithms += f64::ln(precision);
        orders += 1.0;
    }
    let brevity = if prediction.len() < nearest { (1.0 - nearest as f64 / prediction.len() as f64).exp() } else { 1.0 };
    if orders == 0.0 { 0.0 } else { (brevity * (logarithms / orders).exp()).min(100.0) }
}

/// The length of the reference nearest in length, of two the shorter; none where there are no references.
fn nearest_length(length: usize, references: &[Vec<String>]) -> Option<usize> {
    references.iter().map(Vec::len).min_by_key(|other| (length.abs_diff(*other), *other))
}

/// How many n-grams of the prediction stand in a reference, each as often as in the reference that has most of it.
fn in_references(prediction: &[String], references: &[Vec<String>], order: usize) -> usize {
    let mut most: BTreeMap<&[String], usize> = BTreeMap::new();
    for reference in references {
        for (gram, count) in counted(reference, order) {
            let known = most.entry(gram).or_default();
            *known = count.max(*known);
        }
    }
    let clipped = |(gram, count): (&[String], usize)| count.min(most.get(gram).copied().unwrap_or_default());
    counted(prediction, order).into_iter().map(clipped).sum()
}

fn counted(tokens: &[String], order: usize) -> BTreeMap<&[String], usize> {
    let mut counts = BTreeMap::new();
    for gram in tokens.windows(order) {
        *counts.entry(gram).or_default() += 1;
    }
    counts
}
