//! What the legend of each kind explains.

use super::groups::Groups;
use super::{heat, lines, references, slope};
use crate::report::figure::cast::{Actor, Cast, Scene};
use crate::report::figure::mark::{DotStyle, Entry, Key, Pen};
use crate::report::figure::scale::signed;
use crate::report::figure::{Colour, FigureData, FigureSpec, Kind, Reference};

/// The legend of all panels: conditions, then references.
pub(in crate::report::figure) fn legend(spec: &FigureSpec, data: &FigureData, cast: &Cast) -> Vec<Entry> {
    let scenes: Vec<_> = data.panels.iter().map(|panel| cast.scene(spec, panel)).collect();
    let mut entries = match spec.kind {
        Kind::Slope => slopes(&scenes),
        Kind::Heat => shades(&scenes),
        _ => conditions(spec.kind, cast, &scenes),
    };
    if spec.kind != Kind::Heat && spec.kind != Kind::Slope && spec.kind != Kind::Scatter {
        entries.extend(scenes.iter().flat_map(references_of));
    }
    let mut texts: Vec<String> = Vec::new();
    entries.retain(|entry| {
        let is_new = !texts.contains(&entry.text);
        texts.push(entry.text.clone());
        is_new
    });
    entries
}

/// The conditions that some panel shows, unless every panel names them on its axis.
fn conditions(kind: Kind, cast: &Cast, scenes: &[Scene]) -> Vec<Entry> {
    let has_axis = matches!(kind, Kind::Bars | Kind::Strip);
    let shows = |scene: &&Scene| !scene.series().is_empty();
    if has_axis && scenes.iter().filter(shows).all(|scene| Groups::of(scene).are_actors()) {
        return Vec::new();
    }
    let is_shown =
        |actor: &&Actor| scenes.iter().any(|scene| scene.series().iter().any(|(shown, _)| shown.name == actor.name));
    let shown: Vec<_> = cast.actors.iter().filter(is_shown).collect();
    if kind == Kind::Scatter && shown.len() < 2 {
        return Vec::new();
    }
    shown.into_iter().map(|actor| Entry { key: key(kind, actor), text: actor.shown.clone() }).collect()
}

fn key(kind: Kind, actor: &Actor) -> Key {
    match kind {
        Kind::Lines => Key::Line(actor.ink),
        Kind::Loss => Key::Stroke(Pen { dash: actor.ink.dash, ..Pen::solid(actor.ink.colour, 1.8) }),
        Kind::Scatter => Key::Dot(actor.ink, DotStyle::Filled),
        _ => Key::Swatch(actor.ink),
    }
}

fn references_of(scene: &Scene) -> Vec<Entry> {
    scene.references().into_iter().map(|found| reference(scene, found)).collect()
}

/// Marks of several conditions share one entry, so it shows none of their colours; a level off the axis is told here.
fn reference(scene: &Scene, reference: &Reference) -> Entry {
    let (spec, cast) = (scene.spec, scene.cast);
    let is_off =
        reference.at.is_none() && spec.kind == Kind::Lines && !lines::up(scene).scale.contains(reference.value);
    let key = match (&reference.at, reference.reported) {
        (None, true) => Key::Dot(references::level_ink(cast, reference), DotStyle::Hollow),
        (None, false) => Key::Level(references::pen(cast, reference), references::band(reference)),
        (Some(_), true) => Key::Dot(cast.palette.neutral(), DotStyle::Hollow),
        (Some(_), false) => Key::Dot(references::ink(cast, reference), DotStyle::Filled),
    };
    let value = if is_off { format!(": {} (off the axis)", signed(reference.value, 1)) } else { String::new() };
    Entry { key, text: format!("{}{value}", spec.shown(&reference.name)) }
}

fn slopes(scenes: &[Scene]) -> Vec<Entry> {
    let Some(scene) = scenes.iter().find(|scene| !scene.series().is_empty()) else { return Vec::new() };
    let palette = scene.cast.palette;
    let entry = |colour, text: &str| Entry { key: Key::Stroke(Pen::solid(colour, 1.8)), text: scene.spec.shown(text) };
    let [up, down] = palette.directions();
    let mut entries = match scene.series().len() {
        2 => vec![entry(up.colour, "task that gains"), entry(down.colour, "task that loses")],
        _ => vec![entry(Colour::grey(0.55), "one task")],
    };
    let mean = slope::mean_ink(palette);
    entries.push(Entry { key: Key::Line(mean), text: scene.spec.shown("mean over tasks") });
    entries
}

fn shades(scenes: &[Scene]) -> Vec<Entry> {
    let shown = scenes.iter().filter(|scene| !scene.series().is_empty());
    let entry = |scene: &Scene| {
        let ramp = heat::ramp(scene);
        let label = scene.spec.y.label.as_ref().unwrap_or(&scene.panel.y);
        let text = format!("{label}, {} to {}", signed(ramp.low, 1), signed(ramp.high, 1));
        Entry { key: Key::Ramp(ramp), text: text.trim_start_matches(", ").to_owned() }
    };
    shown.map(entry).collect()
}
