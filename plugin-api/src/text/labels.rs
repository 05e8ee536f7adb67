//! Where a text names a label.

use std::ops::Range;

/// A label as a definition names it: without blanks around it and full stops after it, unless it consists of full stops.
///
/// ```
/// use placebo_plugin_api::text::label_text;
/// assert_eq!([label_text(" Yes. "), label_text("...")], ["Yes", "..."]);
/// ```
pub fn label_text(label: &str) -> &str {
    let bare = label.trim().trim_end_matches('.').trim_end();
    if bare.is_empty() { label.trim() } else { bare }
}

/// The places where a text names this label, as byte ranges in their order, none within another.
///
/// A place is an occurrence as whole words, in upper or lower case; a label of a single character must have its case,
/// because "a" is also a word. Where a label stands in no such place, the words that contain it are taken instead, as
/// "supports" for the label `support`.
pub fn label_spans(text: &str, label: &str) -> Vec<Range<usize>> {
    let label = label_text(label);
    if label.is_empty() {
        return Vec::new();
    }
    let found = occurrences(text, label);
    let whole: Vec<_> = found.iter().filter(|range| widened(text, range) == **range).cloned().collect();
    if whole.is_empty() { apart(found.iter().map(|range| widened(text, range)).collect()) } else { apart(whole) }
}

/// Sorted, and those that overlap made one.
pub(super) fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn occurrences(text: &str, label: &str) -> Vec<Range<usize>> {
    let exact = label.chars().nth(1).is_none();
    let starts = text.char_indices().map(|(start, _)| start);
    starts.filter_map(|start| Some(start..start + matched(&text[start..], label, exact)?)).collect()
}

/// How many bytes of the text's beginning are the label, if they are.
fn matched(text: &str, label: &str, exact: bool) -> Option<usize> {
    let mut rest = text.chars();
    for wanted in label.chars() {
        let found = rest.next()?;
        if found != wanted && (exact || !found.to_lowercase().eq(wanted.to_lowercase())) {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
}

/// The range together with the words into which it cuts.
fn widened(text: &str, range: &Range<usize>) -> Range<usize> {
    let is_letter = |c: &char| c.is_alphanumeric();
    let inside = &text[range.clone()];
    let (mut start, mut end) = (range.start, range.end);
    if inside.chars().next().is_some_and(|c| is_letter(&c)) {
        start -= text[..start].chars().rev().take_while(is_letter).map(char::len_utf8).sum::<usize>();
    }
    if inside.chars().next_back().is_some_and(|c| is_letter(&c)) {
        end += text[end..].chars().take_while(is_letter).map(char::len_utf8).sum::<usize>();
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, label: &str) -> Vec<&'t str> {
        label_spans(text, label).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(found("No, nobody says no. (NO)", "no."), ["No", "no", "NO"]);
        assert_eq!(found("Not sure? not  sure", "not sure"), ["Not sure"]);
    }

    #[test]
    fn a_single_character_has_its_case() {
        assert_eq!(found("Answer A or B, not a guess.", "A"), ["A"]);
        assert_eq!(found("Answer 1 or 10.", "1"), ["1"]);
    }

    #[test]
    fn words_that_contain_it_where_it_does_not_stand_alone() {
        assert_eq!(found("Say whether it supports the claim.", "support"), ["supports"]);
        assert_eq!(found("support supports", "support"), ["support"]);
    }

    #[test]
    fn letters_beyond_ascii_are_folded_too() {
        assert_eq!(found("ÉCOLE, Straße", "école"), ["ÉCOLE"]);
        assert_eq!(found("日本語", "本"), ["日本語"]);
    }

    #[test]
    fn an_empty_label_is_nowhere() {
        assert_eq!(found("any text", " "), [""; 0]);
        assert_eq!(found("", "yes"), [""; 0]);
    }

    #[test]
    fn marks_are_labels_too() {
        assert_eq!(found("Replace ? or +.", "+"), ["+"]);
    }
}
