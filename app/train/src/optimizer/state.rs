//! What an optimizer remembers from step to step, as named tensors.

use candle_core::{Device, Tensor};
use std::collections::BTreeMap;

/// An optimizer's memory: tensors by name, in the order of their names.
pub type State = BTreeMap<String, Tensor>;

/// Why an optimizer cannot go on from a state.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// A tensor that the optimizer needs is not there.
    #[error("the optimizer's state has none; it was saved by another optimizer or for another model: `{0}`")]
    Missing(String),
    /// A tensor of another shape or type.
    #[error("{found} where {wanted} is wanted; the optimizer's state was saved for another model: `{name}`")]
    Misshapen {
        /// The tensor.
        name: String,
        /// What the state has.
        found: String,
        /// What the optimizer needs.
        wanted: String,
    },
    /// The device failed.
    #[error(transparent)]
    Tensor(#[from] candle_core::Error),
}

const STEPS: &str = "steps";

/// The number of updates so far, as a tensor.
pub(super) fn put_steps(state: &mut State, steps: u32) -> candle_core::Result<()> {
    state.insert(STEPS.into(), Tensor::new(&[steps], &Device::Cpu)?);
    Ok(())
}

/// The number of updates so far.
pub(super) fn take_steps(state: &mut State) -> Result<u32, StateError> {
    let wanted = Tensor::new(&[0u32], &Device::Cpu)?;
    Ok(take(state, STEPS, &wanted)?.to_vec1::<u32>()?[0])
}

/// A named tensor, moved to the device of the one that it replaces; shape and type must be the same.
pub(super) fn take(state: &mut State, name: &str, replaced: &Tensor) -> Result<Tensor, StateError> {
    let found = state.remove(name).ok_or_else(|| StateError::Missing(name.into()))?;
    if found.dims() != replaced.dims() || found.dtype() != replaced.dtype() {
        return Err(misshapen(name, &found, replaced));
    }
    Ok(found.to_device(replaced.device())?.contiguous()?)
}

fn misshapen(name: &str, found: &Tensor, wanted: &Tensor) -> StateError {
    let describe = |tensor: &Tensor| format!("{:?} {:?}", tensor.dtype(), tensor.dims());
    StateError::Misshapen { name: name.into(), found: describe(found), wanted: describe(wanted) }
}
