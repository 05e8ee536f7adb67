"""Makes a small SentencePiece model and the ids that transformers' T5 tokenizer gives with it: `python tests/golden/tokenizer.py`.

Made with sentencepiece 0.2.3 and transformers 5.23.
"""
import json
import random
import tempfile
from pathlib import Path

import sentencepiece
from transformers import T5Tokenizer

HERE = Path(__file__).parent / "tokenizer"
WORDS = """the a an of to and in is it you that he was for on are as with his they at be this from have or by one had
not but what all were when we there can your which their said if do will each about how up out them then she many some
so these would other into has more her two like him see time could no make than first been its who now people my made
over did down only way find use may water long little very after words called just where most know""".split()
SYLLABLES = "ba ko ri sto tra ing ed er tion ment ly un re pre vo la ne su".split()
# A table of its own, because SentencePiece's is 240 kB: what it does to these characters is what the real one does.
NORMALISED = {"ﬁ": "fi", "①": "1", "½": "1⁄2", "\u00a0": " ", "\t": " ", "\n": " ", "Ａ": "A", "e\u0301": "\u00e9", "\u200b": " ", "\u0007": ""}
TEXTS = [
    "the people made it", " two  blanks   and a trailing one ", "", " ", "tab\tand\nline", "Definition: what is it?\n\n Output: ",
    "café ﬁne ① ½ Ａ\u00a0b", "e\u0301 and \u200bzero width\u0007", "unknown 你好 words 🙂🙂 here", "▁ is ▁▁the blank's own sign",
    "<extra_id_0> stands for <extra_id_99>, not <extra_id_100>", "ends early</s> and goes on <pad> <unk>", "a" * 300,
    "under_score-and/slash\\back", "UPPER lower MiXeD", "…“quotes” — dashes…", "<extra_id_1>glued<extra_id_2>", "the the the the the",
]


def main():
    HERE.mkdir(exist_ok=True)
    draw = random.Random(0)
    words = WORDS * 3 + ["".join(draw.choice(SYLLABLES) for _ in range(draw.randint(1, 4))) for _ in range(200)]
    words += ["Definition:", "Output:", "Input:", "café", "it's", "1", "2", "⁄", "fi", "A", "(so)", "what?"]
    with tempfile.TemporaryDirectory() as temporary:
        text, table = Path(temporary) / "text", Path(temporary) / "table.tsv"
        text.write_text("\n".join(" ".join(draw.choice(words) for _ in range(12)) for _ in range(2000)))
        code = lambda s: " ".join(f"{ord(c):X}" for c in s)
        table.write_text("".join(f"{code(k)}\t{code(v)}\n" for k, v in NORMALISED.items()))
        sentencepiece.SentencePieceTrainer.train(
            input=str(text), model_prefix=str(Path(temporary) / "spiece"), vocab_size=300, model_type="unigram", pad_id=0,
            eos_id=1, unk_id=2, bos_id=-1, normalization_rule_tsv=str(table), user_defined_symbols=["[task]"],
            num_threads=1, minloglevel=2)
        (HERE / "spiece.model").write_bytes((Path(temporary) / "spiece.model").read_bytes())
    tokenizer = T5Tokenizer.from_pretrained(HERE)
    cases = []
    for text in TEXTS + ["a [task] b[task]"]:
        ids = tokenizer(text)["input_ids"]
        decoded = tokenizer.decode(ids, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        cases.append(dict(text=text, ids=ids, decoded=decoded, first_four=tokenizer(text, truncation=True, max_length=4)["input_ids"]))
    (HERE / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
