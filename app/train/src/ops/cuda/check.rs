//! Whether the kernels compute what the CPU does: small cases of every operation, run on both.

use super::KernelError;
use crate::initialise;
use crate::ops::attention::{Attention, Bias, Buckets, Projected, Spans};
use crate::ops::cross_entropy::CrossEntropy;
use crate::ops::dropout::{Dropout, token_key};
use crate::ops::feed_forward::Inner;
use crate::ops::linear::Operands;
use crate::ops::serving::{Server, with};
use crate::ops::{embedding, floats, rms_norm};
use crate::optimizer::{AdamW, AdamWSettings, Optimizer, Update, clip_factor, global_norm};
use crate::t5::{Config, Gradients, Layout, ParameterSpec};
use candle_core::{DType, Device, Result, Shape, Tensor};
use placebo_experiment::plan::Precision;

/// Results of one operation on a device, from numbers that are the same on all.
type Compute = fn(&Device) -> Result<Vec<Tensor>>;

/// An operation and how far its results may be apart, as a share of the largest number.
pub struct Case {
    pub name: &'static str,
    pub tolerance: f32,
    pub compute: Compute,
}

/// What sums in another order may differ by.
const ROUNDING: f32 = 1e-5;
/// What a few operands with eight significant bits may.
const BF16: f32 = 2e-2;

pub const CASES: [Case; 12] = [
    Case { name: "RMS norm", tolerance: ROUNDING, compute: norms },
    Case { name: "activation", tolerance: ROUNDING, compute: activations },
    Case { name: "dropout", tolerance: ROUNDING, compute: dropouts },
    Case { name: "sum", tolerance: ROUNDING, compute: sums },
    Case { name: "embedding", tolerance: ROUNDING, compute: embeddings },
    Case { name: "linear layer", tolerance: ROUNDING, compute: |device| linear_layers(device, Operands::F32) },
    Case { name: "linear layer, bf16", tolerance: ROUNDING, compute: |device| linear_layers(device, Operands::Bf16) },
    Case { name: "cross-entropy", tolerance: ROUNDING, compute: cross_entropies },
    Case { name: "attention", tolerance: ROUNDING, compute: |device| attentions(device, Operands::F32) },
    Case { name: "attention, bf16", tolerance: BF16, compute: |device| attentions(device, Operands::Bf16) },
    Case { name: "AdamW", tolerance: ROUNDING, compute: |device| updates(device, Precision::F32) },
    Case { name: "AdamW, bf16 weights", tolerance: BF16, compute: |device| updates(device, Precision::Bf16) },
];

/// Compares every case on a device with the CPU.
pub fn check(device: &Device) -> std::result::Result<(), KernelError> {
    CASES.iter().try_for_each(|case| case.check(device))
}

impl Case {
    /// Compares this case on a device with the CPU.
    pub fn check(&self, device: &Device) -> std::result::Result<(), KernelError> {
        let failed = |reason| KernelError::Failed { kernel: self.name, reason };
        let wanted = with(Server::Cpu, || (self.compute)(&Device::Cpu)).map_err(failed)?;
        let found = with(Server::Cuda, || (self.compute)(device)).map_err(failed)?;
        let distances = found.iter().zip(&wanted).map(|(found, wanted)| distance(found, wanted));
        let apart = distances.collect::<Result<Vec<_>>>().map_err(failed)?;
        match apart.into_iter().find(|apart| apart.is_nan() || *apart > self.tolerance) {
            Some(apart) => Err(KernelError::Wrong { kernel: self.name, apart }),
            None => Ok(()),
        }
    }
}

/// The largest difference as a share of the largest number; not a number where one is none.
pub fn distance(found: &Tensor, wanted: &Tensor) -> Result<f32> {
    let larger = |a: f32, b: f32| if b > a || b.is_nan() { b } else { a };
    let largest = |tensor: Tensor| -> Result<f32> {
        Ok(tensor.abs()?.flatten_all()?.to_vec1::<f32>()?.into_iter().fold(0.0, larger))
    };
    let found = found.to_device(&Device::Cpu)?.to_dtype(DType::F32)?;
    let wanted = wanted.to_dtype(DType::F32)?;
    Ok(largest((&found - &wanted)?)? / largest(wanted)?.max(1e-6))
}

