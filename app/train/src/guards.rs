//! What must hold of the engine whatever its kernels do: nothing is left out of training, batching changes nothing,
//! resuming changes nothing, and it learns.

mod kernels;

use crate::batch::{Batch, Example};
use crate::fit::{Fit, Lesson};
use crate::generate::{Answer, Generator, Query, Strategy};
use crate::initialise;
use crate::ops::cross_entropy::total;
use crate::ops::cuda::emulator;
use crate::ops::floats::tests::assert_close;
use crate::ops::linear::Operands;
use crate::ops::serving::{Server, with};
use crate::t5::{Config, FeedForward, Gradients, Layout, Learning, T5};
use candle_core::{Device, Result, Tensor};
use placebo_experiment::plan::{Preset, Recipe};

const DROPPING: Learning = Learning { dropout: 0.2, smoothing: 0.1, checkpointing: false };

fn config(feed_forward_proj: FeedForward) -> Config {
    Config {
        vocab_size: 50,
        d_model: 24,
        d_kv: 6,
        d_ff: 40,
        num_layers: 2,
        num_decoder_layers: Some(3),
        num_heads: 3,
        relative_attention_num_buckets: 8,
        relative_attention_max_distance: 20,
        feed_forward_proj,
        tie_word_embeddings: feed_forward_proj == FeedForward::Relu,
        ..Config::default()
    }
}

fn model(feed_forward: FeedForward) -> Result<T5> {
    let config = config(feed_forward);
    let weights = initialise::weights(&Layout::new(&config), 7, &Device::Cpu)?;
    T5::new(config, weights, Operands::F32)
}

fn examples() -> Vec<Example> {
    let ids = |start: u32, count: u32| (0..count).map(|i| 3 + (start + i * i) % 40).chain([1]).collect();
    let example = |(index, (source, target)): (u32, (u32, u32))| Example {
        source: ids(index * 7, source),
        target: ids(index * 11 + 5, target),
        key: u64::from(index) + 100,
    };
    (0..).zip([(30, 4), (3, 9), (75, 1), (12, 5)]).map(example).collect()
}

/// Gradients of the summed loss of batches, and that loss.
fn gradients(model: &T5, batches: &[Batch], learning: Learning) -> Result<(Gradients, f64)> {
    let gradients = Gradients::zeros(&model.layout, &Device::Cpu)?;
    let losses =
        batches.iter().map(|batch| Ok(total(&model.accumulate(batch, learning, 1.0, &gradients)?.to_vec1::<f32>()?)));
    let loss = losses.sum::<Result<f64>>()?;
    Ok((gradients, loss))
}

#[test]
fn every_parameter_receives_a_gradient() -> Result<()> {
    for feed_forward in [FeedForward::Relu, FeedForward::GatedGelu] {
        let model = model(feed_forward)?;
        let (gradients, _) = gradients(&model, &[Batch::new(&examples())], DROPPING)?;
        for (spec, gradient) in model.layout.parameters.iter().zip(&gradients.tensors) {
            let largest: f32 = gradient.abs()?.flatten_all()?.max(0)?.to_scalar()?;
            assert!(largest > 1e-6, "`{}` receives no gradient", spec.name);
        }
    }
    Ok(())
}

#[test]
fn a_ragged_batch_is_its_examples_one_by_one_with_dropout_too() -> Result<()> {
    for feed_forward in [FeedForward::Relu, FeedForward::GatedGelu] {
        let (model, examples) = (model(feed_forward)?, examples());
        let alone: Vec<_> = examples.iter().map(|example| Batch::new([example])).collect();
        let (together, loss) = gradients(&model, &[Batch::new(&examples)], DROPPING)?;
        let (one_by_one, sum) = gradients(&model, &alone, DROPPING)?;
        assert!((loss / sum - 1.0).abs() < 1e-6, "{loss} is not {sum}");
        for (a, b) in together.tensors.iter().zip(&one_by_one.tensors) {
            assert_close(a, b);
        }
    }
    Ok(())
}

