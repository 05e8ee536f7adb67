//! What is done to an answer before it is scored, the same for every metric of text.

use std::borrow::Cow;
use std::cell::RefCell;

use placebo_plugin_api::{PluginError, ScoreItem, Setting, Settings};
use regex::Regex;

use crate::python_text;

/// The settings of the filters, for the end of a metric's own.
pub fn settings() -> Vec<Setting> {
    vec![
        Setting::text(
            "extract",
            "",
            "a regular expression: what its first group matches, or all of it where it has none, is scored; empty for none",
        ),
        Setting::bool("first_line", false, "whether only the first line of the answer that is not blank is scored"),
        Setting::bool("strip", false, "whether white space at either end of the answer is left out"),
        Setting::bool("lower_case", false, "whether answer, references and labels are compared in lower case"),
    ]
}

/// The settings of a metric that has some of its own.
pub fn after(own: Vec<Setting>) -> Vec<Setting> {
    own.into_iter().chain(settings()).collect()
}

/// Said in the documentation of every metric that has the filters.
pub const DOCUMENTATION: &str = "\
Before scoring, the answer can be filtered, in this order: `extract` keeps what a regular expression finds first (nothing where \
it finds nothing), `first_line` the first line that is not blank, `strip` takes blanks off its ends, `lower_case` folds case on \
both sides.";

/// What it does, and that it can filter.
pub fn documented(what: &str) -> String {
    format!("{what}\n\n{DOCUMENTATION}")
}

/// The item with its answer filtered.
pub fn filtered<'i>(item: &'i ScoreItem, settings: &Settings) -> Result<Cow<'i, ScoreItem>, PluginError> {
    let (pattern, first_line) = (settings.text("extract")?, settings.bool("first_line")?);
    let (strip, lower_case) = (settings.bool("strip")?, settings.bool("lower_case")?);
    if pattern.is_empty() && !first_line && !strip && !lower_case {
        return Ok(Cow::Borrowed(item));
    }
    let mut item = item.clone();
    if !pattern.is_empty() {
        item.prediction = extracted(&item.prediction, pattern)?;
    }
    if first_line {
        item.prediction = first_line_of(&item.prediction).to_string();
    }
    if strip {
        item.prediction = python_text::strip(&item.prediction).to_string();
    }
    if lower_case {
        fold_case(&mut item);
    }
    Ok(Cow::Owned(item))
}

/// The first line that is not blank, or nothing.
pub fn first_line_of(text: &str) -> &str {
    text.lines().find(|line| !python_text::strip(line).is_empty()).unwrap_or_default()
}

fn fold_case(item: &mut ScoreItem) {
    item.prediction = item.prediction.to_lowercase();
    for text in item.references.iter_mut().chain(&mut item.labels) {
        *text = text.to_lowercase();
    }
}

fn extracted(text: &str, pattern: &str) -> Result<String, PluginError> {
    thread_local! {
        /// The expression asked for last, because compiling it costs more than using it.
        static COMPILED: RefCell<Option<Regex>> = const { RefCell::new(None) };
    }
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.as_ref().is_none_or(|known| known.as_str() != pattern) {
            *compiled = Some(Regex::new(pattern).map_err(|error| unreadable(pattern, &error))?);
        }
        let found = compiled.as_ref().and_then(|expression| expression.captures(text));
        let part = found.and_then(|found| found.get(1).or(found.get(0)));
        Ok(part.map(|part| part.as_str().to_string()).unwrap_or_default())
    })
}

fn unreadable(pattern: &str, error: &regex::Error) -> PluginError {
    let cause = error.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").to_string();
    PluginError::new(format!("no regular expression ({cause}), setting `extract`: `{pattern}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use placebo_plugin_api::testing::score_item;

    fn given(extract: &str, first_line: bool, strip: bool, lower_case: bool) -> Settings {
        Settings::from([
            ("extract", extract.into()),
            ("first_line", first_line.into()),
            ("strip", strip.into()),
            ("lower_case", lower_case.into()),
        ])
    }

    fn prediction(text: &str, settings: &Settings) -> String {
        filtered(&score_item(text, &[]), settings).unwrap().prediction.clone()
    }

    #[test]
    fn without_filters_nothing_is_copied() {
        assert!(matches!(filtered(&score_item("a", &[]), &given("", false, false, false)).unwrap(), Cow::Borrowed(_)));
    }

    #[test]
    fn the_group_is_extracted_or_the_whole_or_nothing() {
        let of = |pattern: &str| prediction("I say: Yes. No", &given(pattern, false, false, false));
        assert_eq!([of(r"say: (\w+)"), of("Y.s"), of("maybe"), of("(x)?No")], ["Yes", "Yes", "", "No"]);
    }

    #[test]
    fn filters_follow_their_order() {
        let settings = given(r"(?s)A:(.*)", true, true, true);
        assert_eq!(prediction("Q: ?\nA: \n  The Cat \nthe dog", &settings), "the cat");
    }

    #[test]
    fn case_is_folded_on_both_sides() {
        let item = filtered(&score_item("YES", &["Yes"]), &given("", false, false, true)).unwrap().into_owned();
        assert_eq!((item.prediction.as_str(), item.references), ("yes", vec!["yes".to_string()]));
    }

    #[test]
    fn a_bad_expression_is_named() {
        let error = filtered(&score_item("a", &[]), &given("(", false, false, false)).unwrap_err().to_string();
        assert_eq!(error, "no regular expression (unclosed group), setting `extract`: `(`");
    }
}