/// Numbers between −1 and 1 that look random.
fn numbers(shape: impl Into<Shape>, seed: usize, device: &Device) -> Result<Tensor> {
    let shape = shape.into();
    let number = |i: usize| ((i * 7919 + seed * 104_729) as f64 * 0.618_033_988_749).fract() * 2.0 - 1.0;
    Tensor::from_vec((0..shape.elem_count()).map(|i| number(i) as f32).collect::<Vec<_>>(), shape, device)
}

fn zeros(shape: impl Into<Shape>, device: &Device) -> Result<Tensor> {
    Tensor::zeros(shape, DType::F32, device)
}

/// None, and a third of the values of so many rows.
fn dropouts_of(rows: usize) -> [Dropout; 2] {
    [Dropout::off(), Dropout::new(0.3, (0..rows).map(|row| token_key(5, row)).collect()).at(3)]
}

fn norms(device: &Device) -> Result<Vec<Tensor>> {
    let mut results = Vec::new();
    for (rows, width) in [(1, 1), (1, 300), (70, 37), (3, 256)] {
        let number = |seed| numbers((rows, width), seed, device);
        let (x, weight) = (number(1)?, numbers(width, 2, device)?);
        let (y, inverse) = rms_norm::forward(&x, &weight, 1e-6)?;
        let again = rms_norm::apply(&x, &inverse, &weight)?;
        let saved = rms_norm::Backward { x: &x, inverse: &inverse, weight: &weight };
        let d_weight = numbers(width, 3, device)?;
        let with_residual = saved.run(&number(4)?, Some(&number(5)?), &d_weight)?;
        let alone = saved.run(&number(4)?, None, &d_weight)?;
        results.extend([y, inverse, again, with_residual, alone, d_weight]);
    }
    Ok(results)
}

fn activations(device: &Device) -> Result<Vec<Tensor>> {
    let mut results = Vec::new();
    for (rows, width) in [(1, 40), (5, 300)] {
        for dropout in dropouts_of(rows) {
            for is_gated in [true, false] {
                let linear = is_gated.then(|| numbers((rows, width), 2, device)).transpose()?;
                let inner = Inner { active: (numbers((rows, width), 1, device)? * 4.0)?, linear };
                let (y, drawn) = inner.forward(&dropout)?;
                let slopes = inner.backward(&numbers((rows, width), 3, device)?, &dropout, &drawn)?;
                results.extend([y, inner.again(&dropout, &drawn)?, slopes.active]);
                results.extend(slopes.linear);
            }
        }
    }
    Ok(results)
}

fn dropouts(device: &Device) -> Result<Vec<Tensor>> {
    let mut results = Vec::new();
    for (rows, width) in [(1, 1), (7, 300)] {
        for dropout in dropouts_of(rows) {
            let (hidden, update) = (numbers((rows, width), 1, device)?, numbers((rows, width), 2, device)?);
            let (sum, drawn) = dropout.add(Some(&hidden), &update)?;
            results.extend([sum, dropout.add(None, &update)?.0, dropout.backward(&update, &drawn)?]);
        }
    }
    Ok(results)
}

fn sums(device: &Device) -> Result<Vec<Tensor>> {
    let total = numbers((3, 301), 1, device)?;
    floats::add_to(&total, &numbers((301, 3), 2, device)?.t()?)?;
    Ok(vec![total])
}

fn embeddings(device: &Device) -> Result<Vec<Tensor>> {
    let (table, tokens) = (numbers((9, 300), 1, device)?, [3, 0, 3, 8, 3]);
    embedding::add_gradient(&table, &tokens, &numbers((5, 300), 2, device)?)?;
    Ok(vec![embedding::forward(&table, &tokens)?, table])
}

fn linear_layers(device: &Device, operands: Operands) -> Result<Vec<Tensor>> {
    let mut results = Vec::new();
    for (rows, inputs, outputs) in [(1, 1, 1), (1, 33, 5), (19, 40, 24)] {
        let prepared = |shape: (usize, usize), seed| operands.prepare(&numbers(shape, seed, device)?);
        let (x, weight) = (prepared((rows, inputs), 1)?, prepared((outputs, inputs), 2)?);
        let dy = prepared((rows, outputs), 3)?;
        let (dx, d_weight) = (numbers((rows, inputs), 4, device)?, numbers((outputs, inputs), 5, device)?);
        operands.add_input_gradient(&dx, &dy, &weight)?;
        operands.add_weight_gradient(&d_weight, &dy, &x)?;
        results.extend([operands.forward(&x, &weight)?, operands.input_gradient(&dy, &weight)?, dx, d_weight]);
    }
    Ok(results)
}

