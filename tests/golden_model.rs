//! The model against Hugging Face: logits, losses, every gradient, greedy generations, likelihoods of labels.
//!
//! `golden/README.md` tells how the values were made.

mod fixture;

use candle_core::{Device, Result, Tensor};
use fixture::{FOLDERS, Fixture, assert_close};
use placebo_train::batch::{Batch, Ragged};
use placebo_train::generate::{Answer, Generator, Query, Strategy};
use placebo_train::t5::{Gradients, Learning};
use std::ops::ControlFlow;

const PLAIN: Learning = Learning { dropout: 0.0, smoothing: 0.0, checkpointing: false };

/// The device that `PLACEBO_TEST_DEVICE` names, the CPU where it names none.
fn device() -> Device {
    fixture::device()
}

#[test]
fn logits_and_losses_are_hugging_faces() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        let batch = Batch::new(&fixture.examples());
        assert_close(&model.logits(&batch)?, fixture.tensor("logits"), folder);
        let losses = model.losses(&batch)?;
        let mean = losses.iter().sum::<f32>() / losses.len() as f32;
        assert!((f64::from(mean) / fixture.number("/forward/loss") - 1.0).abs() < 1e-5, "{folder}: {mean}");
        for (row, span) in batch.target.spans().iter().enumerate() {
            let (sum, wanted) =
                (losses[span.clone()].iter().sum::<f32>(), fixture.number(&format!("/forward/example_losses/{row}")));
            assert!((f64::from(sum) / wanted - 1.0).abs() < 1e-5, "{folder} row {row}: {sum} is not {wanted}");
        }
    }
    Ok(())
}

#[test]
fn every_gradient_is_hugging_faces() -> Result<()> {
    for folder in FOLDERS {
        for checkpointing in [false, true] {
            let (fixture, model) = Fixture::open(folder, &device())?;
            let batch = Batch::new(&fixture.examples());
            let gradients = Gradients::zeros(&model.layout, &device())?;
            let tokens = batch.target.ids().len();
            let loss =
                model.accumulate(&batch, Learning { checkpointing, ..PLAIN }, 1.0 / tokens as f32, &gradients)?;
            assert!((loss / tokens as f64 / fixture.number("/forward/loss") - 1.0).abs() < 1e-5);
            for (spec, gradient) in model.layout.parameters.iter().zip(&gradients.tensors) {
                let wanted = fixture.tensor(&format!("gradient.{}", spec.name));
                assert_close(gradient, wanted, &format!("{folder} {}", spec.name));
            }
        }
    }
    Ok(())
}

#[test]
fn label_smoothing_is_hugging_faces() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        let batch = Batch::new(&fixture.examples());
        let gradients = Gradients::zeros(&model.layout, &device())?;
        let tokens = batch.target.ids().len();
        let learning = Learning { smoothing: 0.1, ..PLAIN };
        let loss = model.accumulate(&batch, learning, 1.0 / tokens as f32, &gradients)? / tokens as f64;
        assert!((loss / fixture.number("/forward/smoothed_loss") - 1.0).abs() < 1e-5, "{folder}: {loss}");
        let norm = model.layout.decoder.final_norm;
        let name = format!("smoothed.gradient.{}", model.layout.parameters[norm.0].name);
        assert_close(gradients.get(norm), fixture.tensor(&name), folder);
    }
    Ok(())
}

#[test]
fn labels_are_as_likely_as_for_hugging_face() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        for case in fixture.cases["likelihoods"].as_array().expect("a list") {
            let (source, labels) = (fixture::ids(&case["source"]), fixture::lists(&case["labels"]));
            let memory = model.encode(&Ragged::new([source.as_slice()]))?;
            let target = Ragged::new(labels.iter().map(Vec::as_slice));
            let losses = model.target_losses(&memory, vec![0..source.len(); labels.len()], &target)?;
            for (row, span) in target.spans().iter().enumerate() {
                let likelihood = -f64::from(losses[span.clone()].iter().sum::<f32>());
                let wanted = case["log_likelihoods"][row].as_f64().expect("a number");
                assert!((likelihood / wanted - 1.0).abs() < 1e-4, "{folder}: {likelihood} is not {wanted}");
            }
        }
    }
    Ok(())
}

