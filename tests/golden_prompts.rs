//! Prompts equal, byte for byte, those that a second implementation in Python made of the same task files.

mod prompts;

use placebo_experiment::load::{Source, load_split};
use placebo_experiment::prompt::Template;
use placebo_experiment::sample::Keep;
use placebo_experiment::split::Split;

#[test]
fn prompts_are_those_of_the_second_implementation() {
    let path = prompts::folder().join("collection");
    let source = Source { path: &path, format: "natural-instructions", track: "default", overrides: &[] };
    let set = load_split(source, Split::Test, Keep::All).expect("the collection is part of the repository");
    for (plan, expected) in prompts::cases() {
        let mut expected = expected.iter();
        for task in &set.tasks {
            let template = Template::new(&plan, &task.instruction(), &prompts::count_tokens);
            for (instance, expected) in task.instances.iter().zip(expected.by_ref()) {
                let prompt = template.prompt(&instance.input);
                assert_eq!(prompt.text, expected["text"], "{} {plan:?}", instance.id);
                assert_eq!(prompt.examples, expected["examples"], "{} {plan:?}", instance.id);
                assert_eq!(prompt.tokens, expected["tokens"], "{} {plan:?}", instance.id);
            }
        }
        assert_eq!(expected.count(), 0, "every golden prompt has its instance");
    }
}
