"""Writes schedules.json: the learning rates of PyTorch's schedulers, step by step. Run by hand, with Debian's python3-torch:

    /usr/bin/python3 tests/Training.Tests/Fixtures/schedules.py
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler

EPOCHS, STEPS, RATE = 12, 7, 0.1
ACCURACIES = [0.5, 0.6, 0.6, 0.59, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.71]
LOSSES = [1.0, 0.9, 0.89995, 0.91, 0.8, 0.8, 0.81, 0.82, 0.7, 0.7, 0.7, 0.7]  # the third is better by less than counts


def warmed(epochs, make):
    """Both at once: chained schedulers multiply what each of them does to the rate."""
    return lambda it: lr_scheduler.ChainedScheduler([lr_scheduler.LinearLR(it, 1 / (epochs * STEPS), total_iters=epochs * STEPS - 1), make(it)])


CASES = [
    ("step", {"step_epochs": 5, "decay": 0.3}, "epoch", lambda it: lr_scheduler.StepLR(it, 5, 0.3)),
    ("exponential", {"decay": 0.8}, "epoch", lambda it: lr_scheduler.ExponentialLR(it, 0.8)),
    ("cosine", {"min_learning_rate": 0.01}, "step", lambda it: lr_scheduler.CosineAnnealingLR(it, EPOCHS * STEPS, 0.01)),
    ("one_cycle", {}, "step", lambda it: lr_scheduler.OneCycleLR(it, RATE, total_steps=EPOCHS * STEPS, cycle_momentum=False)),
    ("plateau", {"decay": 0.5, "plateau_patience": 1}, "plateau", lambda it: lr_scheduler.ReduceLROnPlateau(it, "max", 0.5, 1)),
    ("plateau", {"decay": 0.2, "plateau_patience": 0}, "plateau", lambda it: lr_scheduler.ReduceLROnPlateau(it, "min", 0.2, 0)),
    ("constant", {"warmup_epochs": 3}, "step", lambda it: lr_scheduler.LinearLR(it, 1 / (3 * STEPS), total_iters=3 * STEPS - 1)),
    ("step", {"step_epochs": 2, "decay": 0.5, "warmup_epochs": 5}, "step", warmed(5, lambda it: lr_scheduler.StepLR(it, 2 * STEPS, 0.5))),
    ("cosine", {"warmup_epochs": 2}, "step", warmed(2, lambda it: lr_scheduler.CosineAnnealingLR(it, EPOCHS * STEPS))),
]


def sgd():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)


def rates(kind, make):
    optimizer = sgd()
    scheduler = make(optimizer)
    for epoch in range(EPOCHS):
        for step in range(STEPS):
            yield optimizer.param_groups[0]["lr"]
            optimizer.step()
            # One cycle refuses a step more than it has.
            if kind == "step" and epoch * STEPS + step + 1 < EPOCHS * STEPS:
                scheduler.step()
        if kind == "epoch":
            scheduler.step()
        elif kind == "plateau":
            scheduler.step((ACCURACIES if scheduler.mode == "max" else LOSSES)[epoch])


document = {
    "torch": torch.__version__,
    "epochs": EPOCHS,
    "steps": STEPS,
    "rate": RATE,
    "accuracies": ACCURACIES,
    "losses": LOSSES,
    "cases": [
        {"schedule": name, "options": options, "goal": getattr(make(sgd()), "mode", "max"), "rates": list(rates(kind, make))}
        for name, options, kind, make in CASES
    ],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
