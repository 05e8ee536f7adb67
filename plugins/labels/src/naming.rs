//! Where a text names which label, and the text with others named there.

use std::ops::Range;

use placebo_plugin_api::text::label_spans;

/// One place where a text names a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The bytes of the label itself, without the rest of a word that contains it.
    pub range: Range<usize>,
    /// The label's place in the list.
    pub label: usize,
}

/// The places where a text names one of these labels, in their order. Of labels that begin at one place the longest is
/// meant, and none is named inside another.
pub fn namings(text: &str, labels: &[&str]) -> Vec<Naming> {
    let of_label = |(label, name): (usize, &&str)| -> Vec<Naming> {
        let spans = label_spans(text, name).into_iter();
        spans.map(|span| Naming { range: narrowed(text, span, name), label }).collect()
    };
    let mut found: Vec<Naming> = labels.iter().enumerate().flat_map(of_label).collect();
    // Where two labels differ in case only, the one written there is meant.
    let written = |naming: &Naming| text[naming.range.clone()] != *labels[naming.label];
    found.sort_by_key(|naming| (naming.range.start, std::cmp::Reverse(naming.range.end), written(naming)));
    let mut end = 0;
    found.retain(|naming| {
        let free = naming.range.start >= end;
        end = if free { naming.range.end } else { end };
        free
    });
    found
}

/// The text with each naming replaced by what `name` gives for it: its number, itself, and what stands there.
pub fn renamed(text: &str, namings: &[Naming], name: impl Fn(usize, &Naming, &str) -> String) -> String {
    let mut renamed = String::new();
    let mut at = 0;
    for (number, naming) in namings.iter().enumerate() {
        renamed += &text[at..naming.range.start];
        renamed += &name(number, naming, &text[naming.range.clone()]);
        at = naming.range.end;
    }
    renamed + &text[at..]
}

/// The namings, each widened to the whole words into which it cuts; those that then overlap are one, of the first label.
pub fn whole_words(text: &str, namings: Vec<Naming>) -> Vec<Naming> {
    let is_letter = |c: &char| c.is_alphanumeric();
    let mut whole: Vec<Naming> = Vec::new();
    for mut naming in namings {
        let inside = &text[naming.range.clone()];
        let (before, after) = (&text[..naming.range.start], &text[naming.range.end..]);
        if inside.starts_with(char::is_alphanumeric) {
            naming.range.start -= before.chars().rev().take_while(is_letter).map(char::len_utf8).sum::<usize>();
        }
        if inside.ends_with(char::is_alphanumeric) {
            naming.range.end += after.chars().take_while(is_letter).map(char::len_utf8).sum::<usize>();
        }
        if whole.last().is_none_or(|last| last.range.end <= naming.range.start) {
            whole.push(naming);
        }
    }
    whole
}

/// The label's own bytes in a span that may be of the words around it.
fn narrowed(text: &str, span: Range<usize>, label: &str) -> Range<usize> {
    match text[span.clone()].find(label) {
        Some(start) => span.start + start..span.start + start + label.len(),
        None => span,
    }
}

/// The new label as the old one was written: where that differed in case from the label itself, in the case that it had.
pub fn written_as(old: &str, label: &str, new: &str) -> String {
    if old == label {
        return new.to_string();
    }
    let is_shouted = old.chars().count() > 1 && old == old.to_uppercase() && old != old.to_lowercase();
    let mut letters = new.chars();
    match letters.next() {
        Some(_) if is_shouted => new.to_uppercase(),
        Some(first) if old.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        Some(first) if old.starts_with(char::is_lowercase) => first.to_lowercase().chain(letters).collect(),
        _ => new.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named<'t>(text: &'t str, labels: &[&str]) -> Vec<(&'t str, usize)> {
        namings(text, labels).into_iter().map(|naming| (&text[naming.range], naming.label)).collect()
    }

    #[test]
    fn the_longest_label_is_meant() {
        let labels = ["plausible", "not plausible"];
        assert_eq!(named("Answer not plausible or Plausible.", &labels), [("not plausible", 1), ("Plausible", 0)]);
    }

    #[test]
    fn labels_that_differ_in_case_are_told_apart() {
        assert_eq!(named("he, He or HE", &["He", "he"]), [("he", 1), ("He", 0), ("HE", 0)]);
    }

    #[test]
    fn a_part_of_a_word_is_exchanged_for_a_part() {
        let text = "It supports or refutes it.";
        let labels = ["support", "refute"];
        let swapped = renamed(text, &namings(text, &labels), |_, naming, _| labels[1 - naming.label].to_string());
        assert_eq!(swapped, "It refutes or supports it.");
    }

    #[test]
    fn a_whole_word_is_taken_where_a_part_is_named() {
        let text = "It supports or refutes it.";
        let whole = whole_words(text, namings(text, &["support", "refute"]));
        let words: Vec<&str> = whole.into_iter().map(|naming| &text[naming.range]).collect();
        assert_eq!(words, ["supports", "refutes"]);
    }

    #[test]
    fn case_is_that_of_the_place() {
        let written = |old| written_as(old, "yes", "No");
        assert_eq!([written("yes"), written("Yes"), written("YES"), written("yES")], ["No", "No", "NO", "no"]);
    }
}
