"""Writes schedules.json: the learning rates of PyTorch's schedulers, step by step. Run by hand, with Debian's python3-torch:

    /usr/bin/python3 tests/Training.Tests/Fixtures/schedules.py
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler

EPOCHS, STEPS, RATE = 12, 7, 0.1
ACCURACIES = [0.5, 0.6, 0.6, 0.59, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.71]
CASES = [
    ("step", {"step_epochs": 5, "decay": 0.3}, "epoch", lambda it: lr_scheduler.StepLR(it, 5, 0.3)),
    ("exponential", {"decay": 0.8}, "epoch", lambda it: lr_scheduler.ExponentialLR(it, 0.8)),
    ("cosine", {"min_learning_rate": 0.01}, "step", lambda it: lr_scheduler.CosineAnnealingLR(it, EPOCHS * STEPS, 0.01)),
    ("one_cycle", {}, "step", lambda it: lr_scheduler.OneCycleLR(it, RATE, total_steps=EPOCHS * STEPS, cycle_momentum=False)),
    ("plateau", {"decay": 0.5, "plateau_patience": 1}, "plateau", lambda it: lr_scheduler.ReduceLROnPlateau(it, "max", 0.5, 1)),
]


def rates(kind, make):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=RATE)
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
            scheduler.step(ACCURACIES[epoch])


document = {
    "torch": torch.__version__,
    "epochs": EPOCHS,
    "steps": STEPS,
    "rate": RATE,
    "accuracies": ACCURACIES,
    "cases": [{"schedule": name, "options": options, "rates": list(rates(kind, make))} for name, options, kind, make in CASES],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
