//! What the files of a figure hold, and that they agree.

use super::super::*;
use super::sample::{self, NAMES};

fn files(preset: Preset, kind: Kind) -> (Figure, Files) {
    let spec = FigureSpec { kind, preset, ..FigureSpec::default() };
    let figure = Figure::draw(spec, sample::data(kind, &NAMES[..4])).unwrap();
    let files = figure.files().unwrap();
    (figure, files)
}

/// The boxes of a PDF's page.
fn media_box(pdf: &[u8]) -> Vec<f64> {
    let text = String::from_utf8_lossy(pdf);
    let start = text.find("/MediaBox").expect("a page has a size") + "/MediaBox".len();
    let list = text[start..].trim_start().trim_start_matches('[');
    list[..list.find(']').unwrap()].split_whitespace().map(|number| number.parse().unwrap()).collect()
}

#[test]
fn pages_are_exactly_as_wide_as_their_preset() {
    for (preset, centimetres) in
        [(Preset::AclColumn, 7.7), (Preset::AclFull, 16.0), (Preset::Neurips, 13.97), (Preset::Slide, 25.4)]
    {
        let (figure, files) = files(preset, Kind::Lines);
        let page = media_box(files.content("pdf").unwrap());
        assert_eq!(page[..2], [0.0, 0.0]);
        assert!((page[2] / 72.0 * 2.54 - centimetres).abs() < 1e-4, "{}: {page:?}", preset.name());
        assert!((page[3] - figure.size().1).abs() < 1e-3, "{page:?}");
        let svg = String::from_utf8_lossy(files.content("svg").unwrap()).into_owned();
        let width = format!("{:.3}", centimetres / 2.54 * 72.0);
        assert!(svg.contains(&format!("width=\"{}pt\"", width.trim_end_matches('0').trim_end_matches('.'))));
        for dpi in [300_u32, 600] {
            let png = files.content(&format!("{dpi}dpi.png")).unwrap();
            let width = u32::from_be_bytes([png[16], png[17], png[18], png[19]]);
            assert_eq!(width, (centimetres / 2.54 * f64::from(dpi)).round() as u32);
        }
    }
}

#[test]
fn slides_are_sixteen_by_nine_for_every_kind() {
    for kind in Kind::ALL {
        let spec = FigureSpec { kind, preset: Preset::Slide, ..FigureSpec::default() };
        let figure = Figure::draw(spec, sample::data(kind, &sample::SHORT[..4])).unwrap();
        let ratio = figure.size().0 / figure.size().1;
        let grew = figure.page.warnings.iter().any(|warning| warning.contains("as high as asked for"));
        assert!(grew || (ratio - 16.0 / 9.0).abs() < 0.01, "{}: {ratio}", kind.name());
        assert!(kind == Kind::Heat || !grew, "{}: {:?}", kind.name(), figure.page.warnings);
    }
}

#[test]
fn the_same_figure_is_the_same_bytes() {
    let (_, one) = files(Preset::AclColumn, Kind::Strip);
    let (_, other) = files(Preset::AclColumn, Kind::Strip);
    assert!(one == other);
}

#[test]
fn fonts_are_embedded_and_none_is_type_3() {
    let folder = tempfile::tempdir().unwrap();
    for kind in Kind::ALL {
        for (font, name) in [(Font::Sans, "LiberationSans"), (Font::Serif, "LiberationSerif")] {
            let spec = FigureSpec { kind, font, ..FigureSpec::default() };
            let figure = Figure::draw(spec, sample::data(kind, &NAMES)).unwrap();
            let path = folder.path().join("figure.pdf");
            std::fs::write(&path, figure.files().unwrap().content("pdf").unwrap()).unwrap();
            let Ok(output) = std::process::Command::new("pdffonts").arg(&path).output() else {
                println!("skipped: pdffonts not found; it comes with poppler-utils");
                return;
            };
            let list = String::from_utf8(output.stdout).unwrap();
            let fonts: Vec<_> = list.lines().skip(2).collect();
            assert!(!fonts.is_empty() && !list.contains("Type 3"), "{list}");
            for font in fonts {
                let fields: Vec<_> = font.split_whitespace().rev().collect();
                // From the right: object, generation, unicode, subset, embedded.
                assert!(font.contains(name) && fields[4] == "yes", "{list}");
            }
        }
    }
}

#[test]
fn every_file_carries_the_same_rounded_numbers() {
    let mut data = sample::data(Kind::Bars, &NAMES[..2]);
    data.panels[0].series[0].points[0] = Point {
        at: "Exact match".into(),
        of: None,
        mean: 100.0 / 3.0,
        low: Some(32.98765),
        high: Some(33.87654),
        n: 3,
    };
    let spec = FigureSpec { values: true, ..FigureSpec::default() };
    let files = Figure::draw(spec, data).unwrap().files().unwrap();
    let text = |ending: &str| String::from_utf8(files.content(ending).unwrap().to_vec()).unwrap();
    let csv = text("csv");
    let lines: Vec<_> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "panel,role,series,at,of,mean,low,high,n");
    assert_eq!(lines[1], "Classification tasks,data,Original,Exact match,,33.3333,32.9877,33.8765,3");
    assert_eq!(lines[3], "Classification tasks,reference,,,Random guess,42.65,41.4,43.9,");
    assert_eq!(lines[4], "Classification tasks,reported,,,\"Untuned T5, reported\",12.78,,,");
    let json: serde_json::Value = serde_json::from_str(&text("json")).unwrap();
    let point = &json["data"]["panels"][0]["series"][0]["points"][0];
    assert_eq!((&point["mean"], &point["low"], &point["n"]), (&33.3333.into(), &32.9877.into(), &3.into()));
    assert!(text("tex").contains("33.3333") && text("tex").contains("32.9877"));
    assert!(text("svg").contains(">33.3</text>"));
}

#[test]
fn pgfplots_takes_every_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut paper = String::from(
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{pgfplots}\\pgfplotsset{compat=1.16}\n\
         \\usepgfplotslibrary{groupplots}\\usetikzlibrary{patterns}\\begin{document}\n",
    );
    for kind in Kind::ALL {
        for greyscale in [false, true] {
            let spec = FigureSpec { kind, greyscale, values: true, ..FigureSpec::default() };
            let figure = Figure::draw(spec, sample::data(kind, &NAMES[..4])).unwrap();
            let name = format!("{}-{greyscale}.tex", kind.name());
            std::fs::write(folder.path().join(&name), export::tex::write(&figure)).unwrap();
            paper.push_str(&format!("\\clearpage\\input{{{name}}}\n"));
        }
    }
    std::fs::write(folder.path().join("paper.tex"), paper + "\\end{document}\n").unwrap();
    let mut latex = std::process::Command::new("pdflatex");
    latex.args(["-interaction=nonstopmode", "-halt-on-error", "paper.tex"]).current_dir(folder.path());
    let has_pgfplots = std::process::Command::new("kpsewhich").arg("pgfplots.sty").output();
    if !has_pgfplots.is_ok_and(|found| found.status.success()) {
        println!("skipped: pgfplots not found; it comes with texlive-pictures");
        return;
    }
    let output = latex.output().unwrap();
    let log = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", &log[log.len().saturating_sub(3000)..]);
    if let Some(gallery) = std::env::var_os("PLACEBO_FIGURES") {
        let looked_at = std::path::PathBuf::from(gallery).join("pgfplots.pdf");
        std::fs::copy(folder.path().join("paper.pdf"), looked_at).unwrap();
    }
}
