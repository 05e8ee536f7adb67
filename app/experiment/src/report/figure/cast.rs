//! The cast of a figure: its conditions in order, each with the name and the ink that it has in every panel.

use std::collections::BTreeSet;

use super::mark::Ink;
use super::palette::Palette;
use super::{FigureData, FigureSpec, Panel, Reference, Series};

/// The conditions that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    /// In the order wanted.
    pub actors: Vec<Actor>,
    /// Values across whole panels, such as random guessing, by name.
    pub levels: Vec<String>,
    /// What all are drawn with.
    pub palette: Palette,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its name in the data.
    pub name: String,
    /// Its name on the page.
    pub shown: String,
    /// Its place in the order of all names, which fixes its ink.
    pub ink: Ink,
}

/// A panel with all that is needed to draw it.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'f> {
    /// How.
    pub spec: &'f FigureSpec,
    /// What.
    pub panel: &'f Panel,
    /// Who.
    pub cast: &'f Cast,
}

impl Cast {
    /// Everyone in the data; ink goes by the order of names, so that hiding or reordering changes no colour.
    pub fn of(spec: &FigureSpec, data: &FigureData) -> Self {
        let palette = Palette { greyscale: spec.greyscale, hatched: spec.is_hatched() };
        let in_order = names(data);
        let sorted: BTreeSet<&str> = in_order.iter().copied().collect();
        let place = |name: &str| sorted.iter().position(|known| *known == name).unwrap_or(0);
        let actor = |name: &str| Actor {
            name: name.to_owned(),
            shown: spec.shown(name),
            ink: palette.ink(place(name), spec.colours.get(name).copied()),
        };
        let wanted = spec.order.iter().map(String::as_str).filter(|name| sorted.contains(name));
        let rest = in_order.iter().copied().filter(|name| !spec.order.iter().any(|wanted| wanted == name));
        let shown = wanted.chain(rest).filter(|name| !spec.hide.iter().any(|hidden| hidden == name));
        Self { actors: shown.map(actor).collect(), levels: levels(spec, data), palette }
    }

    /// A panel with this cast.
    pub fn scene<'f>(&'f self, spec: &'f FigureSpec, panel: &'f Panel) -> Scene<'f> {
        Scene { spec, panel, cast: self }
    }

    /// The condition of a name, if it is shown.
    pub fn find(&self, name: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.name == name)
    }
}

/// The names of all series, in the data's order, each once.
fn names(data: &FigureData) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for series in data.panels.iter().flat_map(|panel| &panel.series) {
        if !names.contains(&series.name.as_str()) {
            names.push(&series.name);
        }
    }
    names
}

/// The names of references that run across panels, in the data's order, each once.
fn levels(spec: &FigureSpec, data: &FigureData) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for reference in data.panels.iter().flat_map(|panel| &panel.references).chain(&spec.references) {
        if reference.at.is_none() && !levels.contains(&reference.name) {
            levels.push(reference.name.clone());
        }
    }
    levels
}

impl<'f> Scene<'f> {
    /// The shown series that have points, in the cast's order.
    pub fn series(&self) -> Vec<(&'f Actor, &'f Series)> {
        let (panel, cast) = (self.panel, self.cast);
        let find = |name: &str| panel.series.iter().find(|series| series.name == name && !series.points.is_empty());
        cast.actors.iter().filter_map(|actor| Some((actor, find(&actor.name)?))).collect()
    }

    /// The references of the panel and those that the spec adds, without those of hidden conditions.
    pub fn references(&self) -> Vec<&'f Reference> {
        let (spec, panel, cast) = (self.spec, self.panel, self.cast);
        let fits = |reference: &&Reference| reference.panel.as_ref().is_none_or(|title| *title == panel.title);
        let is_shown = |name: &String| cast.find(name).is_some();
        let all = panel.references.iter().chain(spec.references.iter().filter(fits));
        all.filter(|reference| reference.series.as_ref().is_none_or(is_shown)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> FigureData {
        let series = ["Original", "Empty", "Delusive"].map(|name| Series { name: name.into(), points: Vec::new() });
        FigureData { panels: vec![Panel { series: series.into(), ..Panel::default() }], ..FigureData::default() }
    }

    fn inks(spec: &FigureSpec) -> Vec<(String, Ink)> {
        Cast::of(spec, &data()).actors.into_iter().map(|actor| (actor.shown, actor.ink)).collect()
    }

    #[test]
    fn ink_follows_the_order_of_names_whatever_is_shown() {
        let all = inks(&FigureSpec::default());
        assert_eq!(all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Original", "Empty", "Delusive"]);
        let order = vec!["Delusive".into(), "unknown".into()];
        let names = [("Empty".to_owned(), "No  definition".to_owned())].into();
        let spec = FigureSpec { order, hide: vec!["Original".into()], names, ..FigureSpec::default() };
        assert_eq!(inks(&spec), [("Delusive".into(), all[2].1), ("No definition".into(), all[1].1)]);
    }
}
