//! How everything looks: one scale of distances, one of type, two sets of colours, one colour per condition.

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme, Vec2, Visuals,
};
use placebo_experiment::report::figure::palette::Palette;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod fonts;

use fonts::SEMIBOLD;

/// Between a label and what belongs to it.
pub const TIGHT: f32 = 4.0;
/// Between neighbours.
pub const SMALL: f32 = 8.0;
/// Inside cards.
pub const MEDIUM: f32 = 16.0;
/// Between sections.
pub const LARGE: f32 = 24.0;
/// Around pages.
pub const PAGE: f32 = 32.0;
/// Where the controls of a form begin.
pub const FORM_LABELS: f32 = 168.0;
/// Forms and texts get no wider than this.
pub const READABLE: f32 = 760.0;
/// Corners of cards, buttons and fields.
pub const ROUND: CornerRadius = CornerRadius::same(6);

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl From<ThemeChoice> for egui::ThemePreference {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::System => Self::System,
            ThemeChoice::Light => Self::Light,
            ThemeChoice::Dark => Self::Dark,
        }
    }
}

/// The colours that have a meaning of their own.
#[derive(Debug, Clone, Copy)]
pub struct Colours {
    /// The page behind everything.
    pub page: Color32,
    /// Cards, tables and fields.
    pub card: Color32,
    /// Behind the navigation.
    pub rail: Color32,
    /// Behind what the pointer is on.
    pub hovered: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Text of the second rank; still readable at 4.5 to 1.
    pub weak: Color32,
    /// What can be pressed and what is selected.
    pub accent: Color32,
    /// Behind what is selected.
    pub accent_soft: Color32,
    /// Text upon the accent.
    pub on_accent: Color32,
    /// Done, right.
    pub good: Color32,
    /// Worth knowing.
    pub warn: Color32,
    /// Failed, wrong.
    pub bad: Color32,
    /// Behind words that a transform put in.
    pub added: Color32,
    /// Behind words that a transform took out.
    pub removed: Color32,
    /// Behind label words.
    pub marked: Color32,
}

const LIGHT: Colours = Colours {
    page: Color32::from_rgb(0xf7, 0xf8, 0xfa),
    card: Color32::from_rgb(0xff, 0xff, 0xff),
    rail: Color32::from_rgb(0xee, 0xf0, 0xf3),
    hovered: Color32::from_rgb(0xee, 0xf0, 0xf3),
    line: Color32::from_rgb(0xdd, 0xe1, 0xe6),
    text: Color32::from_rgb(0x1b, 0x1f, 0x24),
    weak: Color32::from_rgb(0x5b, 0x65, 0x72),
    accent: Color32::from_rgb(0x0b, 0x65, 0xa8),
    accent_soft: Color32::from_rgb(0xdc, 0xeb, 0xf7),
    on_accent: Color32::WHITE,
    good: Color32::from_rgb(0x11, 0x7a, 0x55),
    warn: Color32::from_rgb(0x9a, 0x5b, 0x00),
    bad: Color32::from_rgb(0xb4, 0x23, 0x2a),
    added: Color32::from_rgb(0xcf, 0xee, 0xdd),
    removed: Color32::from_rgb(0xf9, 0xd9, 0xd7),
    marked: Color32::from_rgb(0xfb, 0xef, 0xc4),
};

const DARK: Colours = Colours {
    page: Color32::from_rgb(0x14, 0x17, 0x1b),
    card: Color32::from_rgb(0x1c, 0x20, 0x26),
    rail: Color32::from_rgb(0x10, 0x12, 0x16),
    hovered: Color32::from_rgb(0x22, 0x27, 0x2e),
    line: Color32::from_rgb(0x2e, 0x34, 0x3c),
    text: Color32::from_rgb(0xe4, 0xe8, 0xed),
    weak: Color32::from_rgb(0x9a, 0xa5, 0xb3),
    accent: Color32::from_rgb(0x5a, 0xb0, 0xee),
    accent_soft: Color32::from_rgb(0x1d, 0x36, 0x4c),
    on_accent: Color32::from_rgb(0x0a, 0x16, 0x20),
    good: Color32::from_rgb(0x4c, 0xc3, 0x96),
    warn: Color32::from_rgb(0xe6, 0xa8, 0x45),
    bad: Color32::from_rgb(0xf2, 0x7f, 0x7c),
    added: Color32::from_rgb(0x1d, 0x46, 0x37),
    removed: Color32::from_rgb(0x54, 0x2b, 0x2d),
    marked: Color32::from_rgb(0x4b, 0x40, 0x1b),
};

/// The colours of the theme that `ui` is drawn in.
pub fn colours(ui: &egui::Ui) -> &'static Colours {
    of(ui.visuals().dark_mode)
}

fn of(dark: bool) -> &'static Colours {
    if dark { &DARK } else { &LIGHT }
}

/// The type scale's largest size, for a page's name.
pub fn title() -> TextStyle {
    TextStyle::Heading
}

/// For the head of a card or a section.
pub fn section() -> TextStyle {
    TextStyle::Name("section".into())
}

