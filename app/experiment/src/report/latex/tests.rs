//! Tables as LaTeX takes them, compiled where LaTeX is at hand.

use std::path::Path;
use std::process::Command;

use super::*;
use crate::report::sheet::tests::{comparison, hostile, style};
use crate::report::sheet::{Spread, Style};

/// Typesets `body` in a two-column paper; `None`, saying so, where there is no LaTeX. Fails where it overflows.
pub(crate) fn typeset(body: &str, folder: &Path) -> Option<String> {
    let found = Command::new("pdflatex").arg("--version").output();
    if !found.is_ok_and(|output| output.status.success()) {
        println!("skipped: pdflatex not found");
        return None;
    }
    let paper = format!(
        "\\documentclass[twocolumn,a4paper]{{article}}\n\\usepackage[T1]{{fontenc}}\n\\usepackage{{booktabs}}\n\
         \\usepackage[margin=2.5cm,columnsep=0.6cm]{{geometry}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    );
    std::fs::write(folder.join("paper.tex"), paper).unwrap();
    let arguments = ["-interaction=nonstopmode", "-halt-on-error", "paper.tex"];
    let output = Command::new("pdflatex").args(arguments).current_dir(folder).output().unwrap();
    let log = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{log}\n{body}");
    Some(log)
}

fn table(spread: Spread) -> String {
    write(&Sheet::of(&comparison(), &Style { spread, ..style() }))
}

#[test]
fn a_table_has_rules_blocks_bold_and_marks() {
    let table = table(Spread::Deviation);
    assert_eq!(table.matches("\\midrule").count(), 3, "{table}");
    assert!(table.starts_with("% Needs \\usepackage{booktabs}.\n\\begin{table*}[t]"), "{table}");
    assert!(table.contains("Original & 10 & \\textbf{75.0000} & {\\scriptsize\\,$\\pm$\\,35.3553} & "), "{table}");
    assert!(table.contains("Empty \\& bare & 10 & 40.0000 & {\\scriptsize\\,$\\pm$\\,2.0000}$^{*}$ & "), "{table}");
    assert!(table.contains("Random guess & -- & 50.0000 &  & -- &  & -- &  \\\\\n"), "{table}");
    assert!(table.contains("\\label{tab:trial-1}"), "{table}");
}

#[test]
fn intervals_stand_in_brackets() {
    let table = table(Spread::Interval);
    assert!(table.contains("\\textbf{75.0000} & {\\scriptsize\\,[50.0000, 90.0000]}"), "{table}");
}

#[test]
fn nothing_in_a_name_is_taken_for_a_command() {
    assert_eq!(escaped("50% of $x_1 & {y}#"), "50\\% of \\$x\\_1 \\& \\{y\\}\\#");
    assert_eq!(escaped("[*]\n\\"), "{[}{*}{]} \\textbackslash{}");
    assert_eq!(code("--out a_b"), "\\texttt{-{}-{}out a\\_b}");
}

#[test]
fn letters_that_pdflatex_lacks_are_announced() {
    let mut comparison = comparison();
    comparison.rows[0].condition = "原文".into();
    let table = write(&Sheet::of(&comparison, &style()));
    assert!(table.contains("% Some of its letters need XeLaTeX or LuaLaTeX.\n"), "{table}");
}

#[test]
fn every_table_is_typeset_within_its_columns() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [
        table(Spread::Deviation),
        table(Spread::Interval),
        write(&Sheet::of(&comparison(), &Style { spread: Spread::None, ..style() })),
        write(&Sheet::of(&hostile(), &style())),
    ];
    let Some(log) = typeset(&tables.concat(), folder.path()) else { return };
    assert!(!log.contains("Overfull"), "{log}");
}
