//! Every kind of figure as files to look at, written where `PLACEBO_FIGURES` says.

use super::super::*;
use super::sample::{self, NAMES, SHORT};

#[test]
fn a_gallery_to_look_at() {
    let Some(folder) = std::env::var_os("PLACEBO_FIGURES") else {
        println!("skipped: PLACEBO_FIGURES names no folder");
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    for (name, spec, data) in figures() {
        let figure = Figure::draw(spec, data).unwrap();
        figure.files().unwrap().write(&folder.join(&name)).unwrap();
        figure.page.warnings.iter().for_each(|warning| println!("{name}: {warning}"));
    }
}

fn figures() -> Vec<(String, FigureSpec, FigureData)> {
    let mut figures = Vec::new();
    for kind in Kind::ALL {
        for (preset, count) in
            [(Preset::AclColumn, 3), (Preset::AclColumn, 12), (Preset::AclFull, 4), (Preset::Slide, 5)]
        {
            for (look, greyscale) in [("colour", false), ("grey", true)] {
                let names: &[&str] = if count == 12 { &NAMES } else { &SHORT[..count] };
                let font = if greyscale { Font::Serif } else { Font::Sans };
                let spec = FigureSpec { kind, preset, greyscale, font, ..FigureSpec::default() };
                let name = format!("{}-{}-{count}-{look}", kind.name(), preset.name());
                figures.push((name, spec, sample::data(kind, names)));
            }
        }
    }
    for (count, preset) in [(3, Preset::AclColumn), (12, Preset::AclColumn), (5, Preset::Neurips)] {
        for greyscale in [false, true] {
            let spec = FigureSpec { greyscale, preset, values: count == 3, ..FigureSpec::default() };
            let name = format!("grouped-{}-{count}-{}", preset.name(), if greyscale { "grey" } else { "colour" });
            figures.push((name, spec, sample::grouped(if count == 12 { &NAMES } else { &SHORT[..count] })));
        }
    }
    for (place, legend) in [("right", LegendPlace::Right), ("inside", LegendPlace::Inside), ("none", LegendPlace::None)]
    {
        let spec = FigureSpec { kind: Kind::Lines, preset: Preset::AclFull, legend, ..FigureSpec::default() };
        figures.push((format!("legend-{place}"), spec, sample::data(Kind::Lines, &SHORT[..3])));
    }
    figures.push((
        "pair-scatter".into(),
        FigureSpec { kind: Kind::Scatter, ..FigureSpec::default() },
        sample::data(Kind::Scatter, &SHORT[..2]),
    ));
    figures.push((
        "pair-slope".into(),
        FigureSpec { kind: Kind::Slope, ..FigureSpec::default() },
        sample::data(Kind::Slope, &SHORT[..2]),
    ));
    let spec = FigureSpec { kind: Kind::Lines, legend: LegendPlace::Inside, ..FigureSpec::default() };
    figures.push(("study-column".into(), spec, sample::data(Kind::Lines, &SHORT[..3])));
    figures
}
