//! The vocabulary of the grammars, one file per part of speech.

pub mod actions;
pub mod lists;
pub mod people;
pub mod qualities;
pub mod things;

/// The word or phrase with `a` or `an` before it.
pub fn with_article(phrase: &str) -> String {
    let article = if phrase.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {phrase}")
}

/// The text with its first letter in upper case.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_follow_the_first_letter() {
        assert_eq!(with_article("orange kite"), "an orange kite");
        assert_eq!(with_article("red kite"), "a red kite");
    }

    #[test]
    fn sentences_begin_in_upper_case() {
        assert_eq!(sentence_case("the end"), "The end");
        assert_eq!(sentence_case(""), "");
    }
}
