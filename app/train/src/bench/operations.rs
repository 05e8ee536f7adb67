//! A timing's parts: what each operation took, and how near it comes to what the machine can do.

use crate::meter::{Cost, Costs, Operation};
use crate::ops::gemm::{MatMut, MatRef, Operands, Product, Threads};
use serde::Serialize;
use std::time::{Duration, Instant};

/// What one operation took of a timing.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// None for what lies between the operations.
    pub operation: Option<Operation>,
    pub calls: u64,
    pub seconds: f64,
    /// Of the whole time.
    pub share: f64,
    /// Of matrix products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gflops: Option<f64>,
    /// Of the peak.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_peak: Option<f64>,
    pub allocated_bytes: u64,
}

/// The parts of so many seconds, the most expensive first; `peak` in GFLOP/s.
pub fn parts(costs: &Costs, seconds: f64, peak: f64) -> Vec<Part> {
    let known: f64 = costs.values().map(|cost| cost.time.as_secs_f64()).sum();
    let between = Cost { time: Duration::from_secs_f64((seconds - known).max(0.0)), ..Cost::default() };
    let all = costs.iter().map(|(operation, cost)| (Some(*operation), cost)).chain([(None, &between)]);
    let mut parts: Vec<_> = all.map(|(operation, cost)| part(operation, cost, seconds, peak)).collect();
    parts.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    parts
}

fn part(operation: Option<Operation>, cost: &Cost, whole: f64, peak: f64) -> Part {
    let seconds = cost.time.as_secs_f64();
    let gflops = (cost.flops > 0).then(|| cost.flops as f64 / seconds / 1e9);
    Part {
        operation,
        calls: cost.calls,
        seconds,
        share: seconds / whole,
        gflops,
        share_of_peak: gflops.map(|gflops| gflops / peak),
        allocated_bytes: cost.bytes,
    }
}

/// GFLOP/s of a large matrix product on the CPU, the best of several.
pub fn peak(operands: Operands) -> f64 {
    const SIZE: usize = 2048;
    let (a, mut c) = (vec![0.5f32; SIZE * SIZE], vec![0f32; SIZE * SIZE]);
    let product = Product { operands, accumulate: false, threads: Threads::All };
    let seconds = (0..8).map(|_| {
        let begun = Instant::now();
        product.run(MatMut::dense(&mut c, SIZE), MatRef::dense(&a, SIZE), MatRef::dense(&a, SIZE).t());
        begun.elapsed().as_secs_f64()
    });
    2.0 * (SIZE as f64).powi(3) / seconds.fold(f64::INFINITY, f64::min) / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_operation_took_lies_between_them() {
        let cost = Cost { calls: 2, time: Duration::from_millis(750), flops: 3_000_000_000, bytes: 8 };
        let parts = parts(&Costs::from([(Operation::LinearForward, cost)]), 1.0, 16.0);
        let [linear, between] = &parts[..] else { panic!("{parts:?}") };
        assert_eq!((linear.operation, linear.share, linear.gflops), (Some(Operation::LinearForward), 0.75, Some(4.0)));
        assert_eq!((linear.share_of_peak, linear.allocated_bytes), (Some(0.25), 8));
        assert_eq!((between.operation, between.seconds, between.gflops), (None, 0.25, None));
    }
}
