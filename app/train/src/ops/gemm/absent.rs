//! Stands in for our tiles where no processor of the kind has the instructions.

use super::{MatMut, MatRef, Operands, Product, Threads};

pub fn are_here() -> bool {
    false
}

pub fn run(_: Product, _: MatMut, _: MatRef, _: MatRef) {
    unreachable!("`are_here` says no");
}

/// There is none.
#[derive(Debug)]
pub enum Laid {}

impl Laid {
    pub fn new(_: Operands, _: MatRef, _: Threads) -> Option<Self> {
        None
    }

    pub fn multiply(&self, _: MatMut, _: MatRef, _: Threads) {
        match *self {}
    }
}