fn cross_entropies(device: &Device) -> Result<Vec<Tensor>> {
    let mut results = Vec::new();
    let targets = [3, 299, 0, 7, 7];
    for smoothing in [0.0, 0.1] {
        let (head, hidden) = (numbers((300, 8), 1, device)?, (numbers((5, 8), 2, device)? * 5.0)?);
        let entropy = CrossEntropy { head: &head, operands: Operands::F32, smoothing };
        let d_head = zeros((300, 8), device)?;
        let (losses, d_hidden) = entropy.backward(&hidden, &targets, 0.3, &d_head)?;
        results.extend([losses, d_hidden, d_head, entropy.losses(&hidden, &targets)?]);
    }
    Ok(results)
}

fn attentions(device: &Device, operands: Operands) -> Result<Vec<Tensor>> {
    let own = || Spans::own(vec![0..20, 20..21, 21..58]);
    let cross = || Spans::new(vec![0..3, 3..3, 3..24], vec![0..9, 9..12, 12..40]);
    let cached = || Spans::new(vec![0..1, 1..2], vec![0..7, 10..17]);
    let mut results = Vec::new();
    for (spans, is_causal, is_biased) in
        [(own(), false, true), (own(), true, true), (cross(), false, false), (cached(), true, true)]
    {
        for dropout in dropouts_of(58) {
            let table = numbers((8, HEADS), 9, device)?;
            let buckets = Buckets { count: 8, max_distance: 20, bidirectional: !is_causal };
            let bias = is_biased.then_some(Bias { table: &table, buckets });
            let attention = Attention { spans: &spans, heads: HEADS, causal: is_causal, bias, dropout, operands };
            results.extend(attended(&attention, device)?);
        }
    }
    Ok(results)
}

const HEADS: usize = 3;

fn attended(attention: &Attention, device: &Device) -> Result<Vec<Tensor>> {
    let (queries, keys) = attention.spans.rows();
    let rows = |count, seed| numbers((count, HEADS * 5), seed, device);
    let inputs = Projected { query: (rows(queries, 1)? * 2.0)?, key: rows(keys, 2)?, value: rows(keys, 3)? };
    let (context, saved) = attention.forward(&inputs)?;
    let d_bias = numbers((8, HEADS), 4, device)?;
    let d = attention.backward(&inputs, (&context, &saved), &rows(queries, 5)?, Some(&d_bias))?;
    Ok(vec![context, d.query, d.key, d.value, d_bias])
}

fn updates(device: &Device, weights: Precision) -> Result<Vec<Tensor>> {
    let sizes =
        Config { vocab_size: 900, d_model: 20, d_kv: 4, d_ff: 30, num_heads: 2, num_layers: 1, ..Config::default() };
    let layout = Layout::new(&sizes);
    let settings = AdamWSettings { weight_decay: 0.1, epsilon: 1e-3, weights, ..AdamWSettings::default() };
    let mut optimizer = AdamW::new(settings, &layout, device)?;
    let mut weights = initialise::weights(&layout, 3, device)?;
    let mut results = Vec::new();
    for step in 0..3 {
        let gradient = |(at, spec): (usize, &ParameterSpec)| numbers(spec.shape.as_slice(), 10 * step + at, device);
        let gradients =
            Gradients { tensors: layout.parameters.iter().enumerate().map(gradient).collect::<Result<_>>()? };
        let norm = global_norm(&gradients)?;
        let gradient_factor = clip_factor(&norm, Some(1.0))?;
        optimizer.step(&mut weights, &gradients, &Update { learning_rate: 0.01, gradient_factor })?;
        results.push(norm);
    }
    results.extend(optimizer.state()?.into_values().filter(|tensor| tensor.dtype() == DType::F32));
    results.extend(weights.tensors);
    Ok(results)
}
