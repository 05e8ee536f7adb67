//! The files of a new plugin: templates with names filled in.

use clap::ValueEnum;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::Path;

/// A template file of the resources.
macro_rules! template {
    ($path:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../resources/plugin-templates/", $path, ".template"))
    };
}

/// The C header of the interface.
const HEADER: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugin-api/include/placebo_plugin.h"));

/// What a plugin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// It rewrites instructions.
    Transform,
    /// It scores answers.
    Metric,
}

/// What a plugin is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// A library.
    Rust,
    /// A script.
    Python,
    /// A library.
    C,
}

/// What fills the templates' gaps.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    /// The plugin's id.
    pub id: &'n str,
    /// The folder of the crate `placebo-plugin-api`; for Rust only.
    pub api: &'n Path,
}

/// Names and texts of a new plugin's files.
pub fn files(language: Language, kind: Kind, names: &Names) -> Vec<(String, String)> {
    let file = names.id.replace('-', "_");
    let serve = template!("python/serve.py");
    let templates: Vec<(String, String)> = match (language, kind) {
        (Language::Rust, _) => vec![
            ("Cargo.toml".into(), template!("rust/Cargo.toml").into()),
            ("plugin.toml".into(), template!("rust/plugin.toml").into()),
            (".gitignore".into(), "/target\n".into()),
            ("src/lib.rs".into(), rust(kind).into()),
        ],
        (Language::Python, _) => vec![
            ("plugin.toml".into(), template!("python/plugin.toml").into()),
            (format!("{file}.py"), format!("{}{serve}", python(kind))),
            (format!("test_{file}.py"), template!("python/test.py").into()),
        ],
        (Language::C, _) => vec![
            ("Makefile".into(), template!("c/Makefile").into()),
            ("plugin.toml".into(), template!("c/plugin.toml").into()),
            (format!("{file}.c"), c(kind).into()),
            ("json.h".into(), template!("c/json.h").into()),
            ("placebo_plugin.h".into(), HEADER.into()),
            ("test.c".into(), template!("c/test.c").into()),
        ],
    };
    templates.into_iter().map(|(name, text)| (name, names.fill(&text))).collect()
}

fn rust(kind: Kind) -> &'static str {
    match kind {
        Kind::Transform => template!("rust/transform.rs"),
        Kind::Metric => template!("rust/metric.rs"),
    }
}

fn python(kind: Kind) -> &'static str {
    match kind {
        Kind::Transform => template!("python/transform.py"),
        Kind::Metric => template!("python/metric.py"),
    }
}

fn c(kind: Kind) -> &'static str {
    match kind {
        Kind::Transform => template!("c/transform.c"),
        Kind::Metric => template!("c/metric.c"),
    }
}

impl Names<'_> {
    fn fill(&self, template: &str) -> String {
        let file = self.id.replace('-', "_");
        template
            .replace("{{id}}", self.id)
            .replace("{{file}}", &file)
            .replace("{{type}}", &self.id.split('-').map(capitalised).collect::<String>())
            .replace("{{library}}", &format!("{DLL_PREFIX}placebo_plugin_{file}{DLL_SUFFIX}"))
            .replace("{{api}}", &self.api.display().to_string().replace('\\', "/"))
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_gap_stays_open() {
        let names = Names { id: "my-typos", api: Path::new("/api") };
        for language in [Language::Rust, Language::Python, Language::C] {
            for kind in [Kind::Transform, Kind::Metric] {
                for (name, text) in files(language, kind, &names) {
                    assert!(!text.contains("{{"), "{name}: {text}");
                }
            }
        }
    }

    #[test]
    fn names_become_types_and_files() {
        let names = Names { id: "my-typos", api: Path::new("/api") };
        assert_eq!(names.fill("{{type}} {{file}} {{id}} {{api}}"), "MyTypos my_typos my-typos /api");
    }
}
