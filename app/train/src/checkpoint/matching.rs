//! Whether the tensors of a checkpoint are those of its configuration.

use super::weight_files::WeightFiles;
use crate::t5::Layout;
use std::collections::BTreeSet;
use std::fmt;

/// How many problems a message lists.
const LISTED: usize = 4;

/// Copies of the embedding and a bias that no model uses, which many checkpoints carry along.
const IGNORED: [&str; 4] = [
    "encoder.embed_tokens.weight",
    "decoder.embed_tokens.weight",
    "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight",
    "lm_head.weight",
];

/// One tensor that is not as the configuration wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TensorProblem {
    /// Its name.
    pub tensor: String,
    /// Shape in the file; `None` where the file lacks it.
    pub found: Option<Vec<usize>>,
    /// Shape that the configuration gives it; `None` where the model has no such tensor.
    pub wanted: Option<Vec<usize>>,
}

impl fmt::Display for TensorProblem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match (&self.found, &self.wanted) {
            (Some(found), Some(wanted)) => write!(f, "`{}` has the shape {found:?}, not {wanted:?}", self.tensor),
            (None, Some(wanted)) => write!(f, "`{}` of the shape {wanted:?} is missing", self.tensor),
            (_, None) => write!(f, "`{}` is not part of the model", self.tensor),
        }
    }
}

/// All that does not fit, in the order of the names.
pub(super) fn problems(layout: &Layout, files: &WeightFiles) -> Vec<TensorProblem> {
    let parameters = layout.parameters.iter();
    let unfit = parameters.filter(|wanted| files.shape(&wanted.name).as_deref() != Some(&wanted.shape));
    let unfit = unfit.map(|wanted| TensorProblem {
        tensor: wanted.name.clone(),
        found: files.shape(&wanted.name),
        wanted: Some(wanted.shape.clone()),
    });
    let mut problems: Vec<_> = unfit.chain(unexpected(layout, files)).collect();
    problems.sort();
    problems
}

fn unexpected(layout: &Layout, files: &WeightFiles) -> impl Iterator<Item = TensorProblem> {
    let known: BTreeSet<&str> = layout.parameters.iter().map(|p| p.name.as_str()).chain(IGNORED).collect();
    let strange = files.names().filter(move |name| !known.contains(name.as_str()));
    strange.map(|name| TensorProblem { tensor: name.clone(), found: files.shape(name), wanted: None })
}

/// The problems in words, the first few of them one by one.
pub(super) fn describe(problems: &[TensorProblem]) -> String {
    let listed: Vec<String> = problems.iter().take(LISTED).map(ToString::to_string).collect();
    let more = problems.len().saturating_sub(LISTED);
    let rest = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("the weights do not fit `config.json`: {}{rest}", listed.join("; "))
}
