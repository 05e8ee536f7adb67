//! Words as sacreBLEU's tokenizers cut them.

use std::sync::LazyLock;

use regex::Regex;

use crate::python_text::is_blank;

/// The names of the tokenizers, the usual one first.
pub const TOKENIZERS: [&str; 4] = ["13a", "intl", "char", "none"];

/// The words of a text; white space after it never counts.
pub fn tokens(text: &str, tokenizer: &str) -> Vec<String> {
    let text = text.trim_end_matches(is_blank);
    match tokenizer {
        "13a" => words(&western(text)),
        "intl" => words(&spaced(text, &INTERNATIONAL)),
        "char" => text.chars().filter(|c| !is_blank(*c)).map(String::from).collect(),
        _ => words(text),
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(is_blank).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

/// As `mteval-v13a.pl` does: hyphenated line ends joined, entities read, ASCII punctuation set apart, points and commas
/// unless between digits, dashes after a digit.
fn western(text: &str) -> String {
    let text = text.replace("<skipped>", "").replace("-\n", "").replace('\n', " ");
    let text = text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    spaced(&format!(" {text} "), &WESTERN)
}

fn spaced(text: &str, rules: &[(Regex, &str)]) -> String {
    rules.iter().fold(text.to_string(), |text, (found, by)| found.replace_all(&text, *by).into_owned())
}

/// Expressions and what takes the place of their matches, one after the other.
type Rules = LazyLock<Vec<(Regex, &'static str)>>;

static WESTERN: Rules = LazyLock::new(|| {
    rules([
        (r"([{-~\[-\x60 -&(-+:-@/])", " $1 "),
        (r"([^0-9])([.,])", "$1 $2 "),
        (r"([.,])([^0-9])", " $1 $2"),
        (r"([0-9])(-)", "$1 $2 "),
    ])
});

/// As `mteval-v14.pl` does with its international option.
static INTERNATIONAL: Rules =
    LazyLock::new(|| rules([(r"(\P{N})(\p{P})", "$1 $2 "), (r"(\p{P})(\P{N})", " $1 $2"), (r"(\p{S})", " $1 ")]));

fn rules<const N: usize>(rules: [(&str, &'static str); N]) -> Vec<(Regex, &'static str)> {
    rules.map(|(found, by)| (Regex::new(found).expect("the expressions are well formed"), by)).into()
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn western_punctuation_is_set_apart_but_not_in_numbers() {
        let wanted = ["He", "paid", "$", "1,000.50", ",", "didn't", "he", "?", "(", "re-do", "3", "-", "4", ")"];
        assert_eq!(tokens("He paid $1,000.50, didn't he? (re-do 3-4)", "13a"), wanted);
        assert_eq!(tokens("&quot;a&amp;b&quot;\n", "13a"), ["\"", "a", "&", "b", "\""]);
    }

    #[test]
    fn other_tokenizers() {
        assert_eq!(tokens("«oui», 1,5€", "intl"), ["«", "oui", "»", ",", "1,5", "€"]);
        assert_eq!(tokens("日 本a ", "char"), ["日", "本", "a"]);
        assert_eq!(tokens(" a,b  c\u{1F}", "none"), ["a,b", "c"]);
    }
}
