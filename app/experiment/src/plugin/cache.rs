//! Rewritings that are known already, so that the runs of a grid have each task rewritten once.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use placebo_plugin_api::{PluginKind, Settings, TransformItem, Transformed};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Plugin;

/// Bytes of texts kept at most.
const MOST: usize = 500_000_000;

/// The hash of all that a rewriting depends on.
pub type Key = [u8; 32];

/// What plugins in processes of their own have answered; a call in this process is cheaper than looking it up.
#[derive(Debug, Default)]
pub struct Rewritings(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    rewritings: BTreeMap<Key, Transformed>,
    bytes: usize,
}

impl Rewritings {
    /// The rewriting with this key.
    pub fn find(&self, key: &Key) -> Option<Transformed> {
        self.known().rewritings.get(key).cloned()
    }

    /// Keeps a rewriting while there is room.
    pub fn keep(&self, key: Key, rewriting: &Transformed) {
        let mut known = self.known();
        let bytes = json(rewriting).len();
        if known.bytes + bytes <= MOST {
            known.bytes += bytes;
            known.rewritings.insert(key, rewriting.clone());
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys of the items' rewritings: hashes of the plugin's bytes, its settings and the item; for a plugin that sees all
/// tasks, of all items too; the seed counts only where a plugin draws random numbers.
pub fn keys(plugin: &Plugin, settings: &Settings, items: &[TransformItem]) -> Vec<Key> {
    let items: Vec<Vec<u8>> = items.par_iter().map(|item| json(&relevant(plugin, item))).collect();
    let base = hash([plugin.sha256().as_bytes(), plugin.id().as_bytes(), &json(settings)]);
    let context = if plugin.sees_all_tasks() { hash(items.iter().map(Vec::as_slice)) } else { Key::default() };
    items.par_iter().map(|item| hash([&base[..], &context, item])).collect()
}

fn relevant(plugin: &Plugin, item: &TransformItem) -> TransformItem {
    let is_random = matches!(plugin.descriptor().kind, PluginKind::Transform { random: true, .. });
    TransformItem { seed: if is_random { item.seed } else { 0 }, ..item.clone() }
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("items and settings are made of text, numbers and lists")
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
