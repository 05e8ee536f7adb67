//! All ways to cut a word into pieces.

use super::Model;

/// A piece at a place in a word.
#[derive(Clone, Copy)]
struct Edge {
    start: usize,
    end: usize,
    piece: usize,
}

/// Room for the ways through one word, used again for the next.
#[derive(Default)]
pub(super) struct Lattice {
    edges: Vec<Edge>,
    forward: Vec<f64>,
    backward: Vec<f64>,
}

impl Lattice {
    /// Adds to `expected` how often each piece occurs in a word, averaged over all ways to cut it by their probability.
    pub fn expect(&mut self, model: &Model, word: &[char], count: f64, expected: &mut [f64]) {
        self.find_edges(model, word);
        let score = |edge: &Edge| model.pieces[edge.piece].score;
        self.forward.clear();
        self.forward.resize(word.len() + 1, f64::NEG_INFINITY);
        self.forward[0] = 0.0;
        // Edges come in the order of their starts, so a start is complete before it is used.
        for edge in &self.edges {
            self.forward[edge.end] = sum_of_logs(self.forward[edge.end], self.forward[edge.start] + score(edge));
        }
        self.backward.clear();
        self.backward.resize(word.len() + 1, f64::NEG_INFINITY);
        self.backward[word.len()] = 0.0;
        for edge in self.edges.iter().rev() {
            self.backward[edge.start] = sum_of_logs(self.backward[edge.start], self.backward[edge.end] + score(edge));
        }
        let total = self.forward[word.len()];
        for edge in &self.edges {
            let share = (self.forward[edge.start] + score(edge) + self.backward[edge.end] - total).exp();
            expected[edge.piece] += count * share;
        }
    }

    /// The likeliest way to cut a word, without one of the pieces if so wished; pieces from last to first.
    pub fn best(&mut self, model: &Model, word: &[char], without: Option<usize>) -> Vec<usize> {
        self.find_edges(model, word);
        self.forward.clear();
        self.forward.resize(word.len() + 1, f64::NEG_INFINITY);
        self.forward[0] = 0.0;
        let mut last: Vec<Option<Edge>> = vec![None; word.len() + 1];
        for edge in self.edges.iter().filter(|edge| Some(edge.piece) != without) {
            let score = self.forward[edge.start] + model.pieces[edge.piece].score;
            if score > self.forward[edge.end] {
                self.forward[edge.end] = score;
                last[edge.end] = Some(*edge);
            }
        }
        let back = |edge: &Edge| last[edge.start];
        std::iter::successors(last[word.len()], back).map(|edge| edge.piece).collect()
    }

    fn find_edges(&mut self, model: &Model, word: &[char]) {
        self.edges.clear();
        for start in 0..word.len() {
            let edges = &mut self.edges;
            model.trie.prefixes(&word[start..], |length, piece| edges.push(Edge { start, end: start + length, piece }));
        }
    }
}

/// ln(eᵃ + eᵇ).
fn sum_of_logs(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if small == f64::NEG_INFINITY { large } else { large + (small - large).exp().ln_1p() }
}

#[cfg(test)]
mod tests {
    use super::super::Piece;
    use super::*;

    fn model(pieces: &[(&str, f64)]) -> Model {
        let piece = |(text, probability): &(&str, f64)| Piece { text: text.chars().collect(), score: probability.ln() };
        Model::new(pieces.iter().map(piece).collect())
    }

    #[test]
    fn expectations_weigh_every_way_by_its_probability() {
        // "ab" is a·b with 0.06 or ab with 0.14, so 30 % to 70 %.
        let model = model(&[("a", 0.3), ("ab", 0.14), ("b", 0.2)]);
        let mut expected = [0.0; 3];
        Lattice::default().expect(&model, &['a', 'b'], 10.0, &mut expected);
        for (found, wanted) in expected.iter().zip([3.0, 7.0, 3.0]) {
            assert!((found - wanted).abs() < 1e-9, "{expected:?}");
        }
    }

    #[test]
    fn the_best_way_can_do_without_a_piece() {
        let model = model(&[("a", 0.3), ("ab", 0.14), ("b", 0.2), ("bb", 0.1)]);
        let best = |without| Lattice::default().best(&model, &['a', 'b', 'b'], without);
        assert_eq!(best(None), [3, 0]);
        assert_eq!(best(Some(3)), [2, 1]);
    }
}
