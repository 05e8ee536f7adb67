//! English words that carry grammar rather than meaning.

/// Whether a word belongs to the closed classes of English: articles, pronouns, prepositions, conjunctions, auxiliaries,
/// particles. Contractions count by their first part. Words of other languages count as content.
pub fn is_function_word(word: &str) -> bool {
    let lower = word.to_lowercase().replace('’', "'");
    let stem = lower.split('\'').next().unwrap_or_default();
    let negated = lower.strip_suffix("n't").unwrap_or(stem);
    let is_known = |known: &str| known == lower || known == stem || known == negated;
    WORDS.split_whitespace().any(is_known) || NEGATED.contains(&lower.as_str())
}

const WORDS: &str = "
a an the this that these those each every either neither both all any some no such another other own same
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself
we us our ours ourselves they them their theirs themselves one oneself
who whom whose which what whatever whoever whichever where when why how whether
someone somebody something anyone anybody anything everyone everybody everything nobody nothing none
be am is are was were been being do does did doing done have has had having
can could may might must shall should will would ought need
and or but nor so yet if unless because although though while whereas since until till than as
of in on at by for from to into onto with without within about above below over under between among through during
before after against around across along behind beside besides beyond near off out up down upon toward towards per via
not only also just too very then there here again once ever never always often even else however therefore thus hence
e.g i.e etc vs
";

/// Negated auxiliaries whose first part is no word of its own.
const NEGATED: [&str; 3] = ["won't", "shan't", "ain't"];

#[cfg(test)]
mod tests {
    use super::is_function_word;

    #[test]
    fn grammar_is_told_from_meaning() {
        assert!(["The", "you're", "don't", "won’t", "of", "Whether", "isn't"].into_iter().all(is_function_word));
        assert!(!["question", "answer", "3", "日本", "own-goal", "notable"].into_iter().any(is_function_word));
    }
}
