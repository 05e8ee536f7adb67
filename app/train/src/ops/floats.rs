//! Safe access to the numbers of contiguous f32 tensors on the CPU.

use super::serving::{Server, server};
use candle_core::{CpuStorage, InplaceOp1, Layout, Result, Storage, StorageRef, Tensor, bail};
use std::cell::Cell;
use std::ops::{Deref, Range};

/// A tensor's numbers, readable as a slice for as long as this lives.
pub struct Floats<'a> {
    storage: StorageRef<'a>,
    range: Range<usize>,
}

impl<'a> Floats<'a> {
    /// Opens a contiguous f32 tensor on the CPU.
    ///
    /// # Errors
    /// When the tensor is of another type, on another device or not contiguous.
    pub fn of(tensor: &'a Tensor) -> Result<Self> {
        let (storage, layout) = tensor.storage_and_layout();
        let range = contiguous(layout)?;
        match &*storage {
            Storage::Cpu(CpuStorage::F32(_)) => Ok(Self { storage, range }),
            _ => bail!("f32 numbers on the CPU are wanted, not {:?} on {:?}", tensor.dtype(), tensor.device()),
        }
    }
}

impl Deref for Floats<'_> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        match &*self.storage {
            Storage::Cpu(CpuStorage::F32(values)) => &values[self.range.clone()],
            _ => unreachable!("`Floats::of` refuses all other storages"),
        }
    }
}

/// Changes a tensor's numbers in place.
///
/// # Errors
/// As [`Floats::of`], and what `change` returns.
pub fn edit(tensor: &Tensor, change: impl FnOnce(&mut [f32]) -> Result<()>) -> Result<()> {
    tensor.inplace_op1(&Edit(Cell::new(Some(change))))
}

struct Edit<F>(Cell<Option<F>>);

impl<F: FnOnce(&mut [f32]) -> Result<()>> InplaceOp1 for Edit<F> {
    fn name(&self) -> &'static str {
        "edit"
    }

    fn cpu_fwd(&self, storage: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let CpuStorage::F32(values) = storage else { bail!("f32 numbers are wanted") };
        let change = self.0.take().expect("candle runs an in-place operation once");
        change(&mut values[contiguous(layout)?])
    }
}

fn contiguous(layout: &Layout) -> Result<Range<usize>> {
    match layout.contiguous_offsets() {
        Some((start, end)) => Ok(start..end),
        None => bail!("a contiguous tensor is wanted, not strides {:?}", layout.stride()),
    }
}

/// The nearest number of bfloat16, ties to even; not for NaN.
#[inline(always)]
pub fn nearest_bf16(number: f32) -> f32 {
    let bits = number.to_bits();
    let to_even = (bits >> 16) & 1;
    f32::from_bits(bits.wrapping_add(0x7FFF + to_even) & 0xFFFF_0000)
}

/// Adds to a tensor in place: how gradients of micro-batches come together.
///
/// # Errors
/// When shapes or devices differ.
pub fn add_to(total: &Tensor, addition: &Tensor) -> Result<()> {
    match server(total) {
        Server::Cpu => {}
        Server::Cuda => return super::cuda::elements::add(total, addition),
        Server::Twins => return total.slice_set(&total.add(addition)?, 0, 0),
    }
    let addition = addition.contiguous()?;
    let addition = Floats::of(&addition)?;
    edit(total, |total| {
        super::rows::zip_mut(total, &addition, |t, a| *t += a);
        Ok(())
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use candle_core::{Device, Shape};
    use placebo_plugin_api::Rng;

    /// Numbers between −1 and 1 that depend on the seed alone.
    pub fn numbers(shape: impl Into<Shape>, seed: u64) -> Result<Tensor> {
        let shape = shape.into();
        let mut rng = Rng::from_seed(seed);
        let mut number = || rng.below(1 << 24) as f32 / (1 << 23) as f32 - 1.0;
        Tensor::from_vec((0..shape.elem_count()).map(|_| number()).collect::<Vec<_>>(), shape, &Device::Cpu)
    }

    /// Fails where two tensors differ by more than 1e-5 of the larger one's largest number.
    #[track_caller]
    pub fn assert_close(a: &Tensor, b: &Tensor) {
        assert_within(1e-5, a, b);
    }

    /// Fails where two tensors differ by more than so much of the larger one's largest number.
    #[track_caller]
    pub fn assert_within(tolerance: f32, a: &Tensor, b: &Tensor) {
        assert_eq!(a.dims(), b.dims());
        let (a, b) = (a.contiguous().unwrap(), b.contiguous().unwrap());
        let (a, b) = (Floats::of(&a).unwrap(), Floats::of(&b).unwrap());
        let largest = a.iter().chain(b.iter()).fold(1e-6f32, |m, x| m.max(x.abs()));
        let apart = a.iter().zip(b.iter()).map(|(a, b)| (a - b).abs()).fold(0f32, f32::max);
        assert!(apart <= tolerance * largest, "differ by {apart} at a size of {largest}");
    }

    #[test]
    fn additions_change_the_tensor_itself() -> Result<()> {
        let total = numbers((3, 4), 1)?;
        let before = total.copy()?;
        let alias = total.clone();
        add_to(&total, &numbers((4, 3), 2)?.t()?)?;
        assert_close(&alias, &(before + numbers((4, 3), 2)?.t()?)?);
        Ok(())
    }

    #[test]
    fn other_layouts_and_types_are_refused() -> Result<()> {
        assert!(Floats::of(&numbers((3, 4), 1)?.t()?).is_err());
        assert!(Floats::of(&numbers(3, 1)?.to_dtype(candle_core::DType::F64)?).is_err());
        Ok(())
    }
}
