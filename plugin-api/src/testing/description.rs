//! Whether a plugin's account of itself is complete and true.

use std::collections::BTreeSet;

use super::Subject;
use crate::{Case, Descriptor, WorkedExample};

pub fn names_are_unique(descriptors: &[Descriptor]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let repeated = descriptors.iter().filter(|descriptor| !seen.insert(descriptor.id.as_str()));
    repeated.map(|descriptor| format!("the library offers two plugins `{}`", descriptor.id)).collect()
}

pub fn is_complete(subject: &Subject) -> Result<(), String> {
    let descriptor = subject.descriptor();
    let mut problems = descriptor.problems();
    let settings_help = descriptor.settings.iter().filter(|setting| setting.help.trim().is_empty());
    problems.extend(settings_help.map(|setting| format!("setting `{}` has no help", setting.name)));
    for (what, absent) in [
        ("version", descriptor.version.is_empty()),
        ("documentation", descriptor.documentation.trim().is_empty()),
        ("worked example", descriptor.examples.is_empty()),
    ] {
        problems.extend(absent.then(|| format!("it has no {what}")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("; ")) }
}

pub fn examples_hold(subject: &Subject) -> Result<(), String> {
    let wrong = |example: &WorkedExample| Some(format!("\"{}\": {}", example.title, holds(subject, example).err()?));
    let wrong: Vec<String> = subject.descriptor().examples.iter().filter_map(wrong).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

fn holds(subject: &Subject, example: &WorkedExample) -> Result<(), String> {
    let settings = subject.laid_out(example)?;
    match &example.case {
        Case::Transform { item, result } => {
            let found = subject.transform(&settings, vec![item.clone()])?;
            if found[0] == *result { Ok(()) } else { Err(format!("wanted {result:#?}, found {:#?}", found[0])) }
        }
        Case::Score { item, result } => {
            let found = subject.score(&settings, vec![item.clone()])?[0];
            if (found - result).abs() <= 1e-9 { Ok(()) } else { Err(format!("wanted {result}, found {found}")) }
        }
    }
}
