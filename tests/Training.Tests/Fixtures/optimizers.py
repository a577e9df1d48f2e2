"""Writes optimizers.json: what PyTorch makes of a small network with each optimizer. Run by hand, with Debian's python3-torch:

    /usr/bin/python3 tests/Training.Tests/Fixtures/optimizers.py
"""

import json
import pathlib

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.optim import lr_scheduler

WIDTHS = [5, 9, 7, 4]
BATCH_SIZES = [8, 8, 3]  # the last batch of an epoch is smaller
EPOCHS = 20
STEPS = EPOCHS * len(BATCH_SIZES)
STEP = {"schedule": "step", "step_epochs": 6, "decay": 0.3}
COSINE = {"schedule": "cosine", "min_learning_rate": 0.001}
ONE_CYCLE = {"schedule": "one_cycle"}
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
    ("NAdam", {"lr": 0.01}),
    ("NAdam", {"lr": 0.01, "betas": [0.8, 0.95], "eps": 1e-4, "weight_decay": 0.05, "momentum_decay": 0.01}),
    ("Adagrad", {"lr": 0.05}),
    ("Adagrad", {"lr": 0.05, "eps": 1e-3, "weight_decay": 0.02}),
    ("Lion", {"lr": 0.001, "betas": [0.9, 0.99]}),
    ("Lion", {"lr": 0.001, "betas": [0.8, 0.95], "weight_decay": 0.5}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "clip": 0.5}),
    ("RMSprop", {"lr": 0.002, "alpha": 0.9, "eps": 1e-4, "momentum": 0.8, "weight_decay": 0.02}),
    ("SGD", {"lr": 0.2, "momentum": 0.9, "clip": 0.5, "schedule": COSINE}),
    ("Adam", {"lr": 0.02, "schedule": ONE_CYCLE}),
    ("AdamW", {"lr": 0.02, "weight_decay": 0.5, "schedule": STEP}),
    ("NAdam", {"lr": 0.02, "schedule": STEP}),
    ("RMSprop", {"lr": 0.005, "momentum": 0.8, "schedule": COSINE}),
    ("Adagrad", {"lr": 0.05, "schedule": ONE_CYCLE}),
]


class Lion(torch.optim.Optimizer):
    """PyTorch has none: algorithm 2 of Chen et al., 2023, line by line."""

    def __init__(self, params, lr, betas, weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for weight in group["params"]:
                mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
                direction = torch.sign(beta1 * mean + (1 - beta1) * weight.grad)
                weight -= group["lr"] * (direction + group["weight_decay"] * weight)
                mean.mul_(beta2).add_(weight.grad, alpha=1 - beta2)


def nadam(params, **options):
    """With foreach: in the other path of 1.13 the product of the momenta has a step's momentum twice, which later versions put right."""
    return torch.optim.NAdam(params, foreach=True, **options)


def network():
    layers = []
    for inputs, outputs in zip(WIDTHS, WIDTHS[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


# Each is told of every batch.
SCHEDULERS = {
    "constant": lambda it, rate: lr_scheduler.LambdaLR(it, lambda step: 1),
    "step": lambda it, rate: lr_scheduler.StepLR(it, STEP["step_epochs"] * len(BATCH_SIZES), STEP["decay"]),
    "cosine": lambda it, rate: lr_scheduler.CosineAnnealingLR(it, STEPS, COSINE["min_learning_rate"]),
    "one_cycle": lambda it, rate: lr_scheduler.OneCycleLR(it, rate, total_steps=STEPS, cycle_momentum=False),
}
OWN = {"Lion": Lion, "NAdam": nadam}


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
    given = {name: value for name, value in options.items() if name not in ("clip", "schedule")}
    stepper = OWN.get(optimizer, getattr(torch.optim, optimizer, None))(model.parameters(), **given)
    scheduler = SCHEDULERS[options.get("schedule", {"schedule": "constant"})["schedule"]](stepper, options["lr"])
    losses = []
    for _ in range(EPOCHS):
        for inputs, labels in batches:
            loss = cross_entropy(model(inputs), labels)
            stepper.zero_grad()
            loss.backward()
            if "clip" in options:
                nn.utils.clip_grad_norm_(model.parameters(), options["clip"])
            stepper.step()
            if len(losses) < STEPS - 1:  # one cycle refuses a step more than it has
                scheduler.step()
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
