//! The course of the learning rate over the steps of a training.

use placebo_experiment::plan::ScheduleKind;
use std::f64::consts::PI;

/// A learning rate for every step, as transformers' `get_constant_schedule_with_warmup`,
/// `get_linear_schedule_with_warmup` and `get_cosine_schedule_with_warmup` (half a cosine) give it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// The shape after the warm-up.
    pub kind: ScheduleKind,
    /// The learning rate at the end of the warm-up.
    pub learning_rate: f64,
    /// Steps over which it rises in a line from zero.
    pub warmup_steps: usize,
    /// Steps of the whole training, where linear and cosine reach zero.
    pub total_steps: usize,
}

impl Schedule {
    /// The learning rate of one optimizer step, counted from 0.
    ///
    /// As in transformers, the very first step of a warm-up has a rate of zero.
    pub fn rate(&self, step: usize) -> f64 {
        self.learning_rate * self.factor(step)
    }

    fn factor(&self, step: usize) -> f64 {
        if step < self.warmup_steps {
            return step as f64 / self.warmup_steps as f64;
        }
        match self.kind {
            ScheduleKind::Constant => 1.0,
            ScheduleKind::Linear => (1.0 - self.progress(step)).max(0.0),
            ScheduleKind::Cosine => (0.5 * (1.0 + (PI * self.progress(step)).cos())).max(0.0),
        }
    }

    /// From 0 at the end of the warm-up to 1 at the end of the training.
    fn progress(&self, step: usize) -> f64 {
        let falling = self.total_steps.saturating_sub(self.warmup_steps).max(1);
        ((step - self.warmup_steps) as f64 / falling as f64).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(kind: ScheduleKind, warmup_steps: usize, total_steps: usize) -> Vec<f64> {
        let schedule = Schedule { kind, learning_rate: 0.01, warmup_steps, total_steps };
        (0..total_steps).map(|step| schedule.rate(step)).collect()
    }

    #[track_caller]
    fn assert_rates(found: &[f64], wanted: &[f64]) {
        assert_eq!(found.len(), wanted.len());
        for (step, (found, wanted)) in found.iter().zip(wanted).enumerate() {
            assert!((found - wanted).abs() < 1e-12, "step {step}: {found}, not {wanted}");
        }
    }

    /// Values of transformers 5.23 with the same numbers.
    #[test]
    fn agrees_with_transformers() {
        let constant = [0.0, 0.0033333333333333335, 0.006666666666666667, 0.01, 0.01, 0.01];
        assert_rates(&rates(ScheduleKind::Constant, 3, 6), &constant);
        let linear = [
            0.0,
            0.005,
            0.01,
            0.008333333333333333,
            0.006666666666666667,
            0.005,
            0.0033333333333333335,
            0.0016666666666666668,
        ];
        assert_rates(&rates(ScheduleKind::Linear, 2, 8), &linear);
        let cosine =
            [0.0, 0.005, 0.01, 0.009330127018922194, 0.0075, 0.005, 0.0025000000000000005, 0.0006698729810778065];
        assert_rates(&rates(ScheduleKind::Cosine, 2, 8), &cosine);
    }

    #[test]
    fn nothing_grows_again_after_the_end() {
        for kind in [ScheduleKind::Linear, ScheduleKind::Cosine] {
            let schedule = Schedule { kind, learning_rate: 1.0, warmup_steps: 5, total_steps: 5 };
            assert_eq!((schedule.rate(6), schedule.rate(60)), (0.0, 0.0));
        }
    }
}
