//! Where the engine's time goes: seconds, floating-point operations and allocated bytes of each operation, while somebody
//! asks.

use serde::Serialize;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    LinearForward,
    LinearInputGradient,
    LinearWeightGradient,
    /// Linear layers of a few rows, with weights laid out for decoding.
    LinearPacked,
    AttentionForward,
    AttentionBackward,
    NormForward,
    NormBackward,
    ActivationForward,
    ActivationBackward,
    DropoutAndSum,
    Embedding,
    /// Softmax and losses; the head's products count as linear.
    CrossEntropy,
    /// Clearing gradients, their norm, the step.
    Optimizer,
}

/// What one operation took, without the operations inside it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    pub calls: u64,
    pub time: Duration,
    /// Multiplications and additions of matrix products.
    pub flops: u64,
    pub bytes: u64,
}

/// What was measured on this thread since [`begin`].
pub type Costs = BTreeMap<Operation, Cost>;

thread_local! {
    static COSTS: RefCell<Option<Costs>> = const { RefCell::new(None) };
    static CURRENT: Cell<Option<Operation>> = const { Cell::new(None) };
}

/// Whether allocations are counted: they are the whole program's, since one operation uses many threads.
static IS_COUNTING: AtomicBool = AtomicBool::new(false);
static ALLOCATED: AtomicU64 = AtomicU64::new(0);

/// Begins to measure this thread's operations.
pub fn begin() {
    IS_COUNTING.store(true, Ordering::Relaxed);
    COSTS.set(Some(Costs::new()));
}

/// Ends it and gives what was measured.
pub fn end() -> Costs {
    IS_COUNTING.store(false, Ordering::Relaxed);
    COSTS.take().unwrap_or_default()
}

/// Forgets what was measured so far, such as steps that warm up.
pub fn forget() {
    COSTS.with_borrow_mut(|costs| costs.iter_mut().for_each(Costs::clear));
}

/// Tells of an allocation; for the program's allocator.
pub fn count_allocation(bytes: usize) {
    if IS_COUNTING.load(Ordering::Relaxed) {
        ALLOCATED.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// The innermost operation that this thread is at.
pub fn current() -> Option<Operation> {
    CURRENT.get()
}

/// Does `work`, whose matrix products take so many floating-point operations.
pub fn measured<T>(operation: Operation, flops: usize, work: impl FnOnce() -> T) -> T {
    let outer = CURRENT.replace(Some(operation));
    let result = timed(operation, flops, work);
    CURRENT.set(outer);
    result
}

fn timed<T>(operation: Operation, flops: usize, work: impl FnOnce() -> T) -> T {
    let Some(before) = COSTS.with_borrow(|costs| costs.as_ref().map(total)) else { return work() };
    let (begun, allocated) = (Instant::now(), ALLOCATED.load(Ordering::Relaxed));
    let result = work();
    let (time, bytes) = (begun.elapsed(), ALLOCATED.load(Ordering::Relaxed) - allocated);
    COSTS.with_borrow_mut(|costs| {
        let Some(costs) = costs else { return };
        let inside = total(costs);
        let cost = costs.entry(operation).or_default();
        cost.calls += 1;
        cost.time += time.saturating_sub(inside.time - before.time);
        cost.bytes += bytes.saturating_sub(inside.bytes - before.bytes);
        cost.flops += flops as u64;
    });
    result
}

fn total(costs: &Costs) -> Cost {
    let add = |sum: Cost, cost: &Cost| Cost { time: sum.time + cost.time, bytes: sum.bytes + cost.bytes, ..sum };
    costs.values().fold(Cost::default(), add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spin(duration: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < duration {
            std::hint::spin_loop();
        }
    }

    #[test]
    fn an_operation_does_not_count_what_is_inside_it() {
        begin();
        let (short, long) = (Duration::from_millis(1), Duration::from_millis(40));
        measured(Operation::CrossEntropy, 0, || {
            spin(short);
            measured(Operation::LinearForward, 7, || {
                assert_eq!(current(), Some(Operation::LinearForward));
                spin(long);
            });
            assert_eq!(current(), Some(Operation::CrossEntropy));
            measured(Operation::LinearForward, 7, || spin(long));
        });
        assert_eq!(current(), None);
        let costs = end();
        let (outer, inner) = (costs[&Operation::CrossEntropy], costs[&Operation::LinearForward]);
        assert_eq!((outer.calls, outer.flops, inner.calls, inner.flops), (1, 0, 2, 14));
        assert!(outer.time >= short && inner.time >= 2 * long && outer.time < inner.time, "{outer:?} {inner:?}");
    }

    #[test]
    fn nothing_is_kept_while_nobody_asks() {
        measured(Operation::Embedding, 0, || ());
        begin();
        assert_eq!(end(), Costs::new());
    }
}
