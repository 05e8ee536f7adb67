//! The command palette: what was typed and what is chosen.

use crate::command::{Command, LISTED, Listing};

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaletteState {
    /// What was typed.
    pub query: String,
    /// The place of the chosen command among those found.
    pub chosen: usize,
}

impl PaletteState {
    /// The commands whose words hold all typed words, best first: those whose name begins so.
    pub fn found(&self) -> Vec<&'static Listing> {
        let query = self.query.to_lowercase();
        let fits = |listing: &&Listing| {
            let words = format!("{} {}", listing.title, listing.help).to_lowercase();
            query.split_whitespace().all(|word| words.contains(word))
        };
        let mut found: Vec<_> =
            LISTED.iter().filter(|listing| listing.command != Command::TogglePalette).filter(fits).collect();
        found.sort_by_key(|listing| !listing.title.to_lowercase().starts_with(query.trim()));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_begin_with_the_query_come_first() {
        let palette = PaletteState { query: "run".into(), chosen: 0 };
        let titles: Vec<_> = palette.found().iter().map(|listing| listing.title).collect();
        assert_eq!(titles[0], "Run the sample experiment");
        assert!(titles.contains(&"Stop and save"), "{titles:?}");
        assert!(PaletteState { query: "zzz".into(), chosen: 0 }.found().is_empty());
    }
}
