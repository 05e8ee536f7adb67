//! `placebo plugin new`: a project that builds, passes its own tests and runs in an experiment as it is.

use super::template::{Kind, Language, Names, files};
use crate::outcome::{Ending, OrUsage, Outcome};
use crate::output;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  placebo plugin new my-typos --kind transform --language python
  placebo plugin new answer-words --kind metric --language rust
  placebo plugin new capitals --kind transform --language c";

/// Writes a new plugin, in a folder of its name.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Its id: lower-case words joined by `-`.
    name: String,
    /// Whether it rewrites instructions or scores answers.
    #[arg(long, value_enum)]
    kind: Kind,
    /// What it is written in.
    #[arg(long, value_enum)]
    language: Language,
    /// Where the crate `placebo-plugin-api` lies, for Rust; beside this program's sources unless said otherwise.
    #[arg(long, value_name = "DIR")]
    api: Option<PathBuf>,
}

/// Writes the files and says what to do with them.
pub fn execute(args: &Args) -> Ending {
    check_name(&args.name).or_usage()?;
    let folder = Path::new(&args.name);
    if folder.exists() {
        return Err(anyhow::anyhow!("it is there already; take another name, or remove it: `{}`", args.name))
            .or_usage();
    }
    let api = match args.language {
        Language::Rust => find_api(args.api.as_deref()).or_usage()?,
        Language::Python | Language::C => PathBuf::new(),
    };
    let names = Names { id: &args.name, api: &api };
    for (name, text) in files(args.language, args.kind, &names) {
        let path = folder.join(name);
        fs_err::create_dir_all(path.parent().unwrap_or(folder))?;
        fs_err::write(path, text)?;
    }
    output::line(next_steps(args))?;
    Ok(Outcome::Done)
}

fn check_name(name: &str) -> anyhow::Result<()> {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if !name.split('-').all(is_word) {
        bail!("a plugin's name is lower-case words joined by `-`, such as `my-typos`: `{name}`");
    }
    Ok(())
}

/// The folder of the crate that a plugin in Rust depends on.
fn find_api(given: Option<&Path>) -> anyhow::Result<PathBuf> {
    let built_from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../plugin-api"));
    let folder = given.unwrap_or(built_from);
    let found = folder.join("Cargo.toml").is_file().then(|| folder.canonicalize().ok()).flatten();
    found.with_context(|| {
        format!("the crate placebo-plugin-api is not there; `--api` names its folder: `{}`", folder.display())
    })
}

fn next_steps(args: &Args) -> String {
    let name = &args.name;
    let (build, test) = match args.language {
        Language::Rust => ("cargo build --release", "cargo test"),
        Language::Python => ("", "python3 -m unittest"),
        Language::C => ("make", "make test"),
    };
    let used = match args.kind {
        Kind::Transform => format!("[[condition]]\nname = \"{name}\"\ntransforms = [{{ id = \"{name}\" }}]"),
        Kind::Metric => format!("[[metric]]\nid = \"{name}\""),
    };
    let build = if build.is_empty() { String::new() } else { format!("  (cd {name} && {build})\n") };
    format!(
        "written: {name}\n{build}  (cd {name} && {test})\n  placebo plugin validate {name}\n  placebo plugin trust {name}\n\
         then, in a plan beside it:\nplugins = [\"{name}\"]   # above the first table\n{used}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ids_and_file_names() {
        assert!(check_name("my-typos2").is_ok());
        for bad in ["", "My", "a_b", "-a", "a--b", "a.b", "../a", "2a"] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_crate_is_found_beside_the_sources() {
        assert!(find_api(None).unwrap().ends_with("plugin-api"));
        let error = find_api(Some(Path::new("/no/such"))).unwrap_err().to_string();
        assert_eq!(error, "the crate placebo-plugin-api is not there; `--api` names its folder: `/no/such`");
    }
}
