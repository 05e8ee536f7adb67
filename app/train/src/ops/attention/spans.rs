//! Which rows of a ragged batch belong together.

use super::Buckets;
use candle_core::{Device, Result, Tensor};
use std::ops::Range;
use std::sync::OnceLock;

/// The query rows and the key rows of each sequence.
#[derive(Debug)]
pub struct Spans {
    queries: Vec<Range<usize>>,
    keys: Vec<Range<usize>>,
    padding: OnceLock<Padding>,
    table: OnceLock<Tensor>,
    distances: OnceLock<(Buckets, Tensor)>,
}

/// Where the rows stand in a rectangle, for the composite twin.
#[derive(Clone, Debug)]
pub(super) struct Padding {
    /// Longest query span and longest key span.
    pub longest: (usize, usize),
    /// Source row of each place of the rectangle; empty places point behind the last row.
    pub queries: Tensor,
    pub keys: Tensor,
    /// Place of each query row in the rectangle, and the first place of each key row.
    pub query_places: Tensor,
    pub key_places: Tensor,
    /// 0 where a sequence has a key and −∞-like elsewhere: `[sequences, 1, 1, keys]`.
    pub mask: Tensor,
}

impl Spans {
    /// One pair of spans a sequence.
    ///
    /// # Panics
    /// When the numbers of spans differ, or query spans are not in order, end to end.
    pub fn new(queries: Vec<Range<usize>>, keys: Vec<Range<usize>>) -> Self {
        assert_eq!(queries.len(), keys.len(), "every sequence has queries and keys");
        let ends = std::iter::once(0).chain(queries.iter().map(|q| q.end));
        assert!(queries.iter().zip(ends).all(|(q, end)| q.start == end), "query spans lie end to end");
        Self { queries, keys, padding: OnceLock::new(), table: OnceLock::new(), distances: OnceLock::new() }
    }

    /// Sequences whose queries are their keys.
    pub fn own(spans: Vec<Range<usize>>) -> Self {
        Self::new(spans.clone(), spans)
    }

    pub(super) fn pairs(&self) -> impl ExactSizeIterator<Item = (Range<usize>, Range<usize>)> + '_ {
        self.queries.iter().cloned().zip(self.keys.iter().cloned())
    }

    pub(super) fn pair(&self, sequence: usize) -> (Range<usize>, Range<usize>) {
        (self.queries[sequence].clone(), self.keys[sequence].clone())
    }

    pub(in crate::ops) fn len(&self) -> usize {
        self.queries.len()
    }

    pub(super) fn longest_keys(&self) -> usize {
        self.keys.iter().map(Range::len).max().unwrap_or(0)
    }

    /// Whether the spans fit tensors of so many rows.
    pub(in crate::ops) fn fit(&self, query_rows: usize, key_rows: usize) -> bool {
        self.queries.last().map_or(0, |q| q.end) == query_rows && self.keys.iter().all(|k| k.end <= key_rows)
    }

    /// Whether no key row belongs to two sequences.
    pub(in crate::ops) fn keys_disjoint(&self) -> bool {
        let mut keys: Vec<_> = self.keys.iter().collect();
        keys.sort_by_key(|k| k.start);
        keys.windows(2).all(|pair| pair[0].end <= pair[1].start)
    }

    /// Query rows, and key rows up to the last that a span holds.
    pub(in crate::ops) fn rows(&self) -> (usize, usize) {
        let last = |spans: &[Range<usize>]| spans.iter().map(|span| span.end).max().unwrap_or(0);
        (last(&self.queries), last(&self.keys))
    }

    /// The longest query span and the longest key span, at least 1.
    pub(in crate::ops) fn longest(&self) -> (usize, usize) {
        (self.queries.iter().map(Range::len).max().unwrap_or(0).max(1), self.longest_keys().max(1))
    }

    /// First query row, queries, first key row and keys of each sequence, `[sequences, 4]`, for a device's kernels.
    pub(in crate::ops) fn table(&self, device: &Device) -> Result<Tensor> {
        if let Some(table) = self.table.get() {
            return Ok(table.clone());
        }
        let rows = self.pairs().flat_map(|(q, k)| [q.start, q.len(), k.start, k.len()].map(|number| number as u32));
        let table = Tensor::from_vec(rows.collect::<Vec<_>>(), (self.len(), 4), device)?;
        Ok(self.table.get_or_init(|| table).clone())
    }

    /// The bucket of each distance from 1 − longest to longest − 1, for a device's kernels.
    pub(in crate::ops) fn distances(&self, buckets: Buckets, device: &Device) -> Result<Tensor> {
        if let Some((_, distances)) = self.distances.get().filter(|(known, _)| *known == buckets) {
            return Ok(distances.clone());
        }
        let longest = self.longest().1 as isize;
        let distances = Tensor::from_iter((1 - longest..longest).map(|d| buckets.of(d) as u32), device)?;
        self.distances.get_or_init(|| (buckets, distances.clone()));
        Ok(distances)
    }

    pub(super) fn padding(&self, key_rows: usize, device: &Device) -> Result<Padding> {
        if let Some(padding) = self.padding.get() {
            return Ok(padding.clone());
        }
        let padding = self.pad(key_rows, device)?;
        Ok(self.padding.get_or_init(|| padding).clone())
    }

    fn pad(&self, key_rows: usize, device: &Device) -> Result<Padding> {
        let query_rows = self.queries.last().map_or(0, |q| q.end);
        let longest = (self.queries.iter().map(Range::len).max().unwrap_or(0), self.longest_keys());
        let mask = self.keys.iter().flat_map(|k| (0..longest.1).map(|j| if j < k.len() { 0f32 } else { MASKED }));
        let mask = Tensor::from_vec(mask.collect::<Vec<_>>(), (self.len(), 1, 1, longest.1), device)?;
        Ok(Padding {
            longest,
            queries: tensor(rectangle(&self.queries, longest.0, query_rows), device)?,
            keys: tensor(rectangle(&self.keys, longest.1, key_rows), device)?,
            query_places: tensor(places(&self.queries, longest.0, query_rows), device)?,
            key_places: tensor(places(&self.keys, longest.1, key_rows), device)?,
            mask,
        })
    }
}

/// Small enough that its exponential is 0, and finite so that no difference of two is undefined.
pub(super) const MASKED: f32 = -1e30;

fn tensor(rows: Vec<u32>, device: &Device) -> Result<Tensor> {
    let count = rows.len();
    Tensor::from_vec(rows, count, device)
}

fn rectangle(spans: &[Range<usize>], longest: usize, nowhere: usize) -> Vec<u32> {
    let place = |span: &Range<usize>, i| if i < span.len() { span.start + i } else { nowhere } as u32;
    spans.iter().flat_map(|span| (0..longest).map(move |i| place(span, i))).collect()
}

/// Rows that no span holds point behind the rectangle.
fn places(spans: &[Range<usize>], longest: usize, rows: usize) -> Vec<u32> {
    let mut places = vec![(spans.len() * longest) as u32; rows];
    for (sequence, span) in spans.iter().enumerate() {
        for (i, row) in span.clone().enumerate() {
            places[row] = (sequence * longest + i) as u32;
        }
    }
    places
}
