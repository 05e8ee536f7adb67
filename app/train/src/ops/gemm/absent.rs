//! Stands in for the products of bf16 where no processor of the kind has them.

use super::{MatMut, MatRef, Product, Threads};

pub fn is_here() -> bool {
    false
}

pub fn run(_: Product, _: MatMut, _: MatRef, _: MatRef) {
    unreachable!("`is_here` says no");
}

/// There is none.
#[derive(Debug)]
pub enum Laid {}

impl Laid {
    pub fn new(_: MatRef) -> Option<Self> {
        None
    }

    pub fn multiply(&self, _: MatMut, _: MatRef, _: Threads) {
        match *self {}
    }
}
