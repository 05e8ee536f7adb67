//! Which examples each training step visits, as a function of the seed and the step alone.

use placebo_plugin_api::{Rng, seed_of};

/// The order of a whole training: every epoch visits all examples once, each time shuffled anew.
#[derive(Clone, Debug)]
pub struct Order {
    examples: usize,
    batch_size: usize,
    seed: u64,
    /// The epoch that was asked for last, and its permutation.
    epoch: Option<(usize, Vec<usize>)>,
}

impl Order {
    /// An order over examples numbered from 0.
    ///
    /// # Panics
    /// When there are no examples or batches are empty; plans are checked before.
    pub fn new(examples: usize, batch_size: usize, seed: u64) -> Self {
        assert!(examples > 0 && batch_size > 0, "training needs examples and batches");
        Self { examples, batch_size, seed, epoch: None }
    }

    /// Steps of one epoch; the last may be smaller.
    pub fn steps_per_epoch(&self) -> usize {
        self.examples.div_ceil(self.batch_size)
    }

    /// Steps of so many epochs, at most `limit`.
    pub fn steps(&self, epochs: f64, limit: Option<usize>) -> usize {
        let steps = (epochs * self.steps_per_epoch() as f64).ceil() as usize;
        limit.map_or(steps, |limit| limit.min(steps))
    }

    /// Passes over the data after so many steps.
    pub fn epochs(&self, steps: usize) -> f64 {
        steps as f64 / self.steps_per_epoch() as f64
    }

    /// The visits of a step, counted from 0.
    pub fn batch(&mut self, step: usize) -> Vec<Visit> {
        let (epoch, within) = (step / self.steps_per_epoch(), step % self.steps_per_epoch());
        let seed = self.seed;
        let start = within * self.batch_size;
        let end = (start + self.batch_size).min(self.examples);
        self.permutation(epoch)[start..end].iter().map(|example| Visit::new(seed, epoch, *example)).collect()
    }

    fn permutation(&mut self, epoch: usize) -> &[usize] {
        if self.epoch.as_ref().is_none_or(|(known, _)| *known != epoch) {
            let mut order: Vec<_> = (0..self.examples).collect();
            Rng::from_seed(seed_of(&["order", &self.seed.to_string(), &epoch.to_string()])).shuffle(&mut order);
            self.epoch = Some((epoch, order));
        }
        self.epoch.as_ref().map_or(&[], |(_, order)| order)
    }
}

/// One example in one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    pub example: usize,
    /// What the visit's random draws derive from: dropout masks and the choice among references.
    pub key: u64,
}

impl Visit {
    fn new(seed: u64, epoch: usize, example: usize) -> Self {
        let key = seed_of(&["visit", &seed.to_string(), &epoch.to_string(), &example.to_string()]);
        Self { example, key }
    }

    /// One of `count` references.
    pub fn draw(&self, count: usize) -> usize {
        Rng::from_seed(self.key).below(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_epoch_visits_everything_once_in_another_order() {
        let mut order = Order::new(10, 4, 1);
        assert_eq!((order.steps_per_epoch(), order.steps(1.5, None), order.steps(9.0, Some(7))), (3, 5, 7));
        let mut epoch = |first: usize| -> Vec<usize> {
            (first..first + 3).flat_map(|step| order.batch(step)).map(|visit| visit.example).collect()
        };
        let (first, second) = (epoch(0), epoch(3));
        assert_ne!(first, second);
        for mut all in [first, second] {
            all.sort_unstable();
            assert_eq!(all, (0..10).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_step_is_the_same_wherever_one_starts() {
        let (mut from_start, mut resumed) = (Order::new(10, 4, 1), Order::new(10, 4, 1));
        (0..5).for_each(|step| drop(from_start.batch(step)));
        assert_eq!(from_start.batch(5), resumed.batch(5));
        assert_ne!(Order::new(10, 4, 2).batch(5), resumed.batch(5));
    }

    #[test]
    fn draws_reach_every_reference() {
        let drawn: std::collections::BTreeSet<_> = (0..50).map(|e| Visit::new(1, 0, e).draw(3)).collect();
        assert_eq!(drawn.len(), 3);
    }
}
