//! The metrics: exact match in several strictnesses, ROUGE as Google computes it, BLEU and chrF as sacreBLEU does, the F1 of
//! SQuAD, format correctness, how a task's answers are spread over its labels, and the length of answers.

#![forbid(unsafe_code)]

mod bleu;
mod bleu_tokens;
mod chrf;
mod contains;
mod distribution;
mod exact_match;
mod exact_match_strict;
mod filters;
mod first_line;
mod format_correctness;
mod label_divergence;
mod label_entropy;
mod majority_share;
mod output_characters;
mod output_words;
mod porter;
mod python_text;
mod rouge;
mod rouge_1;
mod rouge_2;
mod rouge_l;
mod rouge_l_sum;
mod starts_with;
mod token_f1;

placebo_plugin_api::export_plugin! {
    metrics: [
        exact_match::ExactMatch,
        exact_match_strict::ExactMatchStrict,
        first_line::ExactMatchFirstLine,
        starts_with::StartsWith,
        contains::Contains,
        rouge_l::RougeL,
        rouge_1::Rouge1,
        rouge_2::Rouge2,
        rouge_l_sum::RougeLSum,
        token_f1::TokenF1,
        bleu::Bleu,
        chrf::ChrF,
        format_correctness::FormatCorrectness,
        label_entropy::LabelEntropy,
        label_divergence::LabelDivergence,
        majority_share::MajorityShare,
        output_words::OutputWords,
        output_characters::OutputCharacters,
    ]
}

/// A yes or no in percent.
fn percent(yes: bool) -> f64 {
    if yes { 100.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
