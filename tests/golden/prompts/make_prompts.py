"""Golden prompts: the layout of Tk-Instruct's collator, written down a second time and in another language.

    python make_prompts.py                      writes prompts.json from the small collection beside this file
    python make_prompts.py --digest COLLECTION  prints the digests that tests/natinst.rs compares with
"""

import argparse
import hashlib
import json
import string
from pathlib import Path

HERE = Path(__file__).parent
DEFAULT = dict(positive_examples=2, negative_examples=0, explanations=False, task_name=False, max_source_tokens=1024)
PLANS = [
    DEFAULT,
    DEFAULT | dict(positive_examples=1, negative_examples=2, explanations=True, task_name=True),
    DEFAULT | dict(positive_examples=3, negative_examples=1, max_source_tokens=75),
    DEFAULT | dict(positive_examples=0),
]


def count_tokens(text):
    """Words between blanks and line ends, and the end token: simple enough to be the same in every language."""
    return sum(1 for line in text.split("\n") for word in line.split(" ") if word) + 1


def dotted(text):
    return text if text[-1] in string.punctuation else text + "."


def example_block(title, number, example, plan):
    block = f" {title} Example {number} -\n"
    block = dotted(block + f"Input: {example['input'].strip()}") + "\n"
    block = dotted(block + f" Output: {example['output'].strip()}") + "\n"
    if plan["explanations"]:
        block = dotted(block + f" Explanation: {example['explanation'].strip()}") + "\n"
    return block + "\n"


def prompt(task, name, instance, plan):
    question = dotted(f"Now complete the following example -\nInput: {instance['input'].strip()}") + "\nOutput: "
    definition = task["Definition"] if isinstance(task["Definition"], str) else task["Definition"][0]
    body = dotted("Definition: " + definition.strip()) + "\n\n"
    kept = 0
    for title, wanted in [("Positive", plan["positive_examples"]), ("Negative", plan["negative_examples"])]:
        for index, example in enumerate(task[f"{title} Examples"][:wanted]):
            candidate = example_block(title, index + 1, example, plan)
            if count_tokens(body + candidate + question) > plan["max_source_tokens"]:
                break
            body += candidate
            kept += 1
    text = (name + ". " if plan["task_name"] else "") + body + question
    return dict(text=text, examples=kept, tokens=count_tokens(text))


def prompts(collection, split, plan):
    for name in (collection / "splits" / "default" / f"{split}_tasks.txt").read_text().split():
        task = json.loads((collection / "tasks" / f"{name}.json").read_text(encoding="utf-8-sig"))
        for position, instance in enumerate(task["Instances"]):
            yield dict(task=name, position=position) | prompt(task, name, instance, plan)


def write_golden():
    cases = [dict(plan=plan, prompts=list(prompts(HERE / "collection", "test", plan))) for plan in PLANS]
    text = json.dumps(cases, indent=1, ensure_ascii=True)
    (HERE / "prompts.json").write_text(text + "\n")


def print_digests(collection):
    for plan in PLANS:
        digest = hashlib.sha256()
        total = 0
        for split in ["train", "test"]:
            for case in prompts(collection, split, plan):
                digest.update(f"{case['text']}\0{case['examples']}\0{case['tokens']}\0".encode())
                total += 1
        print(json.dumps(dict(plan=plan, prompts=total, sha256=digest.hexdigest())))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--digest", type=Path, metavar="COLLECTION")
    arguments = parser.parse_args()
    print_digests(arguments.digest) if arguments.digest else write_golden()
