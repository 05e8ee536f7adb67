//! Weights kept to the precision of bfloat16 in f32 storage.

use crate::ops::floats::{edit, nearest_bf16};
use crate::t5::Weights;
use candle_core::{DType, Result};
use placebo_experiment::plan::Precision;

/// Rounds weights to the nearest numbers that bfloat16 has; on every device and in every storage.
///
/// # Errors
/// When the device fails.
pub fn round_to_bf16(weights: &mut Weights) -> Result<()> {
    for weight in &weights.tensors {
        if super::fused(weight) {
            edit(weight, |numbers| {
                numbers.iter_mut().for_each(|number| *number = nearest_bf16(*number));
                Ok(())
            })?;
        } else if weight.dtype() != DType::BF16 {
            super::overwrite(weight, &weight.to_dtype(DType::F32)?.copy()?, Precision::Bf16)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use candle_core::{Device, Tensor};

    #[test]
    fn rounds_as_candle_does() -> Result<()> {
        let halfway = [1.0 + 1.0 / 256.0, 1.0 + 3.0 / 256.0, -1.0 - 1.0 / 256.0, 0.0, -0.0, 1e-40, 3.0e38];
        let numbers: Vec<f32> = (1..2000).map(|i| (i as f32 * 0.731).sin() * 1e3).chain(halfway).collect();
        let cast = Tensor::from_slice(&numbers, numbers.len(), &Device::Cpu)?.to_dtype(DType::BF16)?;
        let wanted = cast.to_dtype(DType::F32)?.to_vec1::<f32>()?;
        assert_eq!(numbers.into_iter().map(nearest_bf16).collect::<Vec<_>>(), wanted);
        Ok(())
    }
}
