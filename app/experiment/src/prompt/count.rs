//! Counting the tokens of prompts, without tokenizing for every instance what all prompts of a task share.

/// Counts tokens as the model's tokenizer makes them, the end token included.
///
/// Any function from text to number is one, such as `|_: &str| 0` where no model has a limit.
pub trait TokenCounter: Sync {
    /// The number of tokens of `text`, with the end token.
    fn count(&self, text: &str) -> usize;

    /// Whether no token reaches across white space and no normalization looks across it, as in T5's tokenizers.
    ///
    /// Then the counts of a prompt's parts add up, and what prompts share is counted once per task: the same numbers,
    /// several times as fast. The default, `false`, counts every prompt whole, which is right for any tokenizer.
    fn splits_at_blanks(&self) -> bool {
        false
    }
}

impl<F: Fn(&str) -> usize + Sync> TokenCounter for F {
    fn count(&self, text: &str) -> usize {
        self(text)
    }
}

/// What stands before and after a part while it is measured, so that the part never begins or ends the text: what a
/// tokenizer does to blanks there would otherwise be counted in.
const BEFORE: &str = "x\n\n";
const AFTER: &str = "Now";

/// Measures the parts of prompts where their lengths add up; elsewhere every length is unknown.
pub(super) struct Ruler<'t> {
    tokens: &'t dyn TokenCounter,
    /// Tokens of [`BEFORE`] and [`AFTER`] together, if lengths add up.
    frame: Option<usize>,
}

impl<'t> Ruler<'t> {
    /// A ruler for prompts whose parts, white space between them, add up, or do not.
    pub(super) fn new(tokens: &'t dyn TokenCounter, adds_up: bool) -> Self {
        let frame = (adds_up && tokens.splits_at_blanks()).then(|| tokens.count(&[BEFORE, AFTER].concat()));
        Ruler { tokens, frame }
    }

    /// The tokens of a whole prompt.
    pub(super) fn whole(&self, text: &str) -> usize {
        self.tokens.count(text)
    }

    /// The length of a part that begins a prompt, with the frame's end to be made up for by [`end`](Self::end).
    pub(super) fn beginning(&self, text: &str) -> Option<usize> {
        self.frame.map(|_| self.tokens.count(&[text, AFTER].concat()))
    }

    /// What a name in front of the beginning adds to its length.
    pub(super) fn before(&self, name: &str, beginning: &str) -> Option<usize> {
        self.frame.map(|_| {
            self.tokens.count(&[name, beginning, AFTER].concat()) - self.tokens.count(&[beginning, AFTER].concat())
        })
    }

    /// What a part in the middle of a prompt adds to its length.
    pub(super) fn middle(&self, text: &str) -> Option<usize> {
        self.frame.map(|frame| self.tokens.count(&[BEFORE, text, AFTER].concat()) - frame)
    }

    /// What a part that ends a prompt adds to the length of its [`beginning`](Self::beginning).
    pub(super) fn end(&self, text: &str) -> Option<usize> {
        self.frame.map(|frame| self.tokens.count(&[BEFORE, text].concat()) - frame)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Words of up to three characters, and a token for a blank at the end, which such a tokenizer would make.
    pub(in crate::prompt) struct Threes;

    impl TokenCounter for Threes {
        fn count(&self, text: &str) -> usize {
            let pieces: usize = text.split_whitespace().map(|word| word.len().div_ceil(3)).sum();
            pieces + usize::from(text.ends_with(char::is_whitespace)) + 1
        }

        fn splits_at_blanks(&self) -> bool {
            true
        }
    }

    #[test]
    fn lengths_of_parts_add_up_to_that_of_the_whole() {
        let ruler = Ruler::new(&Threes, true);
        let parts = ["Definition: abc.\n\n", " Positive Example 1 -\n\n", "Now complete\nOutput: "];
        let [beginning, middle, end] = parts;
        let lengths = [ruler.beginning(beginning), ruler.middle(middle), ruler.end(end)];
        assert_eq!(lengths.into_iter().flatten().sum::<usize>(), ruler.whole(&parts.concat()));
    }

    #[test]
    fn a_counter_that_promises_nothing_leaves_lengths_unknown() {
        let count = |text: &str| text.len();
        for ruler in [Ruler::new(&count, true), Ruler::new(&Threes, false)] {
            assert_eq!((ruler.beginning("a"), ruler.middle("a"), ruler.end("a")), (None, None, None));
        }
    }
}
