"""Golden values of the metrics of common words and characters, for tests/plugins/golden.rs.

    python overlap.py                              writes overlap_scores.jsonl beside this script
    python overlap.py --pairs OUT --data NATINST   writes a large file of the same form from a task collection, which
                                                   PLACEBO_OVERLAP_PAIRS=OUT has tests/plugins compare

Needs rouge_score and sacrebleu (2.6). SQuAD's F1 follows the description of the official evaluation. All texts of the
committed file are ours.
"""

import argparse
import collections
import json
import pathlib
import re
import string

import rouge
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF

HERE = pathlib.Path(__file__).parent
KINDS = ["rouge2", "rougeLsum"]
SCORER = rouge_scorer.RougeScorer(KINDS, use_stemmer=True)
BLEUS = {name: BLEU(tokenize=name, effective_order=True) for name in ["13a", "intl", "char", "none"]}
CHRFS = {"chrf": CHRF(), "chrf_1": CHRF(word_order=1), "chrf_pp": CHRF(word_order=2)}

# (prediction, references): beyond the cases of rouge.py, those that matter to n-grams, tokenizers and lines.
CASES = rouge.CASES + [
    ("a", ["a"]), ("a b", ["a b"]), ("a b c", ["a b c"]), ("a b c d e", ["a b c d e"]), ("a a a a", ["a"]),
    ("the the the the the the the", ["the cat is on the mat", "there is a cat on the mat"]),
    ("the cat", ["the cat is on the mat", "a cat"]), ("It is 3.5, or 4-5?", ["It is 3.5 , or 4 - 5 ?"]),
    ("Tom &amp; Ann &quot;met&quot;", ["Tom & Ann \"met\""]), ("a <skipped> b", ["a b"]), ("co-\noperate", ["cooperate"]),
    ("one\ntwo three\nfour", ["four\none two\nthree"]), ("the dog\n\nthe cat sat", ["the cat sat\nthe dog ran\n"]),
    ("a b c\na b c", ["a b c"]), ("a b\nb a\na", ["b a b\na a"]), ("x\r\ny", ["y\r\nx"]),
    ("cats and dogs\ndogs run", ["a dog runs\nthe cat and the dog", "dogs\ncats"]),
    ("日本語の文です。", ["日本語の文章です。"]), ("我 喜歡 貓", ["我喜歡貓"]), ("고양이가 잔다", ["고양이가 잡니다"]),
    ("הכלב רץ", ["הכלב ישן", "הכלב רץ מהר"]), ("¿Qué? ¡Sí!", ["¿Que? ¡Si!"]), ("5€ – 10 £", ["5 € - 10£"]),
    ("(hi) there!", ["( hi ) there !"]), ("“a”, ‘b’", ["\"a\", 'b'"]), ("1.000,50", ["1,000.50"]), ("a,b.c", ["a, b. c"]),
    ("the a an", [""]), ("the", ["a"]), ("The The band", ["the band"]), ("a\u0301b the_x", ["b the_x"]), ("theä", ["ä"]),
    ("...", ["…"]), ("a" * 300, ["a" * 200 + "b"]), ("👍👍🏽 ok", ["👍 ok", "👍👍🏽"]), ("\x1ca\x1d\u2028b", ["a b"]),
]


def squad_words(text):
    """The words that count: lower case, no ASCII punctuation, no articles."""
    bare = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return re.sub(r"\b(a|an|the)\b", " ", bare).split()


def squad_f1(prediction, reference):
    ours, theirs = squad_words(prediction), squad_words(reference)
    if not ours or not theirs:
        return float(ours == theirs)
    common = sum((collections.Counter(ours) & collections.Counter(theirs)).values())
    if common == 0:
        return 0.0
    precision, recall = common / len(ours), common / len(theirs)
    return 2 * precision * recall / (precision + recall)


def scored(prediction, references):
    stemmed = SCORER.score_multi(references, prediction)
    scores = {
        "prediction": prediction,
        "references": references,
        "rouge_2": 100.0 * stemmed["rouge2"].fmeasure,
        "rouge_l_sum": 100.0 * stemmed["rougeLsum"].fmeasure,
        "token_f1": 100.0 * max(squad_f1(prediction, reference) for reference in references),
    }
    scores |= {f"bleu_{name}": bleu.sentence_score(prediction, references).score for name, bleu in BLEUS.items()}
    scores |= {name: chrf.sentence_score(prediction, references).score for name, chrf in CHRFS.items()}
    return scores


def write(path, pairs):
    lines = (json.dumps(scored(prediction, references), ensure_ascii=False) for prediction, references in pairs)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--pairs", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.pairs:
        write(arguments.pairs, rouge.pairs_of(arguments.data))
    else:
        write(HERE / "overlap_scores.jsonl", CASES)


if __name__ == "__main__":
    main()
