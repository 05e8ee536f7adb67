//! A text as sentences.

/// Words that end in a full stop though no sentence ends there.
const ABBREVIATIONS: [&str; 12] = ["e.g", "i.e", "eg", "ie", "vs", "cf", "mr", "mrs", "ms", "dr", "fig", "approx"];

/// The sentences of a text, each with the white space after it, so that put together they are the text.
///
/// A sentence ends at a line break, at `。`, `！` or `？`, and at `.`, `!`, `?` or `…` with the closing quotes and brackets
/// after it, where white space follows and no lower-case letter after that. A full stop after an abbreviation such as
/// "e.g." or after a number that begins its sentence ends none, and nothing does inside a short quotation.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        at += c.len_utf8();
        if let Some(end) = end_after(c, &text[start..at], &text[at..]) {
            let end = at + end;
            sentences.push(&text[start..end]);
            (start, at) = (end, end);
        }
    }
    sentences.extend((start < text.len()).then(|| &text[start..]));
    sentences
}

/// How many bytes of `after` belong to the sentence that ends with `c`, the last character of `sentence`, if it ends.
fn end_after(c: char, sentence: &str, after: &str) -> Option<usize> {
    let blanks = |text: &str| text.len() - text.trim_start().len();
    match c {
        '\n' if !sentence.trim().is_empty() => Some(blanks(after)),
        '。' | '！' | '？' => Some(blanks(after)),
        '.' | '!' | '?' | '…' => {
            let rest = after.trim_start_matches(|c| is_end(c) || is_closing(c));
            let skipped = after.len() - rest.len();
            let next = rest.trim_start().chars().next()?;
            let goes_on = next.is_lowercase() || c == '.' && is_point(sentence) || is_quoted(sentence, after, skipped);
            let ends = rest.starts_with(char::is_whitespace) && !goes_on;
            ends.then(|| skipped + blanks(rest))
        }
        _ => None,
    }
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '”' | '’' | '»' | '`')
}

/// Whether the full stop at the end belongs to an abbreviation or to the number of a list.
fn is_point(sentence: &str) -> bool {
    let bare = sentence.trim().trim_end_matches('.');
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or(bare).trim_start_matches(['(', '"', '\'', '[']);
    let numbers_a_list = last.len() == bare.len() && !last.is_empty() && last.chars().all(|c| c.is_ascii_digit());
    numbers_a_list || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

/// Further away than this, a quote does not belong to the one before.
const QUOTATION: usize = 60;

/// Whether the sentence, with the `closing` bytes that follow it, ends inside a short quotation of the same line.
fn is_quoted(sentence: &str, after: &str, closing: usize) -> bool {
    let is_quote = |c: &char| *c == '"';
    let open = sentence.chars().chain(after[..closing].chars()).filter(is_quote).count() % 2 == 1;
    open && after[closing..].chars().take(QUOTATION).take_while(|c| *c != '\n').any(|c| is_quote(&c))
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn put_together_they_are_the_text() {
        for text in crate::testing::awkward_texts() {
            assert_eq!(sentences(&text).concat(), text);
        }
    }

    #[test]
    fn ends_are_told_from_points() {
        let text = "Use 2.5 apples, e.g. Braeburn. Is it \"ripe?\" Say so (or not.) yes. 3 more!";
        let wanted = ["Use 2.5 apples, e.g. Braeburn. ", "Is it \"ripe?\" ", "Say so (or not.) yes. ", "3 more!"];
        assert_eq!(sentences(text), wanted);
    }

    #[test]
    fn a_line_is_a_sentence() {
        assert_eq!(sentences("1. Read it\n2. Judge it\n\nDone"), ["1. Read it\n", "2. Judge it\n\n", "Done"]);
    }

    #[test]
    fn east_asian_stops_need_no_blank() {
        assert_eq!(sentences("読む。書く！"), ["読む。", "書く！"]);
    }

    #[test]
    fn a_quotation_is_not_cut() {
        let text = "Use the form \"A : B. C : ?\" here. It is \"so.\" Or not.";
        assert_eq!(sentences(text), ["Use the form \"A : B. C : ?\" here. ", "It is \"so.\" ", "Or not."]);
    }

    #[test]
    fn one_label_letter_ends_a_sentence() {
        assert_eq!(sentences("Answer A or B. Be brief."), ["Answer A or B. ", "Be brief."]);
    }
}
