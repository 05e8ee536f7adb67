"""Makes the golden values of T5 with Hugging Face transformers: `python tests/golden/t5.py`.

Writes, beside itself, one folder a model and one for the optimizers; README.md describes the files. Made with
torch 2.15, transformers 5.23 on a CPU; other versions give the same values up to rounding.
"""
import json
import random
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import Adafactor, T5Config, T5ForConditionalGeneration
from transformers.trainer_pt_utils import LabelSmoother

HERE = Path(__file__).parent
# inner width (3 heads of 8) differs from d_model, encoder and decoder differ in depth: nothing can be mixed up unnoticed.
MICRO = dict(vocab_size=112, d_model=32, d_ff=64, d_kv=8, num_heads=3, num_layers=2, num_decoder_layers=3,
             dropout_rate=0.0, decoder_start_token_id=0)
MODELS = {
    # T5 v1.0: the embedding is the head, and the decoder's output is scaled before it.
    "v1_0": dict(seed=11, feed_forward_proj="relu", tie_word_embeddings=True),
    # T5 v1.1 and Flan: a head of its own.
    "v1_1": dict(seed=2, feed_forward_proj="gated-gelu", tie_word_embeddings=False),
    # What transformers 5 makes of a v1.1 configuration without a checkpoint: tied, yet not scaled.
    "v1_1_tied": dict(seed=3, feed_forward_proj="gated-gelu", tie_word_embeddings=False, tied_unscaled=True),
}
# Distances beyond 128 reach the last bucket of the encoder, targets beyond 40 those of the decoder.
SOURCE_LENGTHS, TARGET_LENGTHS = [37, 150, 9, 84], [12, 3, 47, 25]
STEPS, LEARNING_RATE, WEIGHT_DECAY, CLIP = 10, 1e-3, 0.01, 1.0
SMOOTHING, NEW_TOKENS = 0.1, 40
SMALLEST_MARGIN = 1e-3  # between the best and the second token of every greedy choice, so that rounding cannot turn it


def build(seed, tied_unscaled=False, **options):
    torch.manual_seed(seed)
    model = T5ForConditionalGeneration._from_config(T5Config(**MICRO, **options), attn_implementation="eager")
    separate = not options["tie_word_embeddings"] and not tied_unscaled
    if separate:
        model.lm_head.weight = torch.nn.Parameter(torch.empty(MICRO["vocab_size"], MICRO["d_model"]))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            enliven(name, parameter, not options["tie_word_embeddings"])
    return model.eval(), separate


def enliven(name, parameter, unscaled):
    """Weights under which every part of the model shows in the logits."""
    if name == "decoder.final_layer_norm.weight":
        parameter.normal_(1.0 if unscaled else 6.0, 0.2)
    elif "layer_norm" in name:
        parameter.normal_(1.0, 0.2)
    elif "relative_attention_bias" in name:
        parameter.normal_(0.0, 2.0)
    elif name == "lm_head.weight":
        parameter.normal_(0.0, 2.0 * MICRO["d_model"] ** -0.5)
    elif name == "shared.weight":
        parameter.normal_(0.0, 0.4)
    elif ".EncDecAttention.q" in name or "Attention.o" in name:
        parameter.mul_(2.0)


def sequence(draw, length):
    return [draw.randrange(3, MICRO["vocab_size"]) for _ in range(length - 1)] + [1]


def pad(rows, value):
    return torch.tensor([row + [value] * (max(map(len, rows)) - len(row)) for row in rows])


def inputs(sources):
    ids = pad(sources, 0)
    mask = pad([[1] * len(source) for source in sources], 0)
    return dict(input_ids=ids, attention_mask=mask)


def logits_and_labels(model, batch):
    labels = pad([row["target"] for row in batch], -100)
    return model(**inputs([row["source"] for row in batch]), labels=labels), labels


