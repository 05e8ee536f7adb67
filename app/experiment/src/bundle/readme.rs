//! The page inside a bundle that tells a stranger what lies there and how to check it.

use crate::results::Build;

/// The page's name.
pub(super) const NAME: &str = "README.md";

/// The page of the bundle `top`.
pub(super) fn text(top: &str, build: &Build) -> String {
    let commit = if build.commit.is_empty() { String::new() } else { format!(" (commit {})", build.commit) };
    format!(
        "\
# Results: {top}

Bundled by Placebo {version}{commit}, a program for controlled trials of instruction tuning.

| file | holds |
|---|---|
| `results/<plan>/plan.toml` | the plan: data, model, recipe, conditions, seeds, metrics |
| `results/<plan>/<run>/spec.json` | what the run is; the folder's name is a hash of it |
| `results/<plan>/<run>/manifest.json` | what it ran with: program, device, task files, plugins, truncations |
| `results/<plan>/<run>/events.jsonl` | what happened when |
| `results/<plan>/<run>/generations.jsonl` | every answer with its references |
| `results/<plan>/<run>/scores.json` | every metric, overall, per task and per instance |
| `results/<plan>/figures/` | figures, where there are any |
| `report/` | tables, figures, methods and a page that shows them, where they were bundled too |
| `comparison.json` | the question that was asked of the scores, and the answer |
| `SHA256SUMS` | the checksum of every file |

## Checking it

    placebo verify FILE.zip      # or the folder that it was unpacked to

checks every checksum, computes the scores anew from the answers, the comparison from the scores and the figures from
the comparison, and says whether they are the same. `sha256sum -c SHA256SUMS` in this folder checks the checksums alone.
",
        version = build.version
    )
}
