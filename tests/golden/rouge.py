"""Golden values for the metrics: stems from NLTK, scores from Google's rouge_score and the official exact match.

    python rouge.py                              writes rouge_stems.txt and rouge_scores.jsonl beside this script
    python rouge.py --pairs OUT --data NATINST   writes a large file of the same form from a task collection, which
                                                 PLACEBO_ROUGE_PAIRS=OUT has tests/plugins.rs compare
    python rouge.py --words OUT --data NATINST   the same for the stems of all words of the collection, for
                                                 PLACEBO_ROUGE_STEMS=OUT

Needs rouge_score and nltk. The committed files hold words and sentences of our own making only.
"""

import argparse
import json
import pathlib
import random
import re
import string

from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer

HERE = pathlib.Path(__file__).parent
SCORER = rouge_scorer.RougeScorer(["rouge1", "rougeL"], use_stemmer=True)
PLAIN = rouge_scorer.RougeScorer(["rouge1", "rougeL"], use_stemmer=False)

# Every ending that a rule of the stemmer mentions, and some of their neighbours.
ENDINGS = """s es sses ies ss ed eed ied ing y ly ational tional enci anci izer bli abli alli entli eli ousli ization
ation ator alism iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance
ence er ic able ible ant ement ment ent ion sion tion ou ism ate iti ous ive ize e le ll lle ied ier iest ying yed
ology ologies ally fully ability ibility ency ancy ously eedly ings edly ees sing ting at bl iz ated bled ized""".split()

# Beginnings of every shape of consonants and vowels, with doubled letters, y in all roles, and digits.
BEGINNINGS = """a e i y b c s t ab at ox ay ya by ty tr st sk fl sp tree cat hop hopp fil fail fall hiss fizz tann mot
motor plast conflat troubl siz rel relat cond condit ration val valenc hesit digit conform radic differ vil analog
vietnam predic oper feud decis hope call form sensit sens tripl electr good reviv allow infer airlin gyroscop adjust
defens irrit repl depend adopt homolog commun activ angular bowdl prob rat ceas control roll geo theo philo archaeo
arch news sky ski dy ly ti innin outin cannin how proc exc succ enjoy happ syzyg toy yoyo yyy aa ee oo qu quee eau 2 3d
1st x86 42nd i18n a1 b2b 1990 007""".split()

# (prediction, references): hard cases for tokens, stems and normalisation.
CASES = [
    ("", [""]), ("", ["a"]), ("a", [""]), (".", ["..."]), ("...", [""]), (" \t\n", ["  "]), ("a", ["a", "b"]),
    ("Yes", ["yes"]), ("yes.", ["Yes!"]), ("No", ["yes", "no.", "NO"]), ("the cat", ["cat"]), ("A  b\tc", ["a b c"]),
    ("running runs ran runner", ["run"]), ("flies died dying", ["fly die"]), ("skies", ["sky"]), ("cats", ["cat"]),
    ("the the the cat", ["the cat the"]), ("a b c d e f", ["f e d c b a"]), ("a b c b d a b", ["b d c a b a"]),
    ("generalizations oscillators", ["generalization oscillate"]), ("hopefulness", ["hopeful", "hope"]),
    ("well-known", ["well known", "wellknown"]), ("U.S.A.", ["usa", "u s a"]), ("it's", ["its", "it is"]),
    ("3.14", ["3 14", "314"]), ("1,000,000", ["1000000"]), ("x=y+z", ["x y z"]), ("$5", ["5"]), ("a_b", ["ab", "a b"]),
    ("naïve café", ["naive cafe", "naïve café"]), ("NAÏVE CAFÉ", ["naïve café"]), ("Straße", ["STRASSE", "straße"]),
    ("İstanbul", ["istanbul", "i̇stanbul"]), ("5\u212a", ["5k"]), ("ΟΔΟΣ", ["οδος", "οδοσ"]), ("ΣΑΣ.", ["σας"]),
    ("日本語", ["日本語"]), ("日本 語", ["日本語"]), ("مرحبا", ["مرحبا"]), ("привет Мир", ["Привет мир"]),
    ("emoji 👍 ok", ["emoji ok"]), ("👍", ["👍"]), ("a\u00a0b", ["a b"]), ("a\u2003b", ["a b"]), ("a\x1fb", ["a b"]),
    ("a\x00b", ["a b", "ab"]), ("«oui»", ["oui"]), ("“quoted”", ["quoted", "\"quoted\""]), ("a–b", ["ab"]),
    ("line one\r\nline two", ["line one line two"]), ("ſtop", ["stop"]), ("ﬁne", ["fine"]), ("ǅ", ["ǆ"]),
    ("word " * 60, ["word " * 40]), (string.punctuation, [""]), ("tion ing eed", ["ing"]), ("1st 2nd 3rd", ["1st 3rd"]),
    ("The quick brown fox jumps over the lazy dog", ["The quick brown dog jumps on the log."]),
    ("police killed the gunman", ["police kill the gunman", "the gunman kill police", "gunmen were killed by police"]),
]


