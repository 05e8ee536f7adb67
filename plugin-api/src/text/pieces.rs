//! A text as words and what stands between them.

use std::ops::Range;

use super::sentences;

/// A stretch of a text. The pieces of a text, put together, are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// The stretch itself.
    pub text: &'t str,
    /// What it is.
    pub kind: PieceKind,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// A word that may be changed.
    Word,
    /// What must stay, such as a label; it may have several words.
    Protected,
    /// Blanks and punctuation.
    Between,
}

impl Piece<'_> {
    /// Whether it is a word that may be changed.
    pub fn is_word(&self) -> bool {
        self.kind == PieceKind::Word
    }
}

/// Cuts a text into words, what must stay, and what stands between. `protected` are byte ranges as
/// [`protected`](super::protected()) gives them: sorted and apart from each other.
///
/// A word is a run of letters and digits, with apostrophes and hyphens inside it, points and commas inside a number, and
/// points inside an abbreviation such as "e.g.".
/// Scripts that put no blanks between words give one word for each run.
pub fn pieces<'t>(text: &'t str, protected: &[Range<usize>]) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in protected {
        cut(&text[at..range.start], &mut pieces);
        pieces.push(Piece { text: &text[range.clone()], kind: PieceKind::Protected });
        at = range.end;
    }
    cut(&text[at..], &mut pieces);
    pieces
}

/// The words of a text, none of them protected.
pub fn words(text: &str) -> Vec<&str> {
    pieces(text, &[]).into_iter().filter(Piece::is_word).map(|piece| piece.text).collect()
}

/// For every piece the number of the sentence in which it begins, counted from 0.
pub fn sentence_numbers(pieces: &[Piece<'_>]) -> Vec<usize> {
    let text: String = pieces.iter().map(|piece| piece.text).collect();
    let mut ends = Vec::new();
    for sentence in sentences(&text) {
        ends.push(ends.last().unwrap_or(&0) + sentence.len());
    }
    let mut at = 0;
    let sentence_of = |piece: &Piece<'_>| {
        let start = at;
        at += piece.text.len();
        ends.partition_point(|end| *end <= start)
    };
    pieces.iter().map(sentence_of).collect()
}

fn cut<'t>(mut text: &'t str, pieces: &mut Vec<Piece<'t>>) {
    while !text.is_empty() {
        let (length, kind) = match word_length(text) {
            0 => (gap_length(text), PieceKind::Between),
            length => (length, PieceKind::Word),
        };
        let (piece, rest) = text.split_at(length);
        pieces.push(Piece { text: piece, kind });
        text = rest;
    }
}

/// The bytes of the word with which the text begins, 0 where it begins with none.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut before = None;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        let belongs = c.is_alphanumeric()
            || before.is_some() && (is_mark(c) || joins(before, c, next) || abbreviates(&text[..at], &text[at..]));
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
        before = Some(c);
    }
    end
}

fn gap_length(text: &str) -> usize {
    text.find(char::is_alphanumeric).unwrap_or(text.len())
}

/// Whether a punctuation mark between these two characters is part of a word.
fn joins(before: Option<char>, mark: char, next: Option<char>) -> bool {
    let both = |is: fn(char) -> bool| before.is_some_and(is) && next.is_some_and(is);
    match mark {
        '\'' | '’' | '-' => both(char::is_alphanumeric),
        '.' | ',' => both(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether a word so far and what follows are an abbreviation of single letters, such as "e.g" or "U.S.A".
fn abbreviates(word: &str, rest: &str) -> bool {
    let mut before = word.chars().rev();
    let single = before.next().is_some_and(char::is_alphabetic) && before.next().is_none_or(|c| c == '.');
    let mut after = rest.chars();
    let again = after.next() == Some('.') && after.next().is_some_and(char::is_alphabetic);
    single && again && !after.next().is_some_and(char::is_alphanumeric)
}

/// Marks that belong to the letter before them though they are no letters: accents and points set as characters of
/// their own, the signs that take away a vowel in the scripts of India, and the joiners of Arabic and Indic writing.
fn is_mark(c: char) -> bool {
    let viramas = [0x94D, 0x9CD, 0xA4D, 0xACD, 0xB4D, 0xBCD, 0xC4D, 0xCCD, 0xD4D];
    matches!(c, '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}')
        || matches!(c, '\u{E47}'..='\u{E4E}' | '\u{200C}' | '\u{200D}')
        || viramas.contains(&u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::protected;

    #[test]
    fn words_hold_their_inner_marks() {
        assert_eq!(
            words("Don't re-read 1,000.5 e.g. A/B.The U.S.A. (it’s)."),
            ["Don't", "re-read", "1,000.5", "e.g", "A", "B", "The", "U.S.A", "it’s"]
        );
        assert_eq!(words("'quoted' -dash- 3."), ["quoted", "dash", "3"]);
    }

    #[test]
    fn marks_stay_with_their_letters() {
        assert_eq!(words("cafe\u{301}s हिन्दी می‌خواهم"), ["cafe\u{301}s", "हिन्दी", "می‌خواهم"]);
        assert_eq!(words("👩‍👩‍👧 \u{301}"), [""; 0]);
    }

    #[test]
    fn pieces_put_together_are_the_text() {
        for text in crate::testing::awkward_texts() {
            let pieces = pieces(&text, &[]);
            assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
            assert!(pieces.iter().all(|piece| !piece.text.is_empty()), "{text:?}");
        }
    }

    #[test]
    fn what_is_protected_is_one_piece() {
        let kinds: Vec<_> = pieces("a not sure b", &protected("a not sure b", &["not sure".to_string()]))
            .iter()
            .map(|piece| (piece.text, piece.kind))
            .collect();
        let wanted = [
            ("a", PieceKind::Word),
            (" ", PieceKind::Between),
            ("not sure", PieceKind::Protected),
            (" ", PieceKind::Between),
            ("b", PieceKind::Word),
        ];
        assert_eq!(kinds, wanted);
    }

    #[test]
    fn a_piece_belongs_to_the_sentence_in_which_it_begins() {
        assert_eq!(sentence_numbers(&pieces("One two. Three", &[])), [0, 0, 0, 0, 1]);
        assert_eq!(sentence_numbers(&[]), [0; 0]);
    }
}