/// Text of the usual size with more weight.
pub fn strong(text: impl Into<String>) -> egui::RichText {
    egui::RichText::new(text).family(FontFamily::Name(SEMIBOLD.into()))
}

/// Sets typefaces, sizes, distances and colours, once at the start.
pub fn install(context: &Context) {
    fonts::install(context);
    for theme in [Theme::Light, Theme::Dark] {
        context.style_mut_of(theme, |style| dress(style, theme == Theme::Dark));
    }
}

fn dress(style: &mut Style, dark: bool) {
    let sized = |size: f32, family: FontFamily| FontId::new(size, family);
    let semibold = FontFamily::Name(SEMIBOLD.into());
    style.text_styles = [
        (title(), sized(22.0, semibold.clone())),
        (section(), sized(15.0, semibold)),
        (TextStyle::Body, sized(14.0, FontFamily::Proportional)),
        (TextStyle::Button, sized(14.0, FontFamily::Proportional)),
        (TextStyle::Small, sized(12.0, FontFamily::Proportional)),
        (TextStyle::Monospace, sized(13.0, FontFamily::Monospace)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(SMALL, SMALL);
    style.spacing.button_padding = Vec2::new(12.0, 6.0);
    style.spacing.interact_size = Vec2::new(32.0, 30.0);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.combo_width = 160.0;
    style.spacing.text_edit_width = 320.0;
    style.spacing.tooltip_width = 360.0;
    style.spacing.icon_width = 18.0;
    style.spacing.icon_width_inner = 10.0;
    style.spacing.scroll = egui::style::ScrollStyle {
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        ..egui::style::ScrollStyle::thin()
    };
    style.animation_time = 0.1;
    style.url_in_tooltip = true;
    style.visuals = visuals(dark);
}

fn visuals(dark: bool) -> Visuals {
    let colours = of(dark);
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = colours.page;
    visuals.window_fill = colours.card;
    visuals.window_stroke = Stroke::new(1.0, colours.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = colours.card;
    visuals.text_edit_bg_color = Some(colours.card);
    visuals.code_bg_color = colours.rail;
    visuals.faint_bg_color = if dark { Color32::from_white_alpha(6) } else { Color32::from_black_alpha(6) };
    visuals.weak_text_color = Some(colours.weak);
    visuals.hyperlink_color = colours.accent;
    visuals.warn_fg_color = colours.warn;
    visuals.error_fg_color = colours.bad;
    visuals.selection.bg_fill = colours.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, colours.accent);
    visuals.striped = false;
    let widgets = &mut visuals.widgets;
    let lines = [
        (&mut widgets.noninteractive, colours.page, colours.line, colours.text),
        (&mut widgets.inactive, colours.card, colours.line, colours.text),
        (&mut widgets.hovered, colours.hovered, colours.weak, colours.text),
        (&mut widgets.active, colours.accent_soft, colours.accent, colours.text),
        (&mut widgets.open, colours.hovered, colours.weak, colours.text),
    ];
    for (widget, fill, stroke, text) in lines {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = ROUND;
        widget.expansion = 0.0;
    }
    visuals
}

/// One colour per condition, the same in every chart, list and exported figure.
///
/// Ink goes by the place in the alphabetical order of all names, as in exported figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inks {
    names: BTreeSet<String>,
}

impl Inks {
    /// Inks for these conditions.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { names: names.into_iter().map(str::to_owned).collect() }
    }

    /// The condition's colour on a light or dark page; what is no condition is grey.
    pub fn colour(&self, name: &str, dark: bool) -> Color32 {
        let Some(place) = self.names.iter().position(|known| known == name) else { return of(dark).weak };
        let colour = Palette { greyscale: false, hatched: false }.ink(place, None).colour;
        // What is dark on paper would vanish on a dark page.
        let white = placebo_experiment::report::figure::Colour::WHITE;
        let shade = if dark { colour.mixed(white, (0.62 - colour.lightness()).clamp(0.0, 0.75)) } else { colour };
        Color32::from_rgb(shade.0, shade.1, shade.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_keeps_its_colour_whatever_stands_before_it_in_the_list() {
        let (one, other) = (Inks::of(["b", "a"]), Inks::of(["a", "b"]));
        assert_eq!(one.colour("a", false), other.colour("a", false));
        assert_ne!(one.colour("a", false), one.colour("b", false));
        assert_eq!(one.colour("no condition", false), LIGHT.weak);
    }

    #[test]
    fn texts_stand_out_from_what_is_behind_them() {
        for (colours, dark) in [(LIGHT, false), (DARK, true)] {
            for text in [colours.text, colours.weak, colours.good, colours.warn, colours.bad, colours.accent] {
                for ground in [colours.page, colours.card, colours.rail] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}, dark: {dark}");
                }
            }
            assert!(contrast(colours.on_accent, colours.accent) >= 4.5);
            for ground in [colours.added, colours.removed, colours.marked, colours.accent_soft] {
                assert!(contrast(colours.text, ground) >= 4.5);
            }
        }
    }

    /// As the accessibility guidelines of the web define it.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let light = |colour: Color32| {
            let [r, g, b, _] = egui::Rgba::from(colour).to_array();
            0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
        };
        (light(one) / light(other)).max(light(other) / light(one))
    }
}