def normalise(text):
    """The official evaluation's normalisation: lower case, no ASCII punctuation, single blanks."""
    bare = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(bare.split())


def scored(prediction, references):
    stemmed = SCORER.score_multi(references, prediction)
    plain = PLAIN.score_multi(references, prediction)
    return {
        "prediction": prediction,
        "references": references,
        "exact_match": 100.0 * any(normalise(r) == normalise(prediction) for r in references),
        "exact_match_strict": 100.0 * any(r.strip() == prediction.strip() for r in references),
        "rouge_1": 100.0 * stemmed["rouge1"].fmeasure,
        "rouge_l": 100.0 * stemmed["rougeL"].fmeasure,
        "rouge_1_plain": 100.0 * plain["rouge1"].fmeasure,
        "rouge_l_plain": 100.0 * plain["rougeL"].fmeasure,
    }


def write_scores(path, pairs):
    lines = (json.dumps(scored(prediction, references), ensure_ascii=False) for prediction, references in pairs)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def write_stems(path, words):
    stemmer = PorterStemmer()
    path.write_text("".join(f"{word} {stemmer.stem(word)}\n" for word in words), encoding="utf-8")


def own_words():
    words = sorted({b + e for b in BEGINNINGS for e in ENDINGS} | set(BEGINNINGS) | set(ENDINGS))
    irregular = ["skies", "dying", "lying", "tying", "innings", "outings", "cannings", "howe", "proceed", "exceed",
                 "succeed", "news"]
    return sorted(set(random.Random(1).sample(words, 1600)) | set(BEGINNINGS) | set(irregular))


def instances(data):
    for path in sorted((data / "tasks").glob("*.json")):
        for instance in json.loads(path.read_text(encoding="utf-8"))["Instances"]:
            output = instance["output"]
            yield instance["input"], output if isinstance(output, list) else [output]


def perturbed(text, rng):
    """The text with words dropped, exchanged, re-cased or inflected: what a half-trained model answers."""
    words = text.split(" ")
    rng.shuffle(words)
    changes = [str.upper, lambda w: w + "s", lambda w: w + "ing", lambda w: "", lambda w: w + " é"]
    return " ".join(rng.choice(changes)(w) if rng.random() < 0.4 else w for w in words)


def pairs_of(data):
    """Four predictions for every seventh instance: another's reference, a perturbed one, the input, and nothing."""
    rng = random.Random(2)
    found = list(instances(data))
    for place in range(0, len(found), 7):
        text, references = found[place]
        other = rng.choice(found[max(0, place - 50) : place + 50])[1][0]
        for prediction in [other, perturbed(references[0], rng), text[:400], "" if place % 3 else references[-1]]:
            yield prediction, references


def words_of(data):
    words = set()
    for text, references in instances(data):
        for part in [text, *references]:
            words.update(re.findall("[a-z0-9]+", part.lower()))
    return sorted({b + e for b in BEGINNINGS for e in ENDINGS} | words)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--pairs", type=pathlib.Path)
    parser.add_argument("--words", type=pathlib.Path)
    arguments = parser.parse_args()
    if arguments.pairs:
        write_scores(arguments.pairs, pairs_of(arguments.data))
    if arguments.words:
        write_stems(arguments.words, words_of(arguments.data))
    if not arguments.pairs and not arguments.words:
        write_stems(HERE / "rouge_stems.txt", own_words())
        write_scores(HERE / "rouge_scores.jsonl", CASES)


if __name__ == "__main__":
    main()
