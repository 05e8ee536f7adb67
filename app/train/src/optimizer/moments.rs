//! Adafactor's memory of one parameter, and its update.

use super::matrix::Matrix;
use super::state::{State, StateError, take};
use crate::ops::floats::{Floats, edit};
use candle_core::{D, DType, Device, Result, Tensor};
use placebo_experiment::plan::Precision;

/// The memory of one parameter.
pub(super) struct Moments {
    first: Option<Tensor>,
    second: Second,
}

/// Mean squares of a parameter's gradients.
enum Second {
    /// Per row and per column of a matrix.
    Factored { rows: Tensor, columns: Tensor },
    /// Per number of a vector.
    Full(Tensor),
}

/// The numbers of one parameter's step.
#[derive(Clone, Copy)]
pub(super) struct Factors {
    pub epsilon: f64,
    pub decay: f64,
    pub clip_threshold: f64,
    pub learning_rate: f64,
    pub keep: f64,
    pub beta1: f64,
    pub precision: Precision,
}

impl Factors {
    /// The learning rate of an update of this root mean square, so that none is larger than the threshold.
    fn clipped_rate(&self, size: f64) -> f64 {
        self.learning_rate / (size / self.clip_threshold).max(1.0)
    }

    /// The same where the size is on a device.
    fn clipped_rate_there(&self, size: &Tensor) -> Result<Tensor> {
        (size / self.clip_threshold)?.maximum(1.0)?.recip()? * self.learning_rate
    }
}

impl Moments {
    pub fn zeros(shape: &[usize], with_first: bool, device: &Device) -> Result<Self> {
        let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F32, device);
        let second = match shape {
            [rows, columns] => Second::Factored { rows: zeros(&[*rows])?, columns: zeros(&[*columns])? },
            _ => Second::Full(zeros(shape)?),
        };
        Ok(Self { first: with_first.then(|| zeros(shape)).transpose()?, second })
    }

    /// The tensors and what they are.
    pub fn named(&self) -> Vec<(&'static str, &Tensor)> {
        let first = self.first.iter().map(|first| ("first_moment", first));
        let second = match &self.second {
            Second::Factored { rows, columns } => vec![("row_moment", rows), ("column_moment", columns)],
            Second::Full(all) => vec![("second_moment", all)],
        };
        first.chain(second).collect()
    }

    /// Moments like these with a state's numbers.
    pub fn restored(&self, state: &mut State, name: &str) -> std::result::Result<Self, StateError> {
        let mut moment = |kind: &str, replaced| take(state, &format!("{kind}.{name}"), replaced);
        let first = self.first.as_ref().map(|first| moment("first_moment", first)).transpose()?;
        let second = match &self.second {
            Second::Factored { rows, columns } => {
                Second::Factored { rows: moment("row_moment", rows)?, columns: moment("column_moment", columns)? }
            }
            Second::Full(all) => Second::Full(moment("second_moment", all)?),
        };
        Ok(Self { first, second })
    }

    /// Changes the weight by one update from its gradient times `scale`, `[1]`.
    pub fn update(&mut self, weight: &Tensor, (gradient, scale): (&Tensor, &Tensor), f: Factors) -> Result<()> {
        if super::fused(weight) {
            self.update_fused(weight, (gradient, Floats::of(scale)?[0]), f)
        } else {
            self.update_composite(weight, &gradient.broadcast_mul(&scale.reshape(vec![1; gradient.rank()])?)?, f)
        }
    }

    /// Three passes over the gradient, one over the weight, and no copy of either.
    fn update_fused(&self, weight: &Tensor, (gradient, scale): (&Tensor, f32), f: Factors) -> Result<()> {
        let gradient = Floats::of(gradient)?;
        let matrix = self.second.taken_in((&gradient, scale), f)?;
        let rate = f.clipped_rate(matrix.update_size()) as f32;
        edit(weight, |weight| {
            let Some(first) = &self.first else {
                matrix.apply(weight, rate, f);
                return Ok(());
            };
            edit(first, |first| {
                matrix.apply_with_momentum(weight, first, rate, f);
                Ok(())
            })
        })
    }

    /// The same with tensor operations, for all devices and storages.
    fn update_composite(&mut self, weight: &Tensor, gradient: &Tensor, f: Factors) -> Result<()> {
        let squares = (gradient.sqr()? + f.epsilon)?;
        let update = (self.second.root_factors(squares, f.decay)? * gradient)?;
        let rate = f.clipped_rate_there(&update.sqr()?.mean_all()?.sqrt()?)?;
        let mut update = update.broadcast_mul(&rate)?;
        if let Some(first) = &mut self.first {
            *first = ((&*first * f.beta1)? + (update * (1.0 - f.beta1))?)?;
            update = first.clone();
        }
        let kept = (weight.to_dtype(DType::F32)? * f.keep)?;
        super::overwrite(weight, &(kept - update)?, f.precision)
    }
}

