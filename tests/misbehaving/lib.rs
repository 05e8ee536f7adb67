//! Plugins that do what no plugin should, for the tests of the host. The library is not named as a plugin, so that it is
//! found only by whoever asks for it.

#![forbid(unsafe_code)]

use placebo_plugin_api::{
    Descriptor, Direction, Example, Instruction, Metric, Part, PluginError, PromptForm, Scale, ScoreItem, Setting,
    Settings, Transform, TransformItem, Transformed,
};

placebo_plugin_api::export_plugin! {
    transforms: [
        Panics, Oversteps, Forgets, Fails, Choosy,
        Wild { id: "misbehaving.not", run: || () },
        Wild { id: "misbehaving.aborts", run: || std::process::abort() },
        Wild { id: "misbehaving.exits", run: || std::process::exit(0) },
        Wild { id: "misbehaving.spins", run: || loop { std::hint::spin_loop(); } },
        Wild { id: "misbehaving.sleeps", run: || loop { std::thread::park(); } },
        Wild { id: "misbehaving.hoards", run: || drop(std::hint::black_box(vec![1_u8; 10 << 30])) },
        Wild { id: "misbehaving.prints", run: || println!("{{\"failed\":\"I print\"}}\nwhatever I like") },
        Wild { id: "misbehaving.listens", run: listen },
        Reshapes { id: "misbehaving.loses-a-target", touches: &[Part::Target], run: |i| drop(i.targets.pop()) },
        Reshapes { id: "misbehaving.empties-a-target", touches: &[Part::Target], run: |i| i.targets[0].outputs.clear() },
        Reshapes { id: "misbehaving.oversteps-in-targets", touches: &[], run: |i| i.targets.reverse() },
        Reshapes { id: "misbehaving.deforms", touches: &[Part::Format], run: deform }
    ],
    metrics: [Immeasurable, OffScale]
}

/// Panics over every instruction.
struct Panics;

impl Transform for Panics {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform("misbehaving.panics", "Panics", &[Part::Definition])
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        let words: Vec<&str> = item.instruction.definition.split(' ').collect();
        Ok(Transformed::new(Instruction { definition: words[words.len() + 6].to_string(), ..item.instruction }))
    }
}

/// Changes the examples, though it announces the definition only.
struct Oversteps;

impl Transform for Oversteps {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform("misbehaving.oversteps", "Changes what it does not announce", &[Part::Definition])
    }

    fn apply(&self, mut item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        item.instruction.positive_examples.push(Example::new("one", "more"));
        Ok(Transformed::new(item.instruction))
    }
}

/// Answers one item too few.
struct Forgets;

impl Transform for Forgets {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform("misbehaving.forgets", "Forgets the last item", &[])
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Ok(Transformed::new(item.instruction))
    }

    fn apply_all(&self, mut items: Vec<TransformItem>, settings: &Settings) -> Result<Vec<Transformed>, PluginError> {
        items.pop();
        items.into_iter().map(|item| self.apply(item, settings)).collect()
    }
}

/// Cannot, and says so.
struct Fails;

impl Transform for Fails {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform("misbehaving.fails", "Fails", &[])
    }

    fn apply(&self, _: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        Err(PluginError::new("the moon is not full"))
    }
}

/// Behaves, and has a setting of every type.
struct Choosy;

impl Transform for Choosy {
    fn descriptor(&self) -> Descriptor {
        Descriptor {
            settings: vec![
                Setting::bool("loud", false, "whether to shout"),
                Setting::integer("times", 1..=3, 1, "how often"),
                Setting::float("share", 0.0..=1.0, 0.5, "how much"),
                Setting::choice("order", &["forward", "reverse"], "which way"),
                Setting::text("word", "well", "which word"),
                Setting::list("words", &["well", "now"], "which words"),
                Setting::file("table", "the words"),
            ],
            ..Descriptor::transform("misbehaving.choosy", "Has a setting of every type", &[])
        }
    }

    fn apply(&self, item: TransformItem, settings: &Settings) -> Result<Transformed, PluginError> {
        let note = format!(
            "{} {} {} {} {} {:?} {}",
            settings.bool("loud")?,
            settings.integer("times")?,
            settings.float("share")?,
            settings.text("order")?,
            settings.text("word")?,
            settings.list("words")?,
            !settings.text("table")?.is_empty(),
        );
        Ok(Transformed { instruction: item.instruction, notes: vec![note] })
    }
}

/// Does something that no plugin should, then leaves the instruction as it is.
struct Wild {
    id: &'static str,
    run: fn(),
}

impl Transform for Wild {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform(self.id, "Runs wild", &[])
    }

    fn apply(&self, item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        (self.run)();
        Ok(Transformed::new(item.instruction))
    }
}

/// Changes what a prompt does not say, in a way that no host can use.
struct Reshapes {
    id: &'static str,
    touches: &'static [Part],
    run: fn(&mut Instruction),
}

impl Transform for Reshapes {
    fn descriptor(&self) -> Descriptor {
        Descriptor::transform(self.id, "Reshapes", self.touches)
    }

    fn apply(&self, mut item: TransformItem, _: &Settings) -> Result<Transformed, PluginError> {
        (self.run)(&mut item.instruction);
        Ok(Transformed::new(item.instruction))
    }
}

fn deform(instruction: &mut Instruction) {
    instruction.form = Some(PromptForm { input: "Guess.".to_string(), ..PromptForm::default() });
}

/// Reads what is not meant for it: the host's next request.
fn listen() {
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    assert_eq!((read.ok(), line.as_str()), (Some(0), ""), "something was there to be read");
}

/// Scores what is no number.
struct Immeasurable;

impl Metric for Immeasurable {
    fn descriptor(&self) -> Descriptor {
        Descriptor::metric("misbehaving.immeasurable", "Not a number", Scale::percent())
    }

    fn score(&self, _: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
        Ok(f64::NAN)
    }
}

/// Scores beyond its scale.
struct OffScale;

impl Metric for OffScale {
    fn descriptor(&self) -> Descriptor {
        let scale = Scale { direction: Direction::LowerIsBetter, ..Scale::percent() };
        Descriptor::metric("misbehaving.off-scale", "Beyond its scale", scale)
    }

    fn score(&self, item: &ScoreItem, _: &Settings) -> Result<f64, PluginError> {
        Ok(100.0 + item.prediction.len() as f64)
    }
}
