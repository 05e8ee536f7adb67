"""Scores predictions with Google's rouge_score and the official exact match, to compare `placebo score` with them.

  pip install rouge_score nltk
  python scores.py make                            writes the fixture that the tests use, from the texts below
  python scores.py compare PLACEBO DATA            scores a whole collection both ways and prints the largest difference

PLACEBO is the executable, DATA a Super-NaturalInstructions folder. `compare` invents predictions that are right, wrong,
shuffled, cut, upper-case, empty, missing or full of odd characters; it fails beyond 1e-4.
"""
import argparse, json, pathlib, random, string, subprocess, tempfile
from rouge_score import rouge_scorer

HERE = pathlib.Path(__file__).parent / "scores"
METRICS = ["exact-match", "rouge-l", "rouge-1"]
ODD = [
    "", "  ", "...", "\n", "Ünïcode Ärger 日本語 text", "the answer's \"yes\".", "runs ran RUNNING runner", "generalizations",
    "١٢٣ 123 ﬁne ǅ İstanbul ẞ", "a\u00a0b\u2003c", "tab\tand\x1cseparator\x85next", "naïve café, déjà-vu", "e\u0301 combining",
    "dying lying tying skies early only news innings", "🙂 smile", "\u200bzero width", "10,000.5 %", "under_score", "—dash—",
]
TASKS = {
    "task01_weather_wish": (
        "Say whether the speaker likes the weather. Answer yes or no.",
        [("It pours, and I love it.", ["yes", "Yes!"]), ("Another grey morning, how dull.", ["no"]), ("Ist es schön?", ["yes"])],
    ),
    "task02_story_title": (
        "Write a title for the story.",
        [
            ("A dog learned to sail.", ["The sailing dog", "A dog's voyage", "Seefahrender Hund über Bord"]),
            ("Two bakers stopped quarrelling.", ["Peace in the bakery", "The bakers were agreeing"]),
            ("An empty room.", [""]),
            ("The clock ran backwards.", ["Running backwards in time, generally speaking", "11:59"]),
        ],
    ),
}
ANSWERS = [
    ["YES.", "NO", " y e s "],
    ["a sailed dogs dying café", "Bakers agreed; the peaceful bakeries", "", "Running time runs backward — general speech 11 59"],
]


def normalized(text):
    kept = "".join(c for c in text.lower() if c not in set(string.punctuation))
    return " ".join(kept.split())


class Scorer:
    def __init__(self):
        self.rouge = rouge_scorer.RougeScorer(["rouge1", "rougeL"], use_stemmer=True)

    def best(self, prediction, references):
        rouge = [self.rouge.score(target=r, prediction=prediction) for r in references]
        return {
            "exact-match": 100.0 * max(normalized(prediction) == normalized(r) for r in references),
            "rouge-l": 100.0 * max(s["rougeL"].fmeasure for s in rouge),
            "rouge-1": 100.0 * max(s["rouge1"].fmeasure for s in rouge),
        }


def mean(values):
    return sum(values) / len(values)


def expected(tasks, predictions):
    """Overall and per-task means, and every instance's scores, for tasks {name: [(id, references)]}."""
    scorer, by_task = Scorer(), {}
    for name, instances in tasks.items():
        by_task[name] = [scorer.best(predictions.get(i, ""), references) for i, references in instances]
    result = {}
    for metric in METRICS:
        means = {name: mean([s[metric] for s in scores]) for name, scores in by_task.items()}
        result[metric] = {"overall": mean([s[metric] for scores in by_task.values() for s in scores]), "tasks": means}
    return result


def make():
    (HERE / "tasks").mkdir(parents=True, exist_ok=True)
    (HERE / "splits/default").mkdir(parents=True, exist_ok=True)
    tasks, predictions = {}, {}
    for (name, (definition, instances)), answers in zip(TASKS.items(), ANSWERS):
        rows = [{"id": f"{name}-{n}", "input": i, "output": o} for n, (i, o) in enumerate(instances)]
        example = [{"input": "Sunshine at last.", "output": "yes", "explanation": ""}]
        task = {"Definition": [definition], "Positive Examples": example, "Negative Examples": [], "Instances": rows}
        (HERE / f"tasks/{name}.json").write_text(json.dumps(task, ensure_ascii=False, indent=1) + "\n")
        tasks[name] = [(row["id"], row["output"]) for row in rows]
        predictions.update({row["id"]: answer for row, answer in zip(rows, answers)})
    for split in ["train", "test", "excluded"]:
        names = "".join(f"{name}\n" for name in tasks) if split == "test" else ""
        (HERE / f"splits/default/{split}_tasks.txt").write_text(names)
    write_predictions(HERE / "predictions.jsonl", predictions)
    (HERE / "expected.json").write_text(json.dumps(expected(tasks, predictions), indent=1, sort_keys=True) + "\n")


def write_predictions(path, predictions):
    lines = [json.dumps({"id": i, "prediction": p}, ensure_ascii=len(p) % 2 == 0) + "\n" for i, p in predictions.items()]
    path.write_text("".join(lines))


def read_collection(data):
    names = (data / "splits/default/test_tasks.txt").read_text().split()
    tasks, inputs = {}, {}
    for name in names:
        rows = json.loads((data / f"tasks/{name}.json").read_text())["Instances"][:100]
        listed = lambda output: [output] if isinstance(output, str) else output
        tasks[name] = [(row["id"], listed(row["output"])) for row in rows]
        inputs.update({row["id"]: row["input"] for row in rows})
    return tasks, inputs


def invent(tasks, inputs):
    random.seed(0)
    for instances in tasks.values():
        for i, references in instances:
            right = random.choice(references)
            words = right.split()
            random.shuffle(words)
            kinds = [right, " ".join(words), right.upper() + " the.", inputs[i][:300], random.choice(ODD), None,
                     " ".join(words[: len(words) // 2]), right + " " + random.choice(ODD)]
            if (prediction := random.choice(kinds)) is not None:
                yield i, prediction


def compare(placebo, data):
    tasks, inputs = read_collection(data)
    predictions = dict(invent(tasks, inputs))
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "predictions.jsonl"
        write_predictions(path, predictions)
        command = [placebo, "score", "--predictions", path, "--data", data, "--json", "--metric", *METRICS]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    wanted, worst = expected(tasks, predictions), 0.0
    for metric in found["metrics"]:
        want = wanted[metric["id"]]
        differences = {name: abs(score - want["tasks"][name]) for name, score in metric["tasks"].items()}
        differences["overall"] = abs(metric["overall"] - want["overall"])
        assert metric["tasks"].keys() == want["tasks"].keys()
        name = max(differences, key=differences.get)
        worst = max(worst, differences[name])
        print(f"{metric['id']}: {want['overall']:.4f}, largest difference {differences[name]:.6f} ({name})")
    print(f"{found['instances']} instances, {len(tasks)} tasks, {found['missing']} without a prediction")
    assert worst <= 1e-4, "the scores differ"


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
commands = parser.add_subparsers(dest="command", required=True)
commands.add_parser("make")
arguments = commands.add_parser("compare")
arguments.add_argument("placebo")
arguments.add_argument("data", type=pathlib.Path)
chosen = parser.parse_args()
make() if chosen.command == "make" else compare(chosen.placebo, chosen.data)
