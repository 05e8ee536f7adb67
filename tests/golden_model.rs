//! The model against Hugging Face: logits, losses, every gradient, greedy generations, likelihoods of labels.
//!
//! `golden/README.md` tells how the values were made.

mod fixture;

use candle_core::{Device, Result, Tensor};
use fixture::{FOLDERS, Fixture, assert_close};
use placebo_train::batch::{Batch, Ragged};
use placebo_train::generate::{Answer, Generator, Query, Strategy};
use placebo_train::ops::cross_entropy::total;
use placebo_train::ops::packed::Numbers;
use placebo_train::t5::{Decoding, Gradients, Learning, T5};

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
            let losses =
                model.accumulate(&batch, Learning { checkpointing, ..PLAIN }, 1.0 / tokens as f32, &gradients)?;
            let loss = total(&losses.to_vec1::<f32>()?);
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
        let losses = model.accumulate(&batch, learning, 1.0 / tokens as f32, &gradients)?;
        let loss = total(&losses.to_vec1::<f32>()?) / tokens as f64;
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
fn cached_decoding_gives_the_logits_of_whole_targets_whenever_a_row_enters() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, model) = Fixture::open(folder, &device())?;
        let batch = Batch::new(&fixture.examples());
        let (whole, spans) = (model.logits(&batch)?, batch.target.spans());
        let inputs = batch.target.shifted(model.config.decoder_start_token_id);
        let sources: Vec<_> = batch.source.iter().collect();
        let mut decoding = Decoding::new(&model);
        // Each row with the tokens of it that are read.
        let mut rows: Vec<(usize, usize)> = Vec::new();
        for step in 0..60 {
            let entering = match step {
                0 => 0..1,
                2 => 1..3,
                20 => 3..4,
                _ => 0..0,
            };
            if !entering.is_empty() {
                decoding.enter(&Ragged::new(sources[entering.clone()].iter().copied()))?;
                rows.extend(entering.map(|row| (row, 0)));
            }
            let left: Vec<_> = (0..rows.len()).filter(|at| rows[*at].1 < spans[rows[*at].0].len()).collect();
            if left.len() < rows.len() {
                decoding.keep(&left)?;
                rows = left.iter().map(|at| rows[*at]).collect();
            }
            assert_eq!(decoding.rows(), rows.len());
            if rows.is_empty() {
                continue;
            }
            let places: Vec<_> = rows.iter().map(|(row, read)| spans[*row].start + read).collect();
            let hidden = decoding.step(&places.iter().map(|place| inputs[*place]).collect::<Vec<_>>())?;
            let wanted = places.iter().map(|place| whole.narrow(0, *place, 1)).collect::<Result<Vec<_>>>()?;
            let wanted = Tensor::cat(&wanted, 0)?;
            assert_close(&model.head_logits(&hidden)?, &wanted, &format!("{folder} at {rows:?}"));
            let some = model.logits_of(&hidden, &[1, 4, 30])?;
            let columns = Tensor::new(&[1u32, 4, 30], wanted.device())?;
            assert_close(&some, &wanted.index_select(&columns, 1)?, &format!("{folder}, three tokens, at {rows:?}"));
            rows.iter_mut().for_each(|(_, read)| *read += 1);
        }
        assert!(rows.is_empty(), "the targets were read to their ends");
    }
    Ok(())
}

#[test]
fn integers_of_eight_bits_are_near_the_weights_they_stand_for() -> Result<()> {
    for folder in FOLDERS {
        let (fixture, mut model) = Fixture::open(folder, &Device::Cpu)?;
        let batch = Batch::new(&fixture.examples());
        let exact = model.logits(&batch)?;
        model.pack(Numbers::Int8)?;
        let rounded = model.logits(&batch)?;
        let size = |tensor: &Tensor| -> Result<f32> { tensor.sqr()?.mean_all()?.sqrt()?.to_scalar() };
        let off = size(&(&rounded - &exact)?)? / size(&exact)?;
        assert!(off > 0.0 && off < 0.05, "{folder}: off by {off}");
    }
    Ok(())
}

/// The choice that is found token by token, from the logits of the whole vocabulary.
fn constrained(model: &T5, query: &Query) -> Result<Answer> {
    let mut decoding = Decoding::new(model);
    decoding.enter(&Ragged::new([query.source.as_slice()]))?;
    let mut written = vec![model.config.decoder_start_token_id];
    loop {
        let hidden = decoding.step(&written[written.len() - 1..])?;
        let logits: Vec<f32> = model.head_logits(&hidden)?.squeeze(0)?.to_vec1()?;
        let open = query.choices.iter().filter(|choice| choice.starts_with(&written[1..]));
        let next = open
            .map(|choice| choice[written.len() - 1])
            .max_by(|a, b| logits[*a as usize].partial_cmp(&logits[*b as usize]).expect("numbers").then(b.cmp(a)));
        written.push(next.expect("a choice is open"));
        if let Some(choice) = query.choices.iter().position(|choice| *choice == written[1..]) {
            return Ok(Answer::Choice(choice));
        }
    }
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
                model.pack(Numbers::AsTrained)?;
            }
            let generator = Generator {
                model: &model,
                strategy: Strategy::Greedy,
                max_new_tokens: 40,
                batch_tokens,
                ignore_end: false,
            };
            let answers = generator.answer_all(&queries)?;
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
            generator.answer_all(&queries)
        };
        let ranked = answer(Strategy::Rank)?;
        for (answer, case) in ranked.iter().zip(cases) {
            let likelihoods: Vec<_> =
                case["log_likelihoods"].as_array().expect("a list").iter().map(|l| l.as_f64()).collect();
            let best =
                (0..likelihoods.len()).max_by(|a, b| likelihoods[*a].partial_cmp(&likelihoods[*b]).expect("numbers"));
            assert_eq!(*answer, Answer::Choice(best.expect("labels")), "{folder}");
        }
        let written = answer(Strategy::Constrained)?;
        let (free, chosen) = written.split_last().expect("answers");
        for (answer, query) in chosen.iter().zip(&queries) {
            assert_eq!(*answer, constrained(&model, query)?, "{folder}");
        }
        assert!(matches!(free, Answer::Tokens(tokens) if tokens.len() <= 4));
        assert_eq!(ranked.last(), Some(free));
    }
    Ok(())
}