def forward(model, batch):
    """Losses, and the logits and gradients as tensors; logits of real target tokens only, row after row."""
    model.zero_grad()
    out, labels = logits_and_labels(model, batch)
    out.loss.backward()
    tensors = {f"gradient.{n}": p.grad.clone() for n, p in model.named_parameters()}
    tensors["logits"] = out.logits[labels != -100].detach()
    losses = torch.nn.functional.cross_entropy(out.logits.mT, labels, ignore_index=-100, reduction="none").sum(1)
    model.zero_grad()
    out, labels = logits_and_labels(model, batch)
    smoothed = LabelSmoother(epsilon=SMOOTHING)(out, labels)
    smoothed.backward()
    tensors["smoothed.gradient.decoder.final_layer_norm.weight"] = model.decoder.final_layer_norm.weight.grad.clone()
    summary = dict(loss=out.loss.item(), example_losses=losses.tolist(), smoothed_loss=smoothed.item())
    return summary, tensors


def train(model, batch, optimizer):
    losses, norms = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        out, _ = logits_and_labels(model, batch)
        out.loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP).item())
        optimizer.step()
        losses.append(out.loss.item())
    tensors = {n: p.detach().clone() for n, p in model.named_parameters()}
    return dict(losses=losses, gradient_norms=norms), tensors


@torch.no_grad()
def generate(model, source):
    # Without a cache: transformers sizes it by the encoder's depth, and the decoder here is deeper.
    out = model.generate(**inputs([source]), do_sample=False, num_beams=1, max_new_tokens=NEW_TOKENS, use_cache=False,
                         output_logits=True, return_dict_in_generate=True)
    best = torch.stack(out.logits)[:, 0].topk(2).values
    return out.sequences[0, 1:].tolist(), (best[:, 0] - best[:, 1]).min().item()


def generations(model, draw):
    """Six sources: where the model allows, three whose answer ends early and three that run to the limit."""
    ended, running = [], []
    for _ in range(400):
        source = sequence(draw, draw.choice([5, 20, 60, 140]))
        tokens, margin = generate(model, source)
        kind = ended if tokens[-1] == 1 else running
        varied = len(set(tokens)) > 3
        if margin >= SMALLEST_MARGIN and varied and len(kind) < 3:
            kind.append(dict(source=source, tokens=tokens))
        if len(ended) == len(running) == 3:
            break
    return ended + running


@torch.no_grad()
def likelihoods(model, draw):
    """Sum of the log-probabilities of a label's tokens, end token included, for labels of several lengths."""
    cases = []
    for length in (7, 33, 140):
        source, labels = sequence(draw, length), [sequence(draw, n) for n in (2, 2, 4, 9)]
        labels.append(labels[2][:2] + [1])  # shares its beginning with another
        rows = []
        for label in labels:
            logits = model(**inputs([source]), labels=torch.tensor([label])).logits[0].log_softmax(-1)
            rows.append(logits[torch.arange(len(label)), torch.tensor(label)].sum().item())
        cases.append(dict(source=source, labels=labels, log_likelihoods=rows))
    return cases


def write_model(name, options):
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    model, separate = build(**options)
    draw = random.Random(options["seed"])
    batch = [dict(source=sequence(draw, s), target=sequence(draw, t)) for s, t in zip(SOURCE_LENGTHS, TARGET_LENGTHS)]
    start = {n: p.detach().clone() for n, p in model.named_parameters()}
    config = json.loads(model.config.to_json_string(use_diff=False)) | dict(tie_word_embeddings=not separate)
    keep = set(MICRO) | {"model_type", "architectures", "feed_forward_proj", "tie_word_embeddings", "pad_token_id",
                         "scale_decoder_outputs", "eos_token_id", "is_encoder_decoder", "layer_norm_epsilon",
                         "relative_attention_num_buckets", "relative_attention_max_distance", "dense_act_fn"}
    config = {k: v for k, v in sorted(config.items()) if k in keep} | dict(architectures=["T5ForConditionalGeneration"])
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    save_file({n: p.contiguous() for n, p in start.items()}, folder / "model.safetensors", metadata={"format": "pt"})

    summary, tensors = forward(model, batch)
    save_file(tensors, folder / "forward.safetensors")
    cases = dict(batch=batch, forward=summary, generations=generations(model, draw), likelihoods=likelihoods(model, draw))
    if name != "v1_1_tied":
        adamw = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
        cases["adamw"], tensors = train(model, batch, adamw)
        save_file(tensors, folder / "adamw.safetensors")
        model.load_state_dict(start, strict=False)
        adafactor = Adafactor(model.parameters(), lr=LEARNING_RATE, scale_parameter=False, relative_step=False)
        cases["adafactor"], tensors = train(model, batch, adafactor)
        save_file(tensors, folder / "adafactor.safetensors")
    (folder / "cases.json").write_text(json.dumps(cases) + "\n")
    report(name, cases)


