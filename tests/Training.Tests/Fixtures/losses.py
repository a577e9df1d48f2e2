"""Writes losses.json: PyTorch's losses of a batch of logits, and their gradients. Run by hand, with Debian's python3-torch:

    /usr/bin/python3 tests/Training.Tests/Fixtures/losses.py
"""

import json
import pathlib

import torch
from torch.nn.functional import cross_entropy, mse_loss, one_hot

ROWS, CLASSES = 7, 10
CASES = [(loss, smoothing, share) for loss in ("cross_entropy", "mean_squared_error") for smoothing in (0.0, 0.1, 0.4) for share in (1.0, 0.7, 0.0)]


def criterion(loss, logits, labels, smoothing):
    if loss == "cross_entropy":
        return cross_entropy(logits, labels, label_smoothing=smoothing)
    targets = (1 - smoothing) * one_hot(labels, CLASSES).double() + smoothing / CLASSES
    return mse_loss(logits.softmax(dim=1), targets)


def mixed(loss, logits, labels, partners, smoothing, share):
    """Cross-entropy is linear in the target, so mixup's authors mix two losses; squares are of the mixed target."""
    if loss == "cross_entropy":
        return share * criterion(loss, logits, labels, smoothing) + (1 - share) * criterion(loss, logits, partners, smoothing)
    sharp = share * one_hot(labels, CLASSES).double() + (1 - share) * one_hot(partners, CLASSES).double()
    return mse_loss(logits.softmax(dim=1), (1 - smoothing) * sharp + smoothing / CLASSES)


def run(loss, smoothing, share):
    values = logits.clone().requires_grad_()
    result = criterion(loss, values, labels, smoothing) if share == 1 else mixed(loss, values, labels, partners, smoothing, share)
    result.backward()
    return {"loss": loss, "smoothing": smoothing, "share": share, "mean": result.item(), "gradient": values.grad.tolist()}


torch.manual_seed(21)
torch.set_num_threads(1)
# In single precision, as the engine takes them, and from there on in double.
logits = (torch.randn(ROWS, CLASSES) * torch.logspace(-1, 1.5, ROWS)[:, None]).double()
labels, partners = torch.randint(CLASSES, (ROWS,)), torch.randint(CLASSES, (ROWS,))
document = {
    "torch": torch.__version__,
    "logits": logits.tolist(),
    "labels": labels.tolist(),
    "partners": partners.tolist(),
    "cases": [run(*case) for case in CASES],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(document) + "\n")
