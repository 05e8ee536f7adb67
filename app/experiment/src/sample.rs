//! Which instances of a task are kept: all, the first, or a seeded sample, chosen while the file streams by.
//!
//! Every position of a task has a *rank*, and the smallest ranks are kept. For the official test set the rank is the
//! position itself; for a sample it is a draw from a generator seeded by the experiment's seed and the task's name. So
//! a sample of 10 is the beginning of the sample of 50, conditions that share a seed share their instances, and
//! neither the size of the file nor the order in which files are read has a say.

use std::collections::BinaryHeap;

use placebo_plugin_api::{Rng, seed_of};

use crate::task::Instance;

/// How many instances of each task to keep, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Every instance, in file order.
    All,
    /// The first ones in file order: 100 of them are the official test set.
    First(usize),
    /// A seeded sample, in the order of its draw: a smaller `count` gives a prefix of a larger one.
    Sample {
        /// The experiment's seed.
        seed: u64,
        /// How many to draw from each task.
        count: usize,
    },
}

impl Keep {
    fn limit(self) -> usize {
        match self {
            Keep::All => usize::MAX,
            Keep::First(count) | Keep::Sample { count, .. } => count,
        }
    }
}

/// The selection of one task while its instances go by.
pub(crate) struct Selection {
    limit: usize,
    ranks: Ranks,
    kept: BinaryHeap<Ranked>,
}

enum Ranks {
    Position(u64),
    Drawn(Rng),
}

struct Ranked {
    rank: u64,
    instance: Instance,
}

impl Selection {
    /// Starts the selection of the task called `task`.
    pub(crate) fn new(keep: Keep, task: &str) -> Self {
        let ranks = match keep {
            Keep::Sample { seed, .. } => Ranks::Drawn(Rng::from_seed(seed_of(&["sample", &seed.to_string(), task]))),
            Keep::All | Keep::First(_) => Ranks::Position(0),
        };
        Selection { limit: keep.limit(), ranks, kept: BinaryHeap::new() }
    }

    /// The rank of the next position if an instance there would be kept; to be called once for every position.
    pub(crate) fn next_rank(&mut self) -> Option<u64> {
        let rank = match &mut self.ranks {
            Ranks::Position(next) => std::mem::replace(next, *next + 1),
            Ranks::Drawn(generator) => generator.next_u64(),
        };
        let admitted = self.kept.len() < self.limit || self.kept.peek().is_some_and(|worst| rank < worst.rank);
        admitted.then_some(rank)
    }

    /// Keeps `instance` at a rank that [`next_rank`](Self::next_rank) admitted.
    pub(crate) fn keep(&mut self, rank: u64, instance: Instance) {
        self.kept.push(Ranked { rank, instance });
        if self.kept.len() > self.limit {
            self.kept.pop();
        }
    }

    /// The kept instances by rank.
    pub(crate) fn finish(self) -> Vec<Instance> {
        self.kept.into_sorted_vec().into_iter().map(|ranked| ranked.instance).collect()
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn select(keep: Keep, task: &str, positions: usize) -> Vec<String> {
        let mut selection = Selection::new(keep, task);
        for position in 0..positions {
            if let Some(rank) = selection.next_rank() {
                let instance = Instance { id: position.to_string(), input: String::new(), outputs: vec![] };
                selection.keep(rank, instance);
            }
        }
        selection.finish().into_iter().map(|instance| instance.id).collect()
    }

    #[test]
    fn all_and_first_keep_the_order_of_the_file() {
        assert_eq!(select(Keep::All, "t", 3), ["0", "1", "2"]);
        assert_eq!(select(Keep::First(2), "t", 3), ["0", "1"]);
        assert!(select(Keep::First(0), "t", 3).is_empty());
    }

    #[test]
    fn a_small_sample_is_the_beginning_of_a_larger_one() {
        let large = select(Keep::Sample { seed: 1, count: 50 }, "t", 500);
        let small = select(Keep::Sample { seed: 1, count: 10 }, "t", 500);
        assert_eq!(large.len(), 50);
        assert_eq!(small, large[..10]);
    }

    #[test]
    fn a_sample_is_drawn_anew_for_another_seed_and_another_task() {
        let draw = |seed, task| select(Keep::Sample { seed, count: 10 }, task, 500);
        assert_ne!(draw(1, "t"), draw(2, "t"));
        assert_ne!(draw(1, "t"), draw(1, "u"));
    }

    #[test]
    fn a_sample_larger_than_the_task_keeps_every_instance_once() {
        let mut kept = select(Keep::Sample { seed: 7, count: 9 }, "t", 4);
        kept.sort();
        assert_eq!(kept, ["0", "1", "2", "3"]);
    }

    /// From a Python transcription of the generator's and the seed's documentation.
    #[test]
    fn samples_are_frozen() {
        assert_eq!(select(Keep::Sample { seed: 1, count: 5 }, "task001", 100), ["92", "45", "33", "49", "21"]);
    }
}
