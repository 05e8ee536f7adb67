//! Examples: the study's three sets, which are as the task has them, delusive, and none; and others of which the number, the
//! order, one side or the mapping from input to output is altered.

#![forbid(unsafe_code)]

mod delusive;
mod empty;
mod explanations;
mod first;
mod inputs_only;
mod of_another_task;
mod order;
mod original;
mod outputs;
mod outputs_only;
mod pairing;
mod random_label;
mod re_paired;
mod wrong_label;

placebo_plugin_api::export_plugin! {
    transforms: [
        original::Original,
        delusive::Delusive,
        empty::Empty,
        first::First,
        random_label::RandomLabel,
        wrong_label::WrongLabel,
        re_paired::RePaired,
        order::Order,
        of_another_task::OfAnotherTask,
        inputs_only::InputsOnly,
        outputs_only::OutputsOnly,
        explanations::Explanations,
    ]
}

/// Where the study's three come from.
const PRECEDENT: &str =
    "Kung & Peng, Do Models Really Learn to Follow Instructions? An Empirical Study of Instruction Tuning, ACL 2023";

#[cfg(test)]
mod tests {
    #[test]
    fn all_are_good_plugins() {
        placebo_plugin_api::testing::check(&super::PLUGINS);
    }
}
