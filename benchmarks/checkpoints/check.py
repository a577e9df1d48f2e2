"""Opens a checkpoint in PyTorch and compares its logits with FashionSweep's: check.py CHECKPOINT PREDICTIONS.csv

Logits are compared up to what a softmax does not see, a constant for each image: FashionSweep's are the logarithms of its probabilities.
"""

import csv
import gzip
import json
import os
import struct
import sys

import numpy
import torch
from torch import nn

FOLDER = os.environ.get("FASHION_MNIST_DIR", "/usr/share/datasets/fashion-mnist")


def load(path):
    """What safetensors.safe_open gives: the package where it is installed, else the format's few lines."""
    try:
        from safetensors import safe_open

        with safe_open(path, "pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()
    except ImportError:
        pass
    with open(path, "rb") as file:
        (length,) = struct.unpack("<q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    metadata = header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        tensors[name] = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors, metadata


class Residual(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(),
            nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters))
        self.shortcut = nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters)) if stride > 1 or inputs != filters else nn.Sequential()

    def forward(self, images):
        return self.body(images) + self.shortcut(images)


def build(lines):
    """The layers of a sweep file in PyTorch; shapes that follow from the images are found by running some."""
    modules, shape = [], torch.zeros(1, 1, 28, 28)

    def add(*new):
        nonlocal shape
        for module in new:
            modules.append(module)
            shape = module.eval()(shape)

    for place, line in enumerate(lines):
        kind, *words = line.split()
        options = dict(word.split("=") for word in words if "=" in word)
        sizes = [word for word in words if "=" not in word]
        normalized = place + 1 < len(lines) and lines[place + 1] == "batch_norm"
        if kind == "conv":
            kernel = int(sizes[1].split("x")[0]) if len(sizes) > 1 else 3
            padding = kernel // 2 if options.get("padding") == "same" else 0
            add(nn.Conv2d(shape.shape[1], int(sizes[0]), kernel, int(options.get("stride", 1)), padding, bias=not normalized))
        elif kind == "dense":
            add(nn.Linear(shape.shape[1], int(sizes[0]), bias=not normalized))
        elif kind == "residual":
            add(Residual(shape.shape[1], int(sizes[0]), int(options.get("stride", 1))), nn.ReLU())
        elif kind == "batch_norm":
            add(nn.BatchNorm2d(shape.shape[1]), nn.ReLU())
        elif kind == "max_pool":
            add(nn.MaxPool2d(int(sizes[0])))
        elif kind == "flatten":
            add(nn.Flatten())
        elif kind == "dropout":
            add(nn.Dropout(float(sizes[0])))
        else:
            sys.exit(f"{line} is a layer that this script does not build")
        if kind in ("conv", "dense") and not normalized:
            add(nn.ReLU())
    add(nn.Linear(shape.shape[1], 10))
    return nn.Sequential(*modules)


def fill(model, tensors):
    """Layers with tensors are numbered in the order in which a model lists its modules."""
    learning = [module for module in model.modules() if isinstance(module, (nn.Conv2d, nn.Linear, nn.BatchNorm2d))]
    for number, module in enumerate(learning):
        module.load_state_dict(
            {name: tensors.pop(f"layers.{number}.{name}") for name in module.state_dict() if name != "num_batches_tracked"}, strict=False)
    assert not tensors, f"left over: {list(tensors)}"


tensors, metadata = load(sys.argv[1])
parameters = json.loads(metadata["fashionsweep.spec"])["parameters"]
model = build(parameters["layers"])
fill(model, dict(tensors))
with gzip.open(os.path.join(FOLDER, "t10k-images-idx3-ubyte.gz")) as file:
    pixels = torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=16).copy()).view(-1, 1, 28, 28)
with open(sys.argv[2], newline="") as file:
    rows = list(csv.reader(file))[1:]
ours = torch.tensor([[float(value) for value in row[3:]] for row in rows], dtype=torch.float64).log()
with torch.no_grad():
    theirs = model.eval()(pixels[[int(row[0]) for row in rows]].float() / 255).double()
difference = ((ours - ours.mean(1, keepdim=True)) - (theirs - theirs.mean(1, keepdim=True))).abs().max().item()
print(f"{', '.join(parameters['layers'])}: {len(tensors)} tensors, logits of {len(rows)} images at most {difference:.1e} apart")
sys.exit(difference > 1e-4)