impl Second {
    /// Takes in a gradient and gives it with what it is multiplied by.
    fn taken_in<'a>(&self, (gradient, scale): (&'a [f32], f32), f: Factors) -> Result<Matrix<'a>> {
        let columns = match self {
            Second::Factored { columns, .. } => columns.elem_count(),
            Second::Full(_) => gradient.len(),
        };
        let mut matrix = Matrix::new(gradient, columns, scale);
        match self {
            Second::Full(all) => edit(all, |all| {
                matrix.take_in(all, f);
                Ok(())
            })?,
            Second::Factored { rows, columns } => edit(rows, |rows| {
                edit(columns, |columns| {
                    matrix.take_in_factored(rows, columns, f);
                    Ok(())
                })
            })?,
        }
        Ok(matrix)
    }

    /// Takes in the squared gradients and gives what each gradient is multiplied by.
    fn root_factors(&mut self, squares: Tensor, decay: f64) -> Result<Tensor> {
        let average = |old: &Tensor, new: Tensor| (old * decay)? + (new * (1.0 - decay))?;
        match self {
            Second::Full(all) => {
                *all = average(all, squares)?;
                all.sqrt()?.recip()
            }
            Second::Factored { rows, columns } => {
                *rows = average(rows, squares.mean(D::Minus1)?)?;
                *columns = average(columns, squares.mean(0)?)?;
                let row_factors = rows.broadcast_div(&rows.mean_keepdim(0)?)?.sqrt()?.recip()?;
                row_factors.unsqueeze(1)?.broadcast_mul(&columns.sqrt()?.recip()?.unsqueeze(0)?)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};

    fn factors(step: u64) -> Factors {
        Factors {
            epsilon: 1e-30,
            decay: 1.0 - (step as f64).powf(-0.8),
            clip_threshold: 0.5,
            learning_rate: 0.01,
            keep: 0.99,
            beta1: 0.9,
            precision: Precision::F32,
        }
    }

    #[test]
    fn fused_is_composite() -> Result<()> {
        for (shape, with_first) in
            [(vec![150, 231], false), (vec![150, 231], true), (vec![40_000], false), (vec![9], true)]
        {
            let moments = || Moments::zeros(&shape, with_first, &Device::Cpu).unwrap();
            let (fused, mut composite) = (moments(), moments());
            let (one, other) = (numbers(shape.clone(), 1)?, numbers(shape.clone(), 1)?);
            for step in 1..5 {
                let gradient = numbers(shape.clone(), 10 + step)?;
                fused.update_fused(&one, (&gradient, 0.3), factors(step))?;
                composite.update_composite(&other, &(gradient * 0.3)?, factors(step))?;
                assert_close(&one, &other);
            }
            for ((_, one), (_, other)) in fused.named().iter().zip(composite.named()) {
                assert_close(one, other);
            }
        }
        Ok(())
    }
}
