//! Finds all pieces that begin at a place in a word.

use super::Piece;

/// Pieces as a tree of characters; the children of a node lie side by side, in order.
pub(super) struct Trie {
    nodes: Vec<Node>,
}

struct Node {
    character: char,
    /// Position of the piece that ends here.
    piece: Option<u32>,
    first_child: u32,
    children: u32,
}

impl Trie {
    /// The tree of pieces in the order of their texts, each of which occurs once.
    pub fn new(pieces: &[Piece]) -> Self {
        let root = Node { character: '\0', piece: None, first_child: 0, children: 0 };
        let mut trie = Self { nodes: vec![root] };
        let mut open = vec![(0, 0, pieces.len(), 0)];
        // Nodes are opened in the order of their making, which puts every node's children side by side.
        while !open.is_empty() {
            let mut next = Vec::new();
            for (node, start, end, depth) in open {
                trie.add_children(node, start..end, depth, pieces, &mut next);
            }
            open = next;
        }
        trie
    }

    /// Gives a node its children: one for each character that follows in the pieces of the range.
    fn add_children(
        &mut self,
        node: usize,
        range: std::ops::Range<usize>,
        depth: usize,
        pieces: &[Piece],
        open: &mut Vec<(usize, usize, usize, usize)>,
    ) {
        self.nodes[node].first_child = self.nodes.len() as u32;
        let ends_here = |i: usize| pieces[i].text.len() == depth;
        let mut start = range.start + usize::from(!range.is_empty() && ends_here(range.start));
        while start < range.end {
            let character = pieces[start].text[depth];
            let same = pieces[start..range.end].partition_point(|piece| piece.text[depth] == character);
            let piece = (pieces[start].text.len() == depth + 1).then_some(start as u32);
            open.push((self.nodes.len(), start, start + same, depth + 1));
            self.nodes.push(Node { character, piece, first_child: 0, children: 0 });
            self.nodes[node].children += 1;
            start += same;
        }
    }

    /// Calls `found(length, piece)` for every piece that `text` begins with, shortest first.
    #[inline]
    pub fn prefixes(&self, text: &[char], mut found: impl FnMut(usize, usize)) {
        let mut node = &self.nodes[0];
        for (i, character) in text.iter().enumerate() {
            let first = node.first_child as usize;
            let children = &self.nodes[first..first + node.children as usize];
            let Ok(child) = children.binary_search_by_key(character, |child| child.character) else { return };
            node = &children[child];
            if let Some(piece) = node.piece {
                found(i + 1, piece as usize);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_pieces_at_a_place_are_found() {
        let pieces: Vec<Piece> =
            ["a", "ab", "abcd", "abd", "b", "é"].map(|text| Piece { text: text.chars().collect(), score: 0.0 }).into();
        let trie = Trie::new(&pieces);
        let found = |text: &str| {
            let mut found = Vec::new();
            trie.prefixes(&text.chars().collect::<Vec<_>>(), |length, piece| found.push((length, piece)));
            found
        };
        assert_eq!(found("abcde"), [(1, 0), (2, 1), (4, 2)]);
        assert_eq!(found("abdx"), [(1, 0), (2, 1), (3, 3)]);
        assert_eq!(found("éa"), [(1, 5)]);
        assert_eq!(found("xa"), []);
        assert_eq!(found(""), []);
    }
}
