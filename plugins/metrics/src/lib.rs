//! The study's metrics: exact match in two strictnesses, ROUGE as Google computes it, and format correctness.

#![forbid(unsafe_code)]

mod exact_match;
mod exact_match_strict;
mod format_correctness;
mod porter;
mod python_text;
mod rouge;
mod rouge_1;
mod rouge_l;

placebo_plugin_api::export_plugin! {
    metrics: [
        exact_match::ExactMatch,
        exact_match_strict::ExactMatchStrict,
        rouge_l::RougeL,
        rouge_1::Rouge1,
        format_correctness::FormatCorrectness,
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