#[test]
fn cached_decoding_gives_the_logits_of_whole_targets() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        let batch = Batch::new(&fixture.examples());
        let whole = model.logits(&batch)?;
        let mut decoding = placebo_train::t5::Decoding::start(&model, &batch.source)?;
        let mut rows: Vec<usize> = (0..4).collect();
        let inputs = batch.target.shifted(model.config.decoder_start_token_id);
        for position in 0.. {
            let spans = batch.target.spans();
            let left: Vec<usize> = (0..rows.len()).filter(|r| position < spans[rows[*r]].len()).collect();
            if left.is_empty() {
                break;
            }
            if left.len() < rows.len() {
                decoding.keep(&left)?;
                rows = left.iter().map(|r| rows[*r]).collect();
            }
            let tokens: Vec<u32> = rows.iter().map(|r| inputs[spans[*r].start + position]).collect();
            let step = decoding.step(&tokens)?;
            let wanted =
                rows.iter().map(|r| whole.narrow(0, spans[*r].start + position, 1)).collect::<Result<Vec<_>>>()?;
            assert_close(&step, &Tensor::cat(&wanted, 0)?, &format!("{folder} position {position}"));
        }
    }
    Ok(())
}

#[test]
fn greedy_generations_are_identical_to_hugging_faces() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, mut model) = Fixture::open(folder, &device())?;
        let cases = fixture.cases["generations"].as_array().expect("a list");
        let query = |case: &serde_json::Value| Query { source: fixture::ids(&case["source"]), choices: Vec::new() };
        let queries: Vec<_> = cases.iter().map(query).collect();
        for (batch_tokens, packed) in [(1, false), (10_000, false), (10_000, true)] {
            if packed {
                model.pack()?;
            }
            let generator = Generator {
                model: &model,
                strategy: Strategy::Greedy,
                max_new_tokens: 40,
                batch_tokens,
                ignore_end: false,
            };
            let answers = generator.answer_all(&queries, |_| ControlFlow::Continue(()))?.expect("nothing breaks off");
            for (answer, case) in answers.iter().zip(cases) {
                let mut wanted = fixture::ids(&case["tokens"]);
                wanted.pop_if(|token| *token == 1);
                assert_eq!(*answer, Answer::Tokens(wanted), "{folder}");
            }
        }
    }
    Ok(())
}

#[test]
fn choices_are_ranked_as_hugging_face_would_and_constrained_answers_are_choices() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        let cases = fixture.cases["likelihoods"].as_array().expect("a list");
        let query = |case: &serde_json::Value| Query {
            source: fixture::ids(&case["source"]),
            choices: fixture::lists(&case["labels"]),
        };
        let mut queries: Vec<_> = cases.iter().map(query).collect();
        queries.push(Query { source: vec![5, 6, 1], choices: Vec::new() });
        let answer = |strategy| {
            let generator =
                Generator { model: &model, strategy, max_new_tokens: 4, batch_tokens: 10_000, ignore_end: false };
            generator.answer_all(&queries, |_| ControlFlow::Continue(()))
        };
        let ranked = answer(Strategy::Rank)?.expect("nothing breaks off");
        for (answer, case) in ranked.iter().zip(cases) {
            let likelihoods: Vec<_> =
                case["log_likelihoods"].as_array().expect("a list").iter().map(|l| l.as_f64()).collect();
            let best =
                (0..likelihoods.len()).max_by(|a, b| likelihoods[*a].partial_cmp(&likelihoods[*b]).expect("numbers"));
            assert_eq!(*answer, Answer::Choice(best.expect("labels")), "{folder}");
        }
        let constrained = answer(Strategy::Constrained)?.expect("nothing breaks off");
        let (free, chosen) = constrained.split_last().expect("answers");
        assert!(chosen.iter().all(|answer| matches!(answer, Answer::Choice(_))));
        assert!(matches!(free, Answer::Tokens(tokens) if tokens.len() <= 4));
        assert_eq!(ranked.last(), Some(free));
    }
    Ok(())
}
