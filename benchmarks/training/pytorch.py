"""The same steps in PyTorch on one thread, as users write them and tuned by hand; images per second, medians of three."""

import gzip
import os
import statistics
import sys
import time

import numpy
import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, Dataset

FOLDER = os.environ.get("FASHION_MNIST_DIR", "/usr/share/datasets/fashion-mnist")
STEPS = 600


def read(name, header):
    with gzip.open(os.path.join(FOLDER, name)) as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=header).copy())


PIXELS = read("train-images-idx3-ubyte.gz", 16).view(-1, 28, 28)
LABELS = read("train-labels-idx1-ubyte.gz", 8).long()


class Images(Dataset):
    """Scales each image when asked for, as torchvision's ToTensor does."""

    def __len__(self):
        return len(PIXELS)

    def __getitem__(self, index):
        return PIXELS[index].unsqueeze(0).float().div(255), int(LABELS[index])


def network(widths):
    layers = [nn.Flatten()]
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def idiomatic(model, batch):
    optimizer = torch.optim.Adam(model.parameters())
    loss_of = nn.CrossEntropyLoss()
    total, correct, seen = 0.0, 0, 0
    started = time.perf_counter()
    for step, (images, labels) in enumerate(DataLoader(Images(), batch_size=batch, shuffle=True)):
        if step == STEPS:
            break
        optimizer.zero_grad()
        logits = model(images)
        loss = loss_of(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
        correct += (logits.argmax(1) == labels).sum().item()
        seen += len(labels)
    return seen / (time.perf_counter() - started)


def tuned(model, batch):
    """Resident tensors, one kernel per list of parameters, nothing read back in the loop."""
    pixels = PIXELS.float().div(255).view(-1, 784)
    optimizer = torch.optim.Adam(model.parameters(), foreach=True)
    order = torch.randperm(len(pixels))
    total = torch.zeros(())
    started = time.perf_counter()
    for step in range(STEPS):
        chosen = order[step * batch:(step + 1) * batch]
        loss = cross_entropy(model(pixels.index_select(0, chosen)), LABELS.index_select(0, chosen))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return STEPS * batch / (time.perf_counter() - started)


def blas_speed():
    """GFLOP/s of a large product: Debian's PyTorch takes whatever BLAS is installed, and the reference one would make an unfair rival."""
    left, right = torch.rand(1024, 1024), torch.rand(1024, 1024)
    times = []
    for _ in range(5):
        started = time.perf_counter()
        left @ right
        times.append(time.perf_counter() - started)
    return 2 * 1024**3 / min(times) / 1e9


torch.set_num_threads(1)
torch.set_flush_denormal(True)
print(f"PyTorch's BLAS reaches {blas_speed():.0f} GFLOP/s; below 50 it is the reference one: install libopenblas0", file=sys.stderr)
for name, widths, batch in [
    ("S1 784-128-10, Adam, batch 32", [784, 128, 10], 32),
    ("S3 784-128-64-10, Adam, batch 64", [784, 128, 64, 10], 64),
]:
    for way in (idiomatic, tuned):
        torch.manual_seed(1)
        model = network(widths)
        rates = [way(model, batch) for _ in range(4)][1:]
        print(f"{name:34} {'PyTorch ' + torch.__version__ + ' ' + way.__name__:32} {statistics.median(rates):9,.0f} images/s", flush=True)
