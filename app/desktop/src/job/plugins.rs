//! Plugins at work outside of runs: loading, worked examples, trust, examination.

use crate::message::{Message, Told};
use crate::state::{Examination, Trial};
use placebo_experiment::plugin::{Registry, Search, Source, Validation};
use placebo_plugin_api::{Case, WorkedExample};
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// Loads the plugins that came with the program, the user's, and those in further places that are trusted.
pub(crate) fn load_plugins(places: &[PathBuf], host: &Path) -> Registry {
    Search::standard().also(places).hosted_by(host.to_owned()).load()
}

/// Puts a worked example before its plugin; files that its settings name are laid out in `folder`.
///
/// # Errors
/// Whatever the plugin says against it.
pub(crate) fn try_out(trial: &Trial, folder: &Path, registry: &Registry) -> Told<Case> {
    let WorkedExample { files, case, .. } = &trial.example;
    if !files.is_empty() {
        fs_err::create_dir_all(folder).map_err(|error| error.to_string())?;
    }
    let settings = trial.example.laid_out(folder).map_err(|error| error.to_string())?;
    let answer = match case {
        Case::Transform { item, .. } => {
            let results = registry.apply(&trial.plugin, &settings, vec![item.clone()]);
            let result = results.map(|results| results.into_iter().next().expect("one item gives one result"));
            result.map(|result| Case::Transform { item: item.clone(), result })
        }
        Case::Score { item, .. } => {
            let scores = registry.score(&trial.plugin, &settings, std::slice::from_ref(item));
            scores.map(|scores| Case::Score { item: item.clone(), result: scores[0] })
        }
    };
    answer.map_err(|error| error.to_string())
}

/// Trusts what lies at a path, as `placebo plugin trust` does.
///
/// # Errors
/// Nothing usable lies there.
pub(crate) fn trust(path: &Path, host: &Path) -> Told<String> {
    let search = Search::of_user().also(&[path.to_owned()]).hosted_by(host.to_owned());
    let registry = search.asking(|_| true).load();
    if let Some(refusal) = registry.refused().first() {
        return Err(format!("{}: `{}`", refusal.reason, refusal.path.display()));
    }
    let ids: Vec<_> = registry.plugins().iter().map(|plugin| plugin.id()).collect();
    if ids.is_empty() {
        return Err(format!(
            "no plugin is there; a library is named `libplacebo_plugin_*`, a script has a plugin.toml: `{}`",
            path.display()
        ));
    }
    Ok(format!("trusted until a byte of it changes: {}", ids.join(", ")))
}

/// Examines a plugin, each check in a process of its own, and tells after each.
pub(crate) fn examine(path: &Path, host: PathBuf, tell: &dyn Fn(Message)) {
    let state = RefCell::new(Examination { path: path.to_owned(), ..Examination::default() });
    match Source::locate(path) {
        Err(error) => state.borrow_mut().error = Some(error.to_string()),
        Ok(source) => {
            let validation = Validation { source, host, seed: 0, only: None };
            validation.examine(&mut |finding| {
                state.borrow_mut().findings.push(finding.clone());
                tell(Message::Examined(state.borrow().clone()));
            });
        }
    }
    tell(Message::Examined(Examination { done: true, ..state.into_inner() }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_examples_come_out_as_they_are_written() {
        let registry = Registry::discover();
        let folder = tempfile::tempdir().unwrap();
        for id in ["definition.empty", "exact-match"] {
            let trial = Trial::of(&registry, id, 0).unwrap();
            assert_eq!(try_out(&trial, folder.path(), &registry).unwrap(), trial.example.case, "{id}");
        }
    }

    #[test]
    fn what_is_no_plugin_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let told = RefCell::new(Vec::new());
        examine(folder.path(), "/no/host".into(), &|message| told.borrow_mut().push(message));
        let Some(Message::Examined(last)) = told.into_inner().pop() else { panic!("nothing was told") };
        assert!(last.done && last.error.unwrap().starts_with("there is no plugin.toml in it"));
    }
}