#[test]
fn computing_blocks_again_gives_the_same_gradients() -> Result<()> {
    let (model, batch) = (model(FeedForward::GatedGelu)?, [Batch::new(&examples())]);
    let (kept, _) = gradients(&model, &batch, DROPPING)?;
    let (again, _) = gradients(&model, &batch, Learning { checkpointing: true, ..DROPPING })?;
    for (a, b) in kept.tensors.iter().zip(&again.tensors) {
        assert_eq!(a.flatten_all()?.to_vec1::<f32>()?, b.flatten_all()?.to_vec1::<f32>()?);
    }
    Ok(())
}

#[test]
fn bf16_operands_stay_near_f32() -> Result<()> {
    let weights = initialise::weights(&Layout::new(&config(FeedForward::GatedGelu)), 7, &Device::Cpu)?;
    let rounded = T5::new(config(FeedForward::GatedGelu), weights, Operands::Bf16)?;
    let batch = Batch::new(&examples());
    let apart = (rounded.logits(&batch)? - model(FeedForward::GatedGelu)?.logits(&batch)?)?;
    let largest: f32 = apart.abs()?.flatten_all()?.max(0)?.to_scalar()?;
    assert!(largest > 0.0 && largest < 0.1, "{largest}");
    Ok(())
}

#[test]
fn a_device_without_kernels_computes_the_same() -> Result<()> {
    let plain = Learning { dropout: 0.0, ..DROPPING };
    for feed_forward in [FeedForward::Relu, FeedForward::GatedGelu] {
        for learning in [plain, Learning { checkpointing: true, ..plain }] {
            let (model, batch) = (model(feed_forward)?, [Batch::new(&examples())]);
            let (kernels, loss) = gradients(&model, &batch, learning)?;
            let (composite, same) = with(Server::Twins, || gradients(&model, &batch, learning))?;
            assert!((loss / same - 1.0).abs() < 1e-5, "{loss} is not {same}");
            for (a, b) in kernels.tensors.iter().zip(&composite.tensors) {
                assert_close(a, b);
            }
        }
    }
    Ok(())
}

#[test]
fn a_device_without_kernels_trains_with_dropout_and_writes_the_same() -> Result<()> {
    let lessons = lessons();
    let recipe = Recipe { dropout: Some(0.1), epochs: 30.0, gradient_checkpointing: true, ..recipe() };
    let mut fit = Fit::new(model(FeedForward::GatedGelu)?, &lessons, &recipe, 1)?;
    let first = with(Server::Twins, || fit.advance())?.loss;
    let mut last = first;
    while fit.step() < fit.steps() {
        last = with(Server::Twins, || fit.advance())?.loss;
    }
    assert!(last < first / 2.0, "from {first} to {last}");
    assert_eq!(with(Server::Twins, || answers(&fit, &lessons))?, answers(&fit, &lessons)?);
    Ok(())
}

fn lessons() -> Vec<Lesson> {
    examples().into_iter().map(|e| Lesson { source: e.source, targets: vec![e.target] }).collect()
}

fn recipe() -> Recipe {
    Recipe {
        batch_size: 3,
        learning_rate: 1e-2,
        warmup_steps: 0,
        epochs: 60.0,
        dropout: Some(0.0),
        micro_batch_tokens: 60,
        ..Preset::Small.recipe()
    }
}

#[test]
fn four_pairs_are_learnt_by_heart() -> Result<()> {
    let (lessons, recipe) = (lessons(), recipe());
    let mut fit = Fit::new(model(FeedForward::GatedGelu)?, &lessons, &recipe, 1)?;
    let mut loss = f64::INFINITY;
    while fit.step() < fit.steps() {
        loss = fit.advance()?.loss;
    }
    assert!(loss < 0.05, "the last loss is {loss}");
    let wanted = lessons.iter().map(|l| Answer::Tokens(l.targets[0][..l.targets[0].len() - 1].to_vec()));
    assert_eq!(answers(&fit, &lessons)?, wanted.collect::<Vec<_>>());
    Ok(())
}

fn answers(fit: &Fit, lessons: &[Lesson]) -> Result<Vec<Answer>> {
    let generator = Generator {
        model: &fit.model,
        strategy: Strategy::Greedy,
        max_new_tokens: 12,
        batch_tokens: 1000,
        ignore_end: false,
    };
    let queries: Vec<_> = lessons.iter().map(|l| Query { source: l.source.clone(), choices: Vec::new() }).collect();
    generator.answer_all(&queries)
}

