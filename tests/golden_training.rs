//! Optimizers against torch and transformers: alone on given gradients, and ten steps of a whole model.
//!
//! `golden/README.md` tells how the values were made.

mod fixture;

use candle_core::{Device, Result, Tensor, safetensors};
use fixture::{Fixture, assert_close};
use placebo_experiment::plan::Precision;
use placebo_train::batch::Batch;
use placebo_train::ops::cross_entropy::total;
use placebo_train::optimizer::{
    Adafactor, AdafactorSettings, AdamW, AdamWSettings, Optimizer, Update, clip_factor, global_norm, number,
};
use placebo_train::t5::{Config, Gradients, Initial, Layout, Learning, ParameterSpec, T5, Weights};
use std::collections::HashMap;
use std::path::Path;

const STEPS: usize = 10;
const LEARNING_RATE: f64 = 1e-3;
const PARAMETERS: [&str; 4] = ["a.matrix", "b.vector", "c.wide", "d.tall"];

/// An optimizer under the name that its fixtures have, and its learning rate.
type Named = (&'static str, f64, Box<dyn Optimizer>);

/// The settings of `OPTIMIZERS` in `t5.py`.
fn optimizers(layout: &Layout, device: &Device) -> Result<Vec<Named>> {
    let adamw = |settings| AdamW::new(settings, layout, device).map(|o| Box::new(o) as Box<dyn Optimizer>);
    let adafactor = |settings| Adafactor::new(settings, layout, device).map(|o| Box::new(o) as Box<dyn Optimizer>);
    let (plain, factored) = (AdamWSettings { weight_decay: 0.01, ..Default::default() }, AdafactorSettings::default());
    let other_betas = AdamWSettings { betas: [0.8, 0.95], epsilon: 1e-6, weight_decay: 0.0, weights: Precision::F32 };
    let relative = AdafactorSettings { scale_parameter: true, relative_step: true, warmup_init: true, ..factored };
    let momentum =
        AdafactorSettings { beta1: Some(0.9), weight_decay: 0.01, clip_threshold: 0.5, decay_rate: -0.7, ..factored };
    Ok(vec![
        ("adamw", LEARNING_RATE, adamw(plain)?),
        ("adamw-other-betas", 3e-3, adamw(other_betas)?),
        ("adafactor", LEARNING_RATE, adafactor(factored)?),
        ("adafactor-relative", 0.0, adafactor(relative)?),
        ("adafactor-scaled", LEARNING_RATE, adafactor(AdafactorSettings { scale_parameter: true, ..factored })?),
        ("adafactor-momentum", LEARNING_RATE, adafactor(momentum)?),
    ])
}

/// The tensors of `optimizers/steps.safetensors` and the gradient norms in its header.
fn steps(device: &Device) -> Result<(HashMap<String, Tensor>, Vec<f64>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/optimizers/steps.safetensors");
    let bytes = std::fs::read(&path).expect("the fixture is in the repository");
    let (_, header) = ::safetensors::SafeTensors::read_metadata(&bytes).expect("the fixture has a header");
    let norms = header.metadata().as_ref().and_then(|notes| notes.get("gradient_norms")).expect("norms in the header");
    Ok((safetensors::load(path, device)?, serde_json::from_str(norms).expect("norms are a list")))
}

fn layout(tensors: &HashMap<String, Tensor>) -> Layout {
    let spec = |name: &&str| ParameterSpec {
        name: (*name).to_owned(),
        shape: tensors[&format!("start.{name}")].dims().to_vec(),
        initial: Initial::Constant(0.0),
    };
    Layout { parameters: PARAMETERS.iter().map(spec).collect(), ..Layout::new(&Config::default()) }
}

#[test]
fn optimizers_step_as_torch_and_transformers_do() -> Result<()> {
    let device = fixture::device();
    let (tensors, norms) = steps(&device)?;
    for (name, learning_rate, mut optimizer) in optimizers(&layout(&tensors), &device)? {
        let start = PARAMETERS.iter().map(|p| tensors[&format!("start.{p}")].copy());
        let mut weights = Weights { tensors: start.collect::<Result<_>>()? };
        for step in 0..STEPS {
            let gradient = |p: &&str| tensors[&format!("gradient.{step}.{p}")].clone();
            let gradients = Gradients { tensors: PARAMETERS.iter().map(gradient).collect() };
            let norm = global_norm(&gradients)?;
            let gradient_factor = clip_factor(&norm, Some(1.0))?;
            let norm = number(&norm)?;
            assert!((norm / norms[step] - 1.0).abs() < 1e-6, "{norm} is not {}", norms[step]);
            optimizer.step(&mut weights, &gradients, &Update { learning_rate, gradient_factor })?;
            for (parameter, weight) in PARAMETERS.iter().zip(&weights.tensors) {
                if let Some(wanted) = tensors.get(&format!("{name}.after.{}.{parameter}", step + 1)) {
                    assert_close(weight, wanted, &format!("{name} step {step} {parameter}"));
                    assert_changes_close(weight, wanted, &tensors[&format!("start.{parameter}")], name);
                }
            }
        }
    }
    Ok(())
}

/// Weights hardly move in ten steps, so that their closeness says little: the way they went must agree as well.
#[track_caller]
fn assert_changes_close(got: &Tensor, wanted: &Tensor, start: &Tensor, what: &str) {
    let change = |weight: &Tensor| (weight - start).expect("same shapes");
    let size = |t: &Tensor| t.sqr().and_then(|t| t.sum_all()?.sqrt()?.to_scalar::<f32>()).expect("a number");
    let apart = size(&(got - wanted).expect("same shapes")) / size(&change(wanted));
    assert!(apart < 1e-3, "{what}: the change differs by {apart} of its size");
}

#[test]
fn ten_steps_of_adamw_are_torchs() -> Result<()> {
    let settings = AdamWSettings { weight_decay: 0.01, ..AdamWSettings::default() };
    ten_steps("adamw", |model| Ok(Box::new(AdamW::new(settings, &model.layout, &fixture::device())?)))
}

#[test]
fn ten_steps_of_adafactor_are_transformers() -> Result<()> {
    let settings = AdafactorSettings::default();
    ten_steps("adafactor", |model| Ok(Box::new(Adafactor::new(settings, &model.layout, &fixture::device())?)))
}

fn ten_steps(kind: &str, make: impl Fn(&T5) -> Result<Box<dyn Optimizer>>) -> Result<()> {
    for folder in ["v1_0", "v1_1"] {
        let device = fixture::device();
        let (fixture, mut model) = Fixture::open(folder, &device)?;
        let start = model.weights().tensors.iter().map(Tensor::copy).collect::<Result<Vec<_>>>()?;
        let batch = Batch::new(&fixture.examples());
        let tokens = batch.target.ids().len() as f32;
        let mut gradients = Gradients::zeros(&model.layout, &device)?;
        let mut optimizer = make(&model)?;
        for step in 0..STEPS {
            gradients_of(&model, &batch, tokens, &mut gradients, fixture.number(&format!("/{kind}/losses/{step}")))?;
            let norm = global_norm(&gradients)?;
            let gradient_factor = clip_factor(&norm, Some(1.0))?;
            let norm = number(&norm)?;
            let wanted = fixture.number(&format!("/{kind}/gradient_norms/{step}"));
            assert!((norm / wanted - 1.0).abs() < 1e-4, "{folder} {kind} step {step}: {norm} is not {wanted}");
            let update = Update { learning_rate: LEARNING_RATE, gradient_factor };
            optimizer.step(model.weights(), &gradients, &update)?;
            model.refresh()?;
        }
        let wanted = safetensors::load(fixture.folder.join(format!("{kind}.safetensors")), &device)?;
        let specs = model.layout.parameters.clone();
        for ((spec, weight), start) in specs.iter().zip(&model.weights().tensors).zip(&start) {
            let what = format!("{folder} {kind} {}", spec.name);
            assert_close(weight, &wanted[&spec.name], &what);
            assert_changes_close(weight, &wanted[&spec.name], start, &what);
        }
    }
    Ok(())
}

fn gradients_of(model: &T5, batch: &Batch, tokens: f32, gradients: &mut Gradients, wanted: f64) -> Result<()> {
    gradients.clear()?;
    let learning = Learning { dropout: 0.0, smoothing: 0.0, checkpointing: false };
    let losses = model.accumulate(batch, learning, 1.0 / tokens, gradients)?;
    let loss = total(&losses.to_vec1::<f32>()?) / f64::from(tokens);
    assert!((loss / wanted - 1.0).abs() < 1e-4, "{loss} is not {wanted}");
    Ok(())
}
