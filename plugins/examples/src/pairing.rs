//! Wrong outputs for inputs whose right outputs are known.

use placebo_plugin_api::{Example, Rng};

/// What is right and what is wrong within one task.
pub struct Pairing<'a> {
    /// The task's positive examples: the pairs known to be right, and the outputs to choose from.
    pub positives: &'a [Example],
    /// The task's labels, if it has any: more outputs to choose from.
    pub labels: &'a [String],
}

impl Pairing<'_> {
    /// Whether this output is known to be right for this input: a positive example says so, case, punctuation and
    /// spacing aside.
    pub fn is_right(&self, input: &str, output: &str) -> bool {
        self.positives.iter().any(|known| alike(&known.input, input) && alike(&known.output, output))
    }

    /// For every input an output of the task that is not known to be right for it, or `None` where there is none.
    ///
    /// Each positive example gives its output away once, in a random arrangement that serves as many inputs as can be
    /// served so. The inputs left over get any positive example's output, or else any label.
    pub fn wrong_outputs(&self, inputs: &[&str], rng: &mut Rng) -> Vec<Option<String>> {
        let mut pool: Vec<&str> = self.positives.iter().map(|example| example.output.as_str()).collect();
        rng.shuffle(&mut pool);
        let labels: Vec<&str> = self.labels.iter().map(String::as_str).collect();
        let given = assign(inputs.len(), pool.len(), |input, place| !self.is_right(inputs[input], pool[place]));
        let chosen = inputs.iter().zip(given).map(|(input, place)| {
            let again = |from: &[&'_ str], rng: &mut Rng| {
                let wrong: Vec<&str> = from.iter().copied().filter(|output| !self.is_right(input, output)).collect();
                rng.choose(&wrong).map(|output| output.to_string())
            };
            let once = place.map(|place| pool[place].to_string());
            once.or_else(|| again(&pool, rng)).or_else(|| again(&labels, rng))
        });
        chosen.collect()
    }
}

/// Gives as many takers as possible a place of their own that suits them, by augmenting paths (Kuhn, 1955).
fn assign(takers: usize, places: usize, suits: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let mut taker_of = vec![None; places];
    for taker in 0..takers {
        seat(taker, &suits, &mut taker_of, &mut vec![false; places]);
    }
    (0..takers).map(|taker| taker_of.iter().position(|seated| *seated == Some(taker))).collect()
}

/// Seats a taker, moving others where that makes room; `tried` are the places this attempt need not try again.
fn seat(
    taker: usize,
    suits: &impl Fn(usize, usize) -> bool,
    taker_of: &mut [Option<usize>],
    tried: &mut [bool],
) -> bool {
    for place in 0..taker_of.len() {
        if tried[place] || !suits(taker, place) {
            continue;
        }
        tried[place] = true;
        if taker_of[place].is_none_or(|other| seat(other, suits, taker_of, tried)) {
            taker_of[place] = Some(taker);
            return true;
        }
    }
    false
}

/// Whether two texts are the same but for case, punctuation and spacing; texts of punctuation alone, but for spacing.
pub fn alike(a: &str, b: &str) -> bool {
    let bare = |text: &str| {
        let kept: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (bare_a, bare_b) = (bare(a), bare(b));
    if bare_a.is_empty() || bare_b.is_empty() { a.trim() == b.trim() } else { bare_a == bare_b }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(pairs: &[(&str, &str)]) -> Vec<Example> {
        pairs.iter().map(|(input, output)| Example::new(*input, *output)).collect()
    }

    fn wrong(pairs: &[(&str, &str)], labels: &[&str], seed: u64) -> Vec<Option<String>> {
        let positives = examples(pairs);
        let labels: Vec<String> = labels.iter().map(|label| label.to_string()).collect();
        let inputs: Vec<&str> = pairs.iter().map(|(input, _)| *input).collect();
        Pairing { positives: &positives, labels: &labels }.wrong_outputs(&inputs, &mut Rng::from_seed(seed))
    }

    #[test]
    fn no_arrangement_leaves_a_right_pair() {
        let pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "1"), ("e", "2"), ("f", "1")];
        for seed in 0..200 {
            let outputs = wrong(&pairs, &[], seed);
            for ((_, right), output) in pairs.iter().zip(outputs) {
                assert_ne!(output.as_deref(), Some(*right), "seed {seed}");
            }
        }
    }

    #[test]
    fn the_outputs_are_rearranged_where_they_can_be() {
        let mut outputs = wrong(&[("a", "1"), ("b", "2"), ("c", "3")], &["9"], 5);
        outputs.sort();
        assert_eq!(outputs, ["1", "2", "3"].map(|output| Some(output.to_string())));
    }

    #[test]
    fn seeds_arrange_differently() {
        let pairs = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")];
        assert!((1..20).any(|seed| wrong(&pairs, &[], seed) != wrong(&pairs, &[], 0)));
    }

    #[test]
    fn one_output_for_all_turns_to_the_labels() {
        let outputs = wrong(&[("a", "yes"), ("b", "Yes.")], &["yes", "no"], 1);
        assert_eq!(outputs, [Some("no".to_string()), Some("no".to_string())]);
    }

    #[test]
    fn an_input_seen_twice_has_two_right_outputs() {
        let outputs = wrong(&[("a", "1"), ("A", "2"), ("b", "3")], &[], 1);
        assert_eq!(outputs[..2], [Some("3".to_string()), Some("3".to_string())]);
    }

    #[test]
    fn nothing_wrong_to_be_had_is_said() {
        assert_eq!(wrong(&[("a", "1")], &[], 1), [None]);
        assert_eq!(wrong(&[("a", "1"), ("b", "1")], &["1"], 1), [None, None]);
    }

    #[test]
    fn likeness_overlooks_case_and_punctuation_only() {
        assert!(alike(" Yes. ", "yes") && alike("it's  so", "Its so"));
        assert!(!alike("yes", "no") && !alike("+", "-") && !alike("", "."));
    }
}