#[test]
fn resuming_is_never_having_stopped() -> Result<()> {
    let (lessons, recipe) = (lessons(), Recipe { dropout: Some(0.1), epochs: 4.0, ..recipe() });
    let fresh = || Fit::new(model(FeedForward::GatedGelu)?, &lessons, &recipe, 1);
    let (mut straight, mut first) = (fresh()?, fresh()?);
    for _ in 0..5 {
        first.advance()?;
    }
    let weights = first.model.weights_ref().tensors.iter().map(Tensor::copy).collect::<Result<_>>()?;
    let mut resumed = fresh()?;
    resumed.model.weights().tensors = weights;
    resumed.optimizer.restore(first.optimizer.state()?).expect("the state is this model's");
    resumed.resume(5)?;
    while straight.step() < straight.steps() {
        straight.advance()?;
    }
    while resumed.step() < resumed.steps() {
        resumed.advance()?;
    }
    for (a, b) in straight.model.weights_ref().tensors.iter().zip(&resumed.model.weights_ref().tensors) {
        assert_eq!(a.flatten_all()?.to_vec1::<f32>()?, b.flatten_all()?.to_vec1::<f32>()?);
    }
    Ok(())
}

#[test]
fn cuda_kernels_train_as_the_cpu_does_with_dropout_too() -> Result<()> {
    if !emulator::is_there() {
        return Ok(());
    }
    for feed_forward in [FeedForward::Relu, FeedForward::GatedGelu] {
        for learning in [DROPPING, Learning { checkpointing: true, ..DROPPING }] {
            let (model, batch) = (model(feed_forward)?, [Batch::new(&examples())]);
            let (cpu, loss) = gradients(&model, &batch, learning)?;
            let (cuda, same) = with(Server::Cuda, || gradients(&model, &batch, learning))?;
            assert!((loss / same - 1.0).abs() < 1e-5, "{loss} is not {same}");
            for (a, b) in cpu.tensors.iter().zip(&cuda.tensors) {
                assert_close(a, b);
            }
        }
    }
    Ok(())
}

#[test]
fn cuda_kernels_take_the_same_steps_and_write_the_same_answers() -> Result<()> {
    if !emulator::is_there() {
        return Ok(());
    }
    let (lessons, recipe) = (lessons(), Recipe { dropout: Some(0.1), epochs: 6.0, ..recipe() });
    let fresh = || Fit::new(model(FeedForward::GatedGelu)?, &lessons, &recipe, 1);
    let (mut cpu, mut cuda) = (fresh()?, fresh()?);
    while cpu.step() < cpu.steps() {
        let (wanted, found) = (cpu.advance()?, with(Server::Cuda, || cuda.advance())?);
        assert!((wanted.loss / found.loss - 1.0).abs() < 1e-4, "{wanted:?} is not {found:?}");
        assert!((wanted.gradient_norm / found.gradient_norm - 1.0).abs() < 1e-3, "{wanted:?} is not {found:?}");
    }
    assert_eq!(with(Server::Cuda, || answers(&cuda, &lessons))?, answers(&cpu, &lessons)?);
    Ok(())
}

#[test]
fn cuda_kernels_of_bf16_stay_near_f32() -> Result<()> {
    if !emulator::is_there() {
        return Ok(());
    }
    let batch = [Batch::new(&examples())];
    let (exact, loss) = gradients(&model(FeedForward::GatedGelu)?, &batch, DROPPING)?;
    let (rounded, near) = with(Server::Cuda, || {
        let weights = initialise::weights(&Layout::new(&config(FeedForward::GatedGelu)), 7, &Device::Cpu)?;
        gradients(&T5::new(config(FeedForward::GatedGelu), weights, Operands::Bf16)?, &batch, DROPPING)
    })?;
    assert!((loss / near - 1.0).abs() < 0.01, "{loss} is not near {near}");
    for (a, b) in exact.tensors.iter().zip(&rounded.tensors) {
        let size = |t: &Tensor| t.sqr()?.sum_all()?.sqrt()?.to_scalar::<f32>();
        assert!(size(&(a - b)?)? < 0.1 * size(a)?, "{} of {}", size(&(a - b)?)?, size(a)?);
    }
    Ok(())
}