def report(name, cases):
    ends = [len(g["tokens"]) for g in cases["generations"]]
    print(name, cases["forward"], "generated", ends, [len(set(g["tokens"])) for g in cases["generations"]])
    for kind in ("adamw", "adafactor"):
        if kind in cases:
            print(" ", kind, {k: [round(x, 4) for x in v] for k, v in cases[kind].items()})


OPTIMIZERS = {
    "adamw": lambda p: torch.optim.AdamW(p, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY),
    "adamw-other-betas": lambda p: torch.optim.AdamW(p, lr=3e-3, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.0),
    "adafactor": lambda p: Adafactor(p, lr=LEARNING_RATE, scale_parameter=False, relative_step=False),
    "adafactor-relative": lambda p: Adafactor(p, scale_parameter=True, relative_step=True, warmup_init=True),
    "adafactor-scaled": lambda p: Adafactor(p, lr=LEARNING_RATE, scale_parameter=True, relative_step=False),
    "adafactor-momentum": lambda p: Adafactor(p, lr=LEARNING_RATE, scale_parameter=False, relative_step=False, beta1=0.9,
                                              weight_decay=WEIGHT_DECAY, clip_threshold=0.5, decay_rate=-0.7),
}


def write_optimizers():
    """Each optimizer fed with the same made-up gradients, so that it is tested apart from the model."""
    folder = HERE / "optimizers"
    folder.mkdir(exist_ok=True)
    torch.manual_seed(7)
    shapes = {"a.matrix": (12, 20), "b.vector": (33,), "c.wide": (1, 40), "d.tall": (17, 1)}
    start = {n: torch.randn(s) for n, s in shapes.items()}
    gradients = [{n: torch.randn(s) * 10 ** (step % 4 - 2.0) for n, s in shapes.items()} for step in range(STEPS)]
    gradients[3]["b.vector"].zero_()
    tensors = {f"start.{n}": t for n, t in start.items()}
    tensors |= {f"gradient.{s}.{n}": t.clone() for s, g in enumerate(gradients) for n, t in g.items()}
    norms = []
    for name, make in OPTIMIZERS.items():
        parameters = {n: torch.nn.Parameter(t.clone()) for n, t in start.items()}
        optimizer = make(list(parameters.values()))
        for step, gradient in enumerate(gradients):
            for n, p in parameters.items():
                p.grad = gradient[n].clone()
            norm = torch.nn.utils.clip_grad_norm_(parameters.values(), CLIP).item()
            norms += [norm] if name == "adamw" else []
            optimizer.step()
            if step in (0, 4, STEPS - 1):
                tensors |= {f"{name}.after.{step + 1}.{n}": p.detach().clone() for n, p in parameters.items()}
    save_file(tensors, folder / "steps.safetensors", metadata={"gradient_norms": json.dumps(norms)})


def write_pickled():
    """A checkpoint as torch saved it before safetensors, beside the same weights in safetensors."""
    folder = HERE / "pickled"
    (folder / "safetensors").mkdir(parents=True, exist_ok=True)
    torch.manual_seed(9)
    shape = dict(vocab_size=16, d_model=8, d_ff=12, d_kv=4, num_heads=1, num_layers=1)
    model = T5ForConditionalGeneration(T5Config(**shape, feed_forward_proj="gated-gelu", decoder_start_token_id=0))
    config = json.dumps(dict(shape, feed_forward_proj="gated-gelu", model_type="t5"), indent=1) + "\n"
    for place in (folder, folder / "safetensors"):
        (place / "config.json").write_text(config)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    names = [name for name, _ in model.named_parameters()]
    tensors = {name: model.state_dict()[name].contiguous() for name in names}
    save_file(tensors, folder / "safetensors" / "model.safetensors", metadata={"format": "pt"})


def main():
    torch.set_num_threads(1)
    for name, options in MODELS.items():
        write_model(name, options)
    write_optimizers()
    write_pickled()


if __name__ == "__main__":
    main()
