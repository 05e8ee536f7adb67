//! The gradients' global norm and the factor that clips it.

use crate::ops::cuda;
use crate::ops::floats::Floats;
use crate::ops::serving::{Server, server};
use crate::t5::Gradients;
use candle_core::{D, DType, Device, Result, Tensor};
use rayon::prelude::*;

const LANES: usize = 8;

/// Euclidean norm of all gradients together, `[1]`, left on their device; on the CPU summed in f64 in an order that no
/// number of threads changes.
///
/// Not finite where a gradient is not.
///
/// # Errors
/// When the device fails.
///
/// # Panics
/// When there are no gradients.
pub fn global_norm(gradients: &Gradients) -> Result<Tensor> {
    match server(&gradients.tensors[0]) {
        Server::Cpu => {
            let sums: Vec<f64> = gradients.tensors.iter().map(sum_of_squares).collect::<Result<_>>()?;
            Tensor::new(&[sums.into_iter().sum::<f64>().sqrt()], &Device::Cpu)
        }
        Server::Cuda => cuda::optimizer::norm(&gradients.tensors),
        Server::Twins => composite_norm(&gradients.tensors),
    }
}

/// What gradients of this norm are multiplied by so that it is at most `largest`, `[1]` in f32: torch's
/// `clip_grad_norm_`.
///
/// # Errors
/// When the device fails.
pub fn clip_factor(norm: &Tensor, largest: Option<f64>) -> Result<Tensor> {
    match largest {
        Some(largest) => ((norm + 1e-6)?.recip()? * largest)?.minimum(1.0)?.to_dtype(DType::F32),
        None => Tensor::ones(1, DType::F32, norm.device()),
    }
}

/// The number of a tensor `[1]`; waits for its device.
///
/// # Errors
/// When the device fails.
pub fn number(tensor: &Tensor) -> Result<f64> {
    Ok(tensor.to_device(&Device::Cpu)?.to_dtype(DType::F64)?.to_vec1()?[0])
}

fn sum_of_squares(gradient: &Tensor) -> Result<f64> {
    let gradient = Floats::of(gradient)?;
    let chunks: Vec<f64> = gradient.par_chunks(super::CHUNK).map(chunk_sum).collect();
    Ok(chunks.into_iter().sum())
}

fn chunk_sum(chunk: &[f32]) -> f64 {
    let mut sums = [0f64; LANES];
    let rows = chunk.chunks_exact(LANES);
    let rest: f64 = rows.remainder().iter().map(|x| f64::from(*x).powi(2)).sum();
    for row in rows {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += f64::from(*x) * f64::from(*x);
        }
    }
    sums.iter().sum::<f64>() + rest
}

fn composite_norm(tensors: &[Tensor]) -> Result<Tensor> {
    let sums = tensors.iter().map(|t| t.sqr()?.sum_all()).collect::<Result<Vec<_>>>()?;
    Tensor::stack(&sums, 0)?.sum_keepdim(D::Minus1)?.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::numbers;

    fn gradients() -> Gradients {
        Gradients { tensors: vec![numbers((100, 333), 1).unwrap(), numbers(7, 2).unwrap()] }
    }

    #[test]
    fn norm_is_that_of_all_tensors_together() {
        let all = gradients().tensors.iter().map(|t| t.flatten_all().unwrap()).collect::<Vec<_>>();
        let numbers = Tensor::cat(&all, 0).unwrap().to_vec1::<f32>().unwrap();
        let wanted = numbers.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>().sqrt();
        let norm = number(&global_norm(&gradients()).unwrap()).unwrap();
        assert!((norm / wanted - 1.0).abs() < 1e-12);
        let composite = number(&composite_norm(&gradients().tensors).unwrap()).unwrap();
        assert!((composite / wanted - 1.0).abs() < 1e-5);
    }

    #[test]
    fn a_broken_gradient_shows() {
        let mut gradients = gradients();
        gradients.tensors[1] = (&gradients.tensors[1] / 0.0).unwrap();
        assert!(!number(&global_norm(&gradients).unwrap()).unwrap().is_finite());
    }

    #[test]
    fn short_gradients_stay_as_they_are() {
        let factor = |norm: f64, largest| {
            let norm = Tensor::new(&[norm], &Device::Cpu).unwrap();
            number(&clip_factor(&norm, largest).unwrap()).unwrap()
        };
        assert_eq!(factor(0.5, Some(1.0)), 1.0);
        assert_eq!(factor(3.0, None), 1.0);
        assert!((factor(4.0, Some(1.0)) - 0.25).abs() < 1e-6);
    }
}
