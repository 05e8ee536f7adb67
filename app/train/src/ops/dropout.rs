//! Dropout whose masks depend on the example, its token and the place in the model alone.
//!
//! In our kernels a mask is a hash, computed again in the backward pass: it costs no memory, cutting a batch into other
//! micro-batches changes nothing, and CPU and CUDA draw the same. The composite twins draw it from their device's own
//! generator, which [`Dropout::reseed`] sets back so that a recomputed block sees the same masks.

use super::floats::Floats;
use super::lanes::lanes;
use super::serving::{Server, server};
use super::{cuda, rows};
use crate::meter::{Operation, measured};
use candle_core::{Device, Result, Tensor};
use std::sync::{Arc, OnceLock};

/// A mask that was drawn rather than hashed, kept for the backward pass; holds 0 or 1/(1 − rate).
pub type Drawn = Option<Tensor>;

/// Where and how often values are dropped.
#[derive(Clone, Debug)]
pub struct Dropout {
    rate: f32,
    /// One key for each token (row) of the stack.
    tokens: Arc<[u64]>,
    /// The same keys where a device's kernels read them, copied there once.
    on_device: Arc<OnceLock<Tensor>>,
    site: u64,
}

/// The two numbers that a row's mask is hashed from.
#[derive(Clone, Copy)]
pub(crate) struct RowKey(u32, u32);

/// From which hash on a value is kept, and what keeps its expectation.
#[derive(Clone, Copy)]
pub(crate) struct Odds {
    pub threshold: u32,
    pub scale: f32,
}

impl Dropout {
    /// Drops nothing: evaluation and generation.
    pub fn off() -> Self {
        Self::new(0.0, Arc::from([]))
    }

    /// Drops values at `rate` in rows whose randomness comes from `tokens`, one key a row.
    pub fn new(rate: f64, tokens: Arc<[u64]>) -> Self {
        Self { rate: rate as f32, tokens, on_device: Arc::default(), site: 0 }
    }

    /// The same at another place of the model.
    pub fn at(&self, site: u64) -> Self {
        Self { site: mix(self.site ^ (site + 1)), ..self.clone() }
    }

    /// Whether nothing is dropped.
    pub fn is_off(&self) -> bool {
        self.rate == 0.0
    }

    /// Sets a device's own generator to this place, so that what follows can be drawn again.
    ///
    /// # Errors
    /// When the device fails.
    pub fn reseed(&self, device: &Device) -> Result<()> {
        if self.is_off() || device.is_cpu() {
            return Ok(());
        }
        let first = self.tokens.first().copied().unwrap_or(0);
        device.set_seed(mix(first ^ self.site) >> 32)
    }

    /// `hidden + dropout(update)`, or `dropout(update)` alone.
    ///
    /// # Errors
    /// When the shapes do not fit.
    pub fn add(&self, hidden: Option<&Tensor>, update: &Tensor) -> Result<(Tensor, Drawn)> {
        measured(Operation::DropoutAndSum, 0, || {
            if server(update) != Server::Twins {
                return Ok((self.add_hashed(hidden, update)?, None));
            }
            let mask = self.draw(update.dims(), update.device())?;
            let kept = self.apply(update, &mask)?;
            Ok((hidden.map_or(Ok(kept.clone()), |hidden| hidden + &kept)?, mask))
        })
    }

    /// Gradient of the update from the gradient of the sum.
    ///
    /// # Errors
    /// When the device is out of memory.
    pub fn backward(&self, gradient: &Tensor, drawn: &Drawn) -> Result<Tensor> {
        measured(Operation::DropoutAndSum, 0, || match server(gradient) {
            Server::Cpu | Server::Cuda => self.add_hashed(None, gradient),
            Server::Twins => self.apply(gradient, drawn),
        })
    }

    fn add_hashed(&self, hidden: Option<&Tensor>, update: &Tensor) -> Result<Tensor> {
        if self.is_off() && hidden.is_none() {
            return Ok(update.clone());
        }
        if server(update) == Server::Cuda {
            return match hidden {
                Some(hidden) if self.is_off() => hidden + update,
                _ => cuda::elements::dropout_add(self, hidden, update),
            };
        }
        let width = update.dim(1)?;
        let update_values = Floats::of(update)?;
        let hidden = hidden.map(Floats::of).transpose()?;
        let mut out = hidden.map_or_else(|| vec![0f32; update_values.len()], |hidden| hidden.to_vec());
        if self.is_off() {
            rows::zip_mut(&mut out, &update_values, |out, update| *out += update);
            return Tensor::from_vec(out, update.shape(), update.device());
        }
        rows::each(&mut out, width, |row, out| {
            add_kept(out, &update_values[row * width..][..width], self.key(row, 0), self.odds());
        });
        Tensor::from_vec(out, update.shape(), update.device())
    }

    /// A mask from the device's generator; none where nothing is dropped.
    pub(crate) fn draw(&self, shape: &[usize], device: &Device) -> Result<Drawn> {
        if self.is_off() {
            return Ok(None);
        }
        let odds = self.odds();
        let kept = Tensor::rand(0f32, 1f32, shape, device)?.ge(self.rate)?;
        Ok(Some((kept.to_dtype(candle_core::DType::F32)? * f64::from(odds.scale))?))
    }

