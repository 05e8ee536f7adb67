//! The pipeline of T5's tokenizers around a unigram vocabulary, as transformers builds it.

use super::sentencepiece::{Kind, SentencePiece};
use tokenizers::models::unigram::Unigram;
use tokenizers::normalizers::{NFKC, Nmt, Precompiled, Sequence as Normalizers};
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::pre_tokenizers::sequence::Sequence as PreTokenizers;
use tokenizers::pre_tokenizers::whitespace::WhitespaceSplit;
use tokenizers::processors::template::TemplateProcessing;
use tokenizers::{AddedToken, NormalizerWrapper, Result, Tokenizer};

pub(super) const PAD: &str = "<pad>";
pub(super) const END: &str = "</s>";
pub(super) const UNKNOWN: &str = "<unk>";
/// Tokens that stand for gaps in T5's pretraining, `<extra_id_0>` to `<extra_id_99>`.
pub(super) const SENTINELS: usize = 100;

/// The tokenizer of a SentencePiece model, with the ids that transformers' T5 tokenizer gives: the model's own, then
/// the sentinels in falling order.
pub(super) fn of_sentencepiece(model: SentencePiece) -> Result<Tokenizer> {
    let normalizer = match model.charsmap.as_slice() {
        [] => None,
        charsmap => Some(Precompiled::from(charsmap)?.into()),
    };
    let special = |kind| matches!(kind, Kind::Control | Kind::Unknown);
    let added = model.pieces.iter().filter(|piece| piece.kind != Kind::Normal);
    let added: Vec<_> = added.map(|p| AddedToken::from(p.text.clone(), special(p.kind)).normalized(false)).collect();
    let vocabulary = model.pieces.into_iter().map(|piece| (piece.text, f64::from(piece.score))).collect();
    assemble(vocabulary, model.unknown, added, normalizer)
}

/// The tokenizer of pieces of our own training: `<pad>`, `</s>`, `<unk>`, the pieces, the sentinels.
pub(super) fn of_pieces(pieces: Vec<(String, f64)>) -> Result<Tokenizer> {
    let special = [PAD, END, UNKNOWN];
    let vocabulary = special.into_iter().map(|token| (token.to_owned(), 0.0)).chain(pieces).collect();
    let added = special.into_iter().map(|token| AddedToken::from(token, true).normalized(false)).collect();
    assemble(vocabulary, 2, added, Some(normalizer()))
}

/// What SentencePiece's default normalisation does, without its table: compatible forms become one, control
/// characters go.
pub(super) fn normalizer() -> NormalizerWrapper {
    Normalizers::new(vec![Nmt.into(), NFKC.into()]).into()
}

/// Words at white space, each beginning with `▁`.
pub(super) fn pre_tokenizer() -> PreTokenizerWrapper {
    PreTokenizers::new(vec![WhitespaceSplit.into(), metaspace().into()]).into()
}

/// Whether words are cut at white space of any kind, nothing before that looks across it, and nothing after it does.
pub(super) fn splits_at_blanks(tokenizer: &Tokenizer) -> bool {
    let normalizer_is_local = tokenizer.get_normalizer().is_none_or(is_local);
    let added_are_local = tokenizer.get_added_vocabulary().get_added_tokens_decoder().values().all(is_word);
    normalizer_is_local && added_are_local && tokenizer.get_pre_tokenizer().is_some_and(splits_at_white_space)
}

/// Whether an added token is found without regard to the blanks around it.
fn is_word(token: &AddedToken) -> bool {
    !token.lstrip && !token.rstrip && !token.content.contains(char::is_whitespace)
}

fn splits_at_white_space(pre_tokenizer: &PreTokenizerWrapper) -> bool {
    match pre_tokenizer {
        PreTokenizerWrapper::WhitespaceSplit(_) => true,
        PreTokenizerWrapper::Sequence(steps) => steps
            .as_ref()
            .split_first()
            .is_some_and(|(first, rest)| splits_at_white_space(first) && rest.iter().all(treats_words_alike)),
        _ => false,
    }
}

/// Whether a step does with a word what it does with it at the beginning of a text.
fn treats_words_alike(step: &PreTokenizerWrapper) -> bool {
    matches!(step, PreTokenizerWrapper::Metaspace(metaspace) if metaspace.prepend_scheme != PrependScheme::First)
}

fn is_local(normalizer: &NormalizerWrapper) -> bool {
    match normalizer {
        NormalizerWrapper::NFKC(_) | NormalizerWrapper::Nmt(_) | NormalizerWrapper::Precompiled(_) => true,
        NormalizerWrapper::Sequence(steps) => steps.as_ref().iter().all(is_local),
        _ => false,
    }
}

fn metaspace() -> Metaspace {
    Metaspace::new('▁', PrependScheme::Always, true)
}

fn assemble(
    mut vocabulary: Vec<(String, f64)>,
    unknown: usize,
    mut added: Vec<AddedToken>,
    normalizer: Option<NormalizerWrapper>,
) -> Result<Tokenizer> {
    let sentinels = (0..SENTINELS).rev().map(|number| format!("<extra_id_{number}>"));
    for sentinel in sentinels {
        added.push(AddedToken::from(sentinel.clone(), true).normalized(false));
        vocabulary.push((sentinel, 0.0));
    }
    let end = vocabulary.iter().position(|(token, _)| token == END).ok_or("no token `</s>`, which T5 needs")?;
    let mut tokenizer = Tokenizer::new(Unigram::from(vocabulary, Some(unknown), false)?);
    tokenizer.with_normalizer(normalizer)?;
    tokenizer.with_pre_tokenizer(Some(pre_tokenizer()));
    tokenizer.with_decoder(Some(metaspace()));
    tokenizer.with_post_processor(Some(ends_with(end as u32)?));
    tokenizer.add_tokens(added)?;
    Ok(tokenizer)
}

fn ends_with(end: u32) -> Result<TemplateProcessing> {
    let template = TemplateProcessing::builder()
        .try_single(format!("$A {END}"))?
        .try_pair(format!("$A {END} $B:0 {END}:0"))?
        .special_tokens(vec![(END, end)])
        .build();
    template.map_err(|e| e.to_string().into())
}
