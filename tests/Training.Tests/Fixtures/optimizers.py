"""Writes optimizers.json: what PyTorch makes of a small network with each optimizer. Run by hand, with Debian's python3-torch:

    /usr/bin/python3 tests/Training.Tests/Fixtures/optimizers.py
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.functional import cross_entropy

WIDTHS = [5, 9, 7, 4]
BATCH_SIZES = [8, 8, 3]  # the last batch of an epoch is smaller
EPOCHS = 20
CASES = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "weight_decay": 0.01}),
    ("SGD", {"lr": 0.05, "momentum": 0.9}),
    ("SGD", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    ("SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True, "weight_decay": 0.02}),
    ("Adam", {"lr": 0.01}),
    ("Adam", {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-4}),
    ("Adam", {"lr": 0.01, "weight_decay": 0.05}),
    ("AdamW", {"lr": 0.01, "weight_decay": 0.05}),
    ("RMSprop", {"lr": 0.002}),
    ("RMSprop", {"lr": 0.002, "alpha": 0.9, "eps": 1e-4, "momentum": 0.8, "weight_decay": 0.02}),
]


def network():
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def tensors(model):
    """The parameters under the names that a list of linear layers would give them, nine digits each."""
    named = {}
    for number, layer in enumerate(layer for layer in model if isinstance(layer, nn.Linear)):
        for name, values in (("weight", layer.weight), ("bias", layer.bias)):
            named[f"layers.{number}.{name}"] = [float(f"{value:.9g}") for value in values.detach().flatten().tolist()]
    return named


def run(optimizer, options, start, batches):
    model = network()
    model.load_state_dict(start)
    stepper = getattr(torch.optim, optimizer)(model.parameters(), **options)
    losses = []
    for _ in range(EPOCHS):
        for inputs, labels in batches:
            loss = cross_entropy(model(inputs), labels)
            stepper.zero_grad()
            loss.backward()
            stepper.step()
            losses.append(float(f"{loss.item():.9g}"))
    return {"optimizer": optimizer, "options": options, "losses": losses, "weights": tensors(model)}


torch.manual_seed(20)
torch.set_num_threads(1)
first = network()
data = [(torch.rand(size, WIDTHS[0]), torch.randint(WIDTHS[-1], (size,))) for size in BATCH_SIZES]
document = {
    "torch": torch.__version__,
    "widths": WIDTHS,
    "epochs": EPOCHS,
    "start": tensors(first),
    "batches": [
        {"inputs": [[float(f"{value:.9g}") for value in row] for row in inputs.tolist()], "labels": labels.tolist()} for inputs, labels in data
    ],
    "cases": [run(optimizer, options, first.state_dict(), data) for optimizer, options in CASES],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