    pub(crate) fn apply(&self, values: &Tensor, drawn: &Drawn) -> Result<Tensor> {
        drawn.as_ref().map_or_else(|| Ok(values.clone()), |mask| values * mask)
    }

    /// The tokens' keys on a device; none where nothing is dropped.
    pub(crate) fn keys_on(&self, device: &Device) -> Result<Option<Tensor>> {
        if self.is_off() {
            return Ok(None);
        }
        if let Some(keys) = self.on_device.get() {
            return Ok(Some(keys.clone()));
        }
        // Of the same 64 bits; candle has no unsigned type of this size.
        let keys = Tensor::from_iter(self.tokens.iter().map(|key| *key as i64), device)?;
        Ok(Some(self.on_device.get_or_init(|| keys).clone()))
    }

    pub(crate) fn site(&self) -> u64 {
        self.site
    }

    pub(crate) fn key(&self, token: usize, part: u64) -> RowKey {
        let key = mix(self.tokens[token] ^ mix(self.site.wrapping_add(part)));
        RowKey((key >> 32) as u32, key as u32)
    }

    pub(crate) fn odds(&self) -> Odds {
        let threshold = (f64::from(self.rate) * 4_294_967_296.0) as u32;
        Odds { threshold, scale: 1.0 / (1.0 - self.rate) }
    }
}

/// The key of a token: of its example in this visit, and its position.
pub fn token_key(example: u64, position: usize) -> u64 {
    mix(example ^ mix(position as u64 + 1))
}

/// SplitMix64's finaliser (Steele, Lea & Flood 2014).
fn mix(key: u64) -> u64 {
    let z = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// What a value is multiplied by: 0 or the scale. The hash is MurmurHash3's finaliser with a second key inside.
#[inline(always)]
pub(crate) fn factor(column: usize, key: RowKey, odds: Odds) -> f32 {
    let h = (column as u32).wrapping_mul(0x9E37_79B1) ^ key.0;
    let h = (h ^ (h >> 16)).wrapping_mul(0x85EB_CA6B) ^ key.1;
    let h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    if (h ^ (h >> 16)) >= odds.threshold { odds.scale } else { 0.0 }
}

lanes! {
fn add_kept(out: &mut [f32], update: &[f32], key: RowKey, odds: Odds) {
    for (column, (out, update)) in out.iter_mut().zip(update).enumerate() {
        *out += update * factor(column, key, odds);
    }
}
}

lanes! {
/// Drops values of a row in place.
pub(crate) fn drop_row(row: &mut [f32], key: RowKey, odds: Odds) {
    for (column, x) in row.iter_mut().enumerate() {
        *x *= factor(column, key, odds);
    }
}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::floats::tests::{assert_close, numbers};
    use candle_core::DType;

    fn dropout(rows: usize) -> Dropout {
        Dropout::new(0.25, (0..rows).map(|t| token_key(7, t)).collect())
    }

    #[test]
    fn drops_at_the_rate_and_keeps_the_mean() -> Result<()> {
        let ones = Tensor::ones((200, 500), DType::F32, &Device::Cpu)?;
        let (kept, _) = dropout(200).add(None, &ones)?;
        let kept = Floats::of(&kept)?.to_vec();
        let dropped = kept.iter().filter(|x| **x == 0.0).count() as f64 / kept.len() as f64;
        assert!((dropped - 0.25).abs() < 0.006, "{dropped}");
        assert!((kept.iter().sum::<f32>() as f64 / kept.len() as f64 - 1.0).abs() < 0.008);
        Ok(())
    }

    #[test]
    fn sites_and_tokens_differ_and_the_gradient_takes_the_same_mask() -> Result<()> {
        let (hidden, update) = (numbers((4, 64), 1)?, numbers((4, 64), 2)?);
        let first = dropout(4).at(1);
        let (sum, drawn) = first.add(Some(&hidden), &update)?;
        assert_close(&(sum - hidden)?, &first.backward(&update, &drawn)?);
        let other = dropout(4).at(2).backward(&update, &None)?;
        let same =
            (first.backward(&update, &None)?.eq(&other)?.to_dtype(DType::F32)?).mean_all()?.to_scalar::<f32>()?;
        assert!(same < 0.8, "masks of two sites agree on {same}");
        Ok(())
    }

    #[test]
    fn a_mask_follows_its_example_wherever_it_stands() -> Result<()> {
        let update = numbers((1, 64), 2)?;
        let alone = Dropout::new(0.25, [token_key(9, 0)].into()).backward(&update, &None)?;
        let batch = Dropout::new(0.25, [token_key(8, 0), token_key(9, 0)].into());
        let both = batch.backward(&Tensor::cat(&[&update, &update], 0)?, &None)?;
        assert_close(&both.narrow(0, 1, 1)?, &alone);
        Ok(())
    }
}
