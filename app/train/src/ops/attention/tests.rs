//! The kernel against its twin, and the twin against difference quotients.

use super::*;
use crate::ops::floats::tests::{assert_within, numbers};
use candle_core::{DType, Device};

const HEADS: usize = 3;
const WIDTH: usize = 5;

struct Case {
    spans: Spans,
    causal: bool,
    biased: bool,
}

fn projected(case: &Case, seed: u64) -> Result<Projected> {
    let rows = |ends: usize, part| numbers((ends, HEADS * WIDTH), seed + part);
    let (queries, keys): (Vec<_>, Vec<_>) = case.spans.pairs().map(|(q, k)| (q.end, k.end)).unzip();
    let (queries, keys) = (queries.into_iter().max().unwrap(), keys.into_iter().max().unwrap());
    Ok(Projected { query: (rows(queries, 1)? * 2.0)?, key: rows(keys, 2)?, value: rows(keys, 3)? })
}

fn check(case: &Case) -> Result<()> {
    // The twin stays in f32; rounded operands have eight bits.
    compare(case, Operands::F32, 1e-5)?;
    compare(case, Operands::Bf16, 2e-2)
}

fn compare(case: &Case, operands: Operands, tolerance: f32) -> Result<()> {
    let table = numbers((8, HEADS), 9)?;
    let buckets = Buckets { count: 8, max_distance: 20, bidirectional: !case.causal };
    let bias = case.biased.then_some(Bias { table: &table, buckets });
    let attention =
        Attention { spans: &case.spans, heads: HEADS, operands, causal: case.causal, bias, dropout: Dropout::off() };
    let inputs = projected(case, 10)?;
    let (context, saved) = kernel::forward(&attention, &inputs)?;
    let (twin, twin_saved) = composite::forward(&attention, &inputs)?;
    assert_within(tolerance, &context, &twin);
    if !case.spans.keys_disjoint() {
        return Ok(());
    }
    let d_context = numbers(context.dims().to_vec(), 20)?;
    let zeros = || Tensor::zeros((8, HEADS), DType::F32, &Device::Cpu);
    let (d_bias, d_bias_twin) = (zeros()?, zeros()?);
    let gradient = attention.backward(&inputs, (&context, &saved), &d_context, Some(&d_bias))?;
    let twin = if case.biased { Some(&d_bias_twin) } else { None };
    let twin = attention.backward(&inputs, (&context, &twin_saved), &d_context, twin)?;
    assert_within(tolerance, &gradient.query, &twin.query);
    assert_within(tolerance, &gradient.key, &twin.key);
    assert_within(tolerance, &gradient.value, &twin.value);
    assert_within(tolerance, &d_bias, &d_bias_twin);
    Ok(())
}

#[test]
fn what_is_laid_out_is_seen_as_it_was() -> Result<()> {
    // Keys of a sequence may lie anywhere, and one row may be nobody's.
    let spans = Spans::new(vec![0..1, 1..2, 2..3], vec![4..75, 0..1, 76..109]);
    for (operands, tolerance) in [(Operands::F32, 1e-5), (Operands::Bf16, 2e-2)] {
        let attention =
            Attention { spans: &spans, heads: HEADS, operands, causal: false, bias: None, dropout: Dropout::off() };
        let inputs = projected(
            &Case { spans: Spans::new(vec![0..1, 1..3], vec![0..9, 9..109]), causal: false, biased: false },
            10,
        )?;
        let Some(mut laid) = attention.lay_out((&inputs.key, &inputs.value))? else {
            eprintln!("skipped: this processor has no tiles of ours");
            return Ok(());
        };
        let wanted = composite::forward(&attention, &inputs)?.0;
        assert_within(tolerance, &attention.look_at(&laid, &inputs.query)?, &wanted);
        laid.remove(1);
        let rest = |rows: &Tensor| Tensor::cat(&[rows.narrow(0, 0, 1)?, rows.narrow(0, 2, 1)?], 0);
        assert_within(tolerance, &attention.look_at(&laid, &rest(&inputs.query)?)?, &rest(&wanted)?);
    }
    Ok(())
}

#[test]
fn encoder_decoder_cross_and_cached_attention_equal_their_twins() -> Result<()> {
    let own = || Spans::own(vec![0..70, 70..71, 71..161]);
    check(&Case { spans: own(), causal: false, biased: true })?;
    check(&Case { spans: own(), causal: true, biased: true })?;
    let cross = Spans::new(vec![0..3, 3..68], vec![0..9, 9..20]);
    check(&Case { spans: cross, causal: false, biased: false })?;
    let cached = Spans::new(vec![0..1, 1..2], vec![0..7, 10..17]);
    check(&Case { spans: cached, causal: true, biased: true })?;
    let shared = Spans::new(vec![0..2, 2..5], vec![0..9, 0..9]);
    check(&Case { spans: shared, causal: false, biased: false })
}

#[test]
fn gradients_are_difference_quotients_with_dropout_too() -> Result<()> {
    let spans = Spans::own(vec![0..4, 4..11]);
    let table = numbers((8, HEADS), 9)?;
    let bias = Bias { table: &table, buckets: Buckets { count: 8, max_distance: 20, bidirectional: true } };
    let keys = (0..11).map(|t| super::super::dropout::token_key(3, t)).collect();
    let attention = Attention {
        spans: &spans,
        heads: HEADS,
        operands: Operands::F32,
        causal: false,
        bias: Some(bias),
        dropout: Dropout::new(0.3, keys).at(1),
    };
    let inputs = projected(&Case { spans: Spans::own(vec![0..4, 4..11]), causal: false, biased: true }, 30)?;
    let d_context = numbers((11, HEADS * WIDTH), 40)?;
    let objective = |inputs: &Projected| -> Result<f64> {
        (attention.forward(inputs)?.0 * &d_context)?.to_dtype(DType::F64)?.sum_all()?.to_scalar()
    };
    let (context, saved) = attention.forward(&inputs)?;
    let d_bias = Tensor::zeros((8, HEADS), DType::F32, &Device::Cpu)?;
    let gradient = attention.backward(&inputs, (&context, &saved), &d_context, Some(&d_bias))?;
    let direction = numbers((11, HEADS * WIDTH), 50)?;
    let moved = |by: f64| -> Result<Projected> {
        let shift = (&direction * by)?;
        Ok(Projected {
            query: (&inputs.query + &shift)?,
            key: (&inputs.key + &shift)?,
            value: (&inputs.value + &shift)?,
        })
    };
    let quotient = (objective(&moved(1e-2)?)? - objective(&moved(-1e-2)?)?) / 2e-2;
    let all = ((gradient.query + gradient.key)? + gradient.value)?;
    let slope: f64 = (all * &direction)?.to_dtype(DType::F64)?.sum_all()?.to_scalar()?;
    assert!((quotient - slope).abs() < 2e-3 * slope.abs().max(1.0), "{quotient} is not {slope}");
    Ok(())
}
