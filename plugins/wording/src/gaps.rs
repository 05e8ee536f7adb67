//! A text without some of its words, and without the gaps that they would leave.

use placebo_plugin_api::text::{Piece, PieceKind};

/// The text without the words at which `is_gone` points. The gaps around them become one, in which white space, empty
/// quotes and brackets, and marks that would follow another mark are not kept.
pub fn without(pieces: &[Piece<'_>], is_gone: impl Fn(usize, &Piece<'_>) -> bool) -> String {
    let mut text = String::new();
    let (mut gap, mut grown) = (String::new(), false);
    for (place, piece) in pieces.iter().enumerate() {
        if is_gone(place, piece) {
            grown = true;
        } else if piece.kind == PieceKind::Between {
            gap += piece.text;
        } else {
            let between = std::mem::take(&mut gap);
            text += &if grown { closed(&between, text.is_empty()) } else { between };
            text += piece.text;
            grown = false;
        }
    }
    text += &if grown { closed(&gap, text.is_empty()).trim_end().to_string() } else { gap };
    text
}

/// What remains of gaps between which words are gone; at the beginning of a text neither white space nor closing marks.
fn closed(gap: &str, at_beginning: bool) -> String {
    let mut kept = String::new();
    let mut blanks = String::new();
    for c in gap.chars() {
        let last = kept.chars().next_back();
        if c.is_whitespace() {
            blanks.push(c);
        } else if last.is_some_and(|open| encloses(open, c)) && (is_shutting(c) || opens(&kept, at_beginning)) {
            kept.pop();
            blanks = kept.split_off(kept.trim_end().len()) + &blanks;
        } else if !is_mark(c) || !last.map_or(at_beginning, is_mark) {
            if !is_mark(c) && !is_shutting(c) && !last.map_or(at_beginning, is_opening) {
                kept += one_blank(&blanks);
            }
            blanks.clear();
            kept.push(c);
        }
    }
    if !kept.chars().next_back().map_or(at_beginning, is_opening) {
        kept += one_blank(&blanks);
    }
    kept
}

/// Whether the quote at the end opens: straight quotes look the same at both ends, but a blank stands before one that opens.
fn opens(kept: &str, at_beginning: bool) -> bool {
    let before = kept.chars().rev().nth(1);
    before.map_or(at_beginning, |before| before.is_whitespace() || is_opening(before))
}

/// A run of white space as one: a line break if there is one in it.
fn one_blank(blanks: &str) -> &'static str {
    match blanks {
        "" => "",
        blanks if blanks.contains('\n') => "\n",
        _ => " ",
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?')
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«')
}

fn is_shutting(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '”' | '’' | '»')
}

fn encloses(open: char, shut: char) -> bool {
    let pairs = [('(', ')'), ('[', ']'), ('{', '}'), ('“', '”'), ('‘', '’'), ('«', '»'), ('"', '"'), ('\'', '\'')];
    pairs.contains(&(open, shut))
}

#[cfg(test)]
mod tests {
    use super::without;
    use placebo_plugin_api::text::pieces;

    /// The text without its words in upper case.
    fn rest(text: &str) -> String {
        without(&pieces(text, &[]), |_, piece| piece.is_word() && piece.text.chars().all(char::is_uppercase))
    }

    #[test]
    fn one_blank_remains_between_words() {
        assert_eq!(rest("one TWO three"), "one three");
        assert_eq!(rest("one TWO THREE four"), "one four");
        assert_eq!(rest("ONE two THREE"), "two");
    }

    #[test]
    fn punctuation_moves_up() {
        assert_eq!(rest("one TWO, three FOUR."), "one, three.");
        assert_eq!(rest("One. TWO, three"), "One. three");
        assert_eq!(rest("one, TWO, three"), "one, three");
        assert_eq!(rest("one. TWO. three."), "one. three.");
    }

    #[test]
    fn empty_brackets_go() {
        assert_eq!(rest("one (TWO) three"), "one three");
        assert_eq!(rest("one \"TWO\" three."), "one three.");
        assert_eq!(rest("one (TWO three) four"), "one (three) four");
        assert_eq!(rest("one TWO (three)"), "one (three)");
    }

    #[test]
    fn quotes_of_neighbours_stay() {
        assert_eq!(rest("'one' AND 'two'"), "'one' 'two'");
        assert_eq!(rest("one \"TWO THREE\" four"), "one four");
    }

    #[test]
    fn lines_stay_apart() {
        assert_eq!(rest("one\nTWO three"), "one\nthree");
        assert_eq!(rest("one TWO\nthree"), "one\nthree");
    }

    #[test]
    fn nothing_gone_nothing_changes() {
        for text in ["a (b), \"c\" . ", "", "()", " x "] {
            assert_eq!(rest(text), text);
        }
    }
}
