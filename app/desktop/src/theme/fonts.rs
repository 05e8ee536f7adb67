//! The typefaces of the window: Inter for text, JetBrains Mono for prompts and files, Material Symbols for icons.
//!
//! Scripts that these lack, as tasks in Chinese or Hindi need, come from the system's fonts through eframe.

use egui::{Context, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// The family of headings.
pub(super) const SEMIBOLD: &str = "semibold";

const REGULAR: &[u8] = include_bytes!("../../../../resources/fonts/Inter-Regular.otf");
const HEADINGS: &[u8] = include_bytes!("../../../../resources/fonts/Inter-SemiBold.otf");
const MONOSPACE: &[u8] = include_bytes!("../../../../resources/fonts/JetBrainsMono-Regular.ttf");

pub(super) fn install(context: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [("regular", REGULAR), (SEMIBOLD, HEADINGS), ("monospace", MONOSPACE)] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, ["regular", "monospace"]),
        (FontFamily::Name(SEMIBOLD.into()), [SEMIBOLD, "regular"]),
        (FontFamily::Monospace, ["monospace", "regular"]),
    ];
    for (family, names) in families {
        fonts.families.insert(family, names.map(str::to_owned).to_vec());
    }
    context.set_fonts(fonts);
    egui_material_icons::initialize(context);
}
