//! What a transform of words must leave alone.

use std::ops::Range;

use super::labels::{apart, label_spans};

/// Longer than this, what stands between two marks is a passage, not a placeholder.
const PLACEHOLDER: usize = 40;

/// The byte ranges of a text that a transform leaves alone unless it is about them: the places where it names a label
/// (see [`label_spans`]), and placeholders: what stands in backticks, braces or angle brackets, if it is short and on one
/// line. Sorted and apart from each other.
///
/// [`Instruction::protected`](crate::Instruction::protected) gives them for a task's own labels.
pub fn protected(text: &str, labels: &[String]) -> Vec<Range<usize>> {
    let named = labels.iter().flat_map(|label| label_spans(text, label));
    let held = [('`', '`'), ('{', '}'), ('<', '>')].into_iter().flat_map(|marks| placeholders(text, marks));
    apart(named.chain(held).collect())
}

fn placeholders(text: &str, (open, close): (char, char)) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let inside = &text[start + 1..];
        match inside.find(close).filter(|end| is_short(&inside[..*end])) {
            Some(end) => {
                found.push(start..start + end + 2);
                at = start + end + 2;
            }
            None => at = start + 1,
        }
    }
    found
}

fn is_short(inside: &str) -> bool {
    !inside.trim().is_empty() && inside.chars().count() <= PLACEHOLDER && !inside.contains('\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, labels: &[&str]) -> Vec<&'t str> {
        let labels: Vec<String> = labels.iter().map(|label| label.to_string()).collect();
        protected(text, &labels).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn labels_and_placeholders_in_their_order() {
        let text = "Fill <name> in, then answer `yes` or no for {input}.";
        assert_eq!(found(text, &["no", "yes"]), ["<name>", "`yes`", "no", "{input}"]);
    }

    #[test]
    fn what_overlaps_is_one() {
        assert_eq!(found("not entailed at all", &["entailed", "not entailed"]), ["not entailed"]);
    }

    #[test]
    fn comparison_signs_are_no_brackets() {
        assert_eq!(found("a < b", &[]), [""; 0]);
        assert_eq!(found(&format!("<{}>", "long ".repeat(20)), &[]), [""; 0]);
        assert_eq!(found("<>, {\n}", &[]), [""; 0]);
    }
}
