//! Random draws that are the same on every platform, in the words that the grammars need.

use std::ops::RangeInclusive;

use placebo_plugin_api::{Rng, seed_of};

/// A seeded stream of draws.
pub struct Draw(Rng);

impl Draw {
    /// A stream of its own for the task called `name`, so that adding a task changes no other.
    pub fn for_task(name: &str) -> Draw {
        Draw(Rng::from_seed(seed_of(&["sample-tasks", name])))
    }

    /// A whole number of the range, all equally likely.
    pub fn number(&mut self, range: RangeInclusive<usize>) -> usize {
        range.start() + self.0.below(range.end() - range.start() + 1)
    }

    /// Heads or tails.
    pub fn coin(&mut self) -> bool {
        self.0.below(2) == 0
    }

    /// One of the choices.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.0.below(choices.len())]
    }

    /// `N` different choices in random order.
    pub fn several<T: Copy, const N: usize>(&mut self, choices: &[T]) -> [T; N] {
        let mut rest = choices.to_vec();
        std::array::from_fn(|_| {
            let index = self.0.below(rest.len());
            rest.swap_remove(index)
        })
    }

    /// `count` different choices in random order.
    pub fn list<T: Copy>(&mut self, choices: &[T], count: usize) -> Vec<T> {
        let mut all = choices.to_vec();
        self.shuffle(&mut all);
        all.truncate(count);
        all
    }

    /// Puts the items into random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_streams_of_their_own() {
        let first = |name| Draw::for_task(name).number(0..=1_000_000);
        assert_eq!(first("a"), first("a"));
        assert_ne!(first("a"), first("b"));
    }

    #[test]
    fn several_never_repeats() {
        let mut draw = Draw::for_task("several");
        for _ in 0..100 {
            let [a, b, c] = draw.several(&[1, 2, 3, 4]);
            assert!(a != b && b != c && a != c);
        }
    }

    #[test]
    fn numbers_reach_both_ends() {
        let mut draw = Draw::for_task("ends");
        let drawn: Vec<_> = (0..100).map(|_| draw.number(3..=5)).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&3), Some(&5)));
    }
}
