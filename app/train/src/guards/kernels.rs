//! Training goes the same with and without the fused kernels: all of them, and each alone.

use super::{lessons, model, recipe};
use crate::fit::{Fit, StepReport};
use crate::meter::{self, Operation};
use crate::ops::serving::{Server, with, with_one};
use crate::t5::FeedForward;
use candle_core::Result;
use placebo_experiment::plan::Recipe;

/// Every operation that has kernels, forwards and backwards; attention goes back as it came.
const FUSED: [Operation; 12] = [
    Operation::LinearForward,
    Operation::LinearInputGradient,
    Operation::LinearWeightGradient,
    Operation::AttentionForward,
    Operation::NormForward,
    Operation::NormBackward,
    Operation::ActivationForward,
    Operation::ActivationBackward,
    Operation::DropoutAndSum,
    Operation::Embedding,
    Operation::CrossEntropy,
    Operation::Optimizer,
];

#[test]
fn ten_steps_lose_the_same_with_and_without_the_fused_kernels() -> Result<()> {
    for feed_forward in [FeedForward::Relu, FeedForward::GatedGelu] {
        let fused = ten_losses(feed_forward, |fit| fit.advance())?;
        assert_agrees(
            &fused,
            &ten_losses(feed_forward, |fit| with(Server::Twins, || fit.advance()))?,
            "all operations",
        );
        for operation in FUSED {
            meter::begin();
            let without = ten_losses(feed_forward, |fit| with_one(operation, Server::Twins, || fit.advance()))?;
            assert!(meter::end().contains_key(&operation), "a step knows no {operation:?}");
            assert_agrees(&fused, &without, &format!("{operation:?}"));
        }
    }
    Ok(())
}

fn ten_losses(feed_forward: FeedForward, step: impl Fn(&mut Fit) -> Result<StepReport>) -> Result<Vec<f64>> {
    let (lessons, recipe) = (lessons(), Recipe { label_smoothing: 0.1, ..recipe() });
    let mut fit = Fit::new(model(feed_forward)?, &lessons, &recipe, 1)?;
    (0..10).map(|_| Ok(step(&mut fit)?.loss)).collect()
}

#[track_caller]
fn assert_agrees(fused: &[f64], without: &[f64], what: &str) {
    for (step, (fused, without)) in fused.iter().zip(without).enumerate() {
        assert!((fused / without - 1.0).abs() < 1e-5, "step {step}: {fused} is not {without} without {what}");
    }
}
