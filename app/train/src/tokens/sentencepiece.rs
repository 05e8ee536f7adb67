//! Reads `spiece.model`: the few fields of SentencePiece's protocol buffer that a tokenizer needs.
//!
//! A message is a sequence of fields, each a key (field number and wire type, a varint) and a value. The numbers are
//! those of `sentencepiece_model.proto` in SentencePiece's repository.

/// A trained SentencePiece model.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SentencePiece {
    /// Pieces in the order of their ids.
    pub pieces: Vec<Piece>,
    /// Id of the unknown token.
    pub unknown: usize,
    /// How text is normalised; empty where it is not.
    pub charsmap: Vec<u8>,
}

/// One entry of the vocabulary.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub text: String,
    pub score: f32,
    pub kind: Kind,
}

/// What a piece is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Normal,
    Unknown,
    /// A special token, which no text contains.
    Control,
    /// A token that is never cut.
    UserDefined,
}

const UNIGRAM: u64 = 1;

/// Reads a model.
///
/// # Errors
/// In words, when the bytes are no model or one of another kind than unigram.
pub(super) fn parse(bytes: &[u8]) -> Result<SentencePiece, String> {
    let mut model = SentencePiece::default();
    for field in Fields(bytes) {
        match field? {
            (1, Value::Bytes(bytes)) => model.pieces.push(piece(bytes)?),
            (2, Value::Bytes(bytes)) => model.unknown = unknown_of_trainer(bytes)?,
            (3, Value::Bytes(bytes)) => model.charsmap = charsmap_of_normalizer(bytes)?,
            _ => {}
        }
    }
    if model.unknown >= model.pieces.len() {
        return Err("not a SentencePiece model, or one without an unknown token".into());
    }
    Ok(model)
}

fn piece(bytes: &[u8]) -> Result<Piece, String> {
    let mut piece = Piece { text: String::new(), score: 0.0, kind: Kind::Normal };
    for field in Fields(bytes) {
        match field? {
            (1, Value::Bytes(text)) => {
                piece.text = String::from_utf8(text.to_vec()).map_err(|_| "a piece is not UTF-8")?;
            }
            (2, Value::Four(score)) => piece.score = f32::from_le_bytes(score),
            (3, Value::Number(kind)) => piece.kind = kind_of(kind)?,
            _ => {}
        }
    }
    Ok(piece)
}

fn kind_of(kind: u64) -> Result<Kind, String> {
    match kind {
        1 | 5 => Ok(Kind::Normal), // 5: left unused, which only sampling minds
        2 => Ok(Kind::Unknown),
        3 => Ok(Kind::Control),
        4 => Ok(Kind::UserDefined),
        6 => Err("byte pieces are none of T5's".into()),
        _ => Err(format!("a piece of the unknown kind {kind}")),
    }
}

fn unknown_of_trainer(bytes: &[u8]) -> Result<usize, String> {
    let mut unknown = 0;
    for field in Fields(bytes) {
        match field? {
            (3, Value::Number(kind)) if kind != UNIGRAM => {
                return Err("a SentencePiece model of another kind than unigram".into());
            }
            (40, Value::Number(id)) => unknown = usize::try_from(id).map_err(|_| "no unknown token")?,
            _ => {}
        }
    }
    Ok(unknown)
}

fn charsmap_of_normalizer(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut charsmap = Vec::new();
    for field in Fields(bytes) {
        if let (2, Value::Bytes(bytes)) = field? {
            charsmap = bytes.to_vec();
        }
    }
    Ok(charsmap)
}

/// A field's value.
enum Value<'a> {
    Number(u64),
    Eight,
    Bytes(&'a [u8]),
    Four([u8; 4]),
}

/// The fields of a message, numbers and values, up to the first fault.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_none() {
            self.0 = &[];
        }
        Some(field.ok_or_else(|| "not a SentencePiece model, or a damaged one".into()))
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Option<(u64, Value<'a>)> {
        let key = self.varint()?;
        let value = match key & 7 {
            0 => Value::Number(self.varint()?),
            1 => self.take(8).map(|_| Value::Eight)?,
            2 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Four(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some((key >> 3, value))
    }

    /// Seven bits a byte, lowest first; the top bit says that more follow.
    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(number: u8, wire: u8, value: &[u8]) -> Vec<u8> {
        let mut bytes = vec![(number << 3) | wire];
        if wire == 2 {
            bytes.push(value.len() as u8);
        }
        bytes.extend(value);
        bytes
    }

    fn piece_bytes(text: &str, score: f32, kind: u8) -> Vec<u8> {
        field(1, 2, &[field(1, 2, text.as_bytes()), field(2, 5, &score.to_le_bytes()), field(3, 0, &[kind])].concat())
    }

    #[test]
    fn fields_that_matter_are_read_and_others_passed_over() {
        let trainer = field(2, 2, &[field(3, 0, &[1]), vec![0xC0, 0x02, 1], field(5, 1, &[0; 8])].concat());
        let normalizer = field(3, 2, &field(2, 2, b"map"));
        let bytes = [piece_bytes("▁a", -1.5, 1), piece_bytes("<unk>", 0.0, 2), trainer, normalizer].concat();
        let model = parse(&bytes).unwrap();
        assert_eq!(model.pieces[0], Piece { text: "▁a".into(), score: -1.5, kind: Kind::Normal });
        assert_eq!((model.pieces[1].kind, model.unknown, model.charsmap), (Kind::Unknown, 1, b"map".to_vec()));
    }

    #[test]
    fn other_files_are_refused() {
        let bytes = piece_bytes("▁a", -1.5, 1);
        assert!(parse(&bytes[..bytes.len() - 2]).unwrap_err().contains("damaged"));
        assert!(parse(b"{\"version\": 1}").is_err());
        assert!(parse(&[]).unwrap_err().contains("without an unknown token"));
        let bpe = [bytes, field(2, 2, &field(3, 0, &[2]))].concat();
        assert!(parse(&bpe).unwrap_err().contains("another kind than unigram"));
    }

    #[test]
    fn endless_numbers_are_no_numbers() {
        assert!(parse(&[0xFF; 30]).is_err());
    }
}
