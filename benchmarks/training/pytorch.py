"""The same steps in PyTorch on one thread, as users write them and tuned by hand; images per second of the processor, medians of three.

Arguments: the models to measure, as S0; none for all.
"""

import gzip
import os
import statistics
import sys
import time
from collections import namedtuple

import numpy
try:
    import torch
except ImportError:
    sys.exit("This Python has no PyTorch, so it is not measured.")
from torch import nn
from torch.nn.functional import cross_entropy
from torch.utils.data import DataLoader, Dataset

FOLDER = os.environ.get("FASHION_MNIST_DIR", "/usr/share/datasets/fashion-mnist")


def read(name, header):
    with gzip.open(os.path.join(FOLDER, name)) as file:
        return torch.from_numpy(numpy.frombuffer(file.read(), numpy.uint8, offset=header).copy())


PIXELS = read("train-images-idx3-ubyte.gz", 16).view(-1, 28, 28)
LABELS = read("train-labels-idx1-ubyte.gz", 8).long()


class Images(Dataset):
    """Scales each image when asked for, as torchvision's ToTensor does."""

    def __init__(self, scale):
        self.scale = scale

    def __len__(self):
        return len(PIXELS)

    def __getitem__(self, index):
        return self.scale(PIXELS[index].unsqueeze(0).unsqueeze(0))[0], int(LABELS[index])


def mlp(*widths):
    layers = [nn.Flatten()]
    for inputs, outputs in zip(widths, widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def conv(inputs, outputs, kernel, padding):
    return [nn.Conv2d(inputs, outputs, kernel, padding=padding), nn.ReLU()]


def vgg():
    return nn.Sequential(
        *conv(1, 64, 7, 3), nn.MaxPool2d(2), *conv(64, 128, 3, 1), *conv(128, 128, 3, 1), nn.MaxPool2d(2),
        *conv(128, 256, 3, 1), *conv(256, 256, 3, 1), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(2304, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 10))


def cnn():
    return nn.Sequential(
        *conv(1, 32, 3, 0), nn.MaxPool2d(2), *conv(32, 64, 3, 0), nn.MaxPool2d(2), *conv(64, 64, 3, 0), nn.Flatten(),
        nn.Linear(576, 64), nn.ReLU(), nn.Dropout(0.5), nn.Linear(64, 10))


def idiomatic(case, model):
    optimizer = case.optimizer(model.parameters(), lr=case.rate)
    loss_of = nn.CrossEntropyLoss()
    total, correct, seen = 0.0, 0, 0
    started = time.process_time()
    for step, (images, labels) in enumerate(DataLoader(Images(case.scale), batch_size=case.batch, shuffle=True)):
        if step == case.steps:
            break
        optimizer.zero_grad()
        logits = model(images)
        loss = loss_of(logits, labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
        correct += (logits.argmax(1) == labels).sum().item()
        seen += len(labels)
    return seen / (time.process_time() - started)


def tuned(case, model, precision=torch.float32, **how):
    """Resident tensors, one kernel per list of parameters, channels last, nothing read back in the loop."""
    pixels = case.scale(PIXELS.unsqueeze(1))
    if case.images:
        model = model.to(memory_format=torch.channels_last)
        pixels = pixels.contiguous(memory_format=torch.channels_last)
    optimizer = case.optimizer(model.parameters(), lr=case.rate, **(how or {"foreach": True}))
    order = torch.randperm(len(pixels))
    total = torch.zeros(())
    started = time.process_time()
    for step in range(case.steps):
        chosen = order[step * case.batch:(step + 1) * case.batch]
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == torch.bfloat16):
            logits = model(pixels.index_select(0, chosen))
        loss = cross_entropy(logits.float(), LABELS.index_select(0, chosen))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        total += loss.detach()
    return case.steps * case.batch / (time.process_time() - started)


def tuned_fused(case, model):
    """The same, with the optimizer as one kernel: on processors there is one since PyTorch 2.4."""
    return tuned(case, model, fused=True)


def tuned_bf16(case, model):
    return tuned(case, model, torch.bfloat16)


def blas_speed():
    """GFLOP/s of a large product: Debian's PyTorch takes whatever BLAS is installed, and the reference one would make an unfair rival."""
    left, right = torch.rand(1024, 1024), torch.rand(1024, 1024)
    times = []
    for _ in range(5):
        started = time.process_time()
        left @ right
        times.append(time.process_time() - started)
    return 2 * 1024**3 / min(times) / 1e9


def unit(pixels):
    return pixels.float().div(255)


def unit_length(pixels):
    return nn.functional.normalize(pixels.float().flatten(1)).view(pixels.shape)


Case = namedtuple("Case", "name make batch optimizer rate scale steps images")
ADAM, SGD = (torch.optim.Adam, 0.001), (torch.optim.SGD, 0.01)
CASES = [
    Case("S0", lambda: mlp(784, 128, 128, 10), 32, *SGD, unit_length, 600, False),
    Case("S1", lambda: mlp(784, 128, 10), 32, *ADAM, unit, 600, False),
    Case("S3", lambda: mlp(784, 128, 64, 10), 64, *ADAM, unit, 600, False),
    Case("S2", vgg, 32, *ADAM, unit, 12, True),
    Case("S4", cnn, 64, *ADAM, unit, 60, True),
]

torch.set_num_threads(1)
torch.set_flush_denormal(True)
if (speed := blas_speed()) < 50:
    print(f"PyTorch's BLAS reaches {speed:.0f} GFLOP/s: it is the reference one", file=sys.stderr)
for case in CASES:
    if len(sys.argv) > 1 and case.name not in sys.argv[1:]:
        continue
    for way in (idiomatic, tuned, tuned_fused, tuned_bf16):
        torch.manual_seed(1)
        model = case.make()
        rates = [way(case, model) for _ in range(4)][1:]
        print(f"PyTorch {torch.__version__} {way.__name__} {statistics.median(rates):.0f}", flush=True)
