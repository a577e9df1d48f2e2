#!/usr/bin/env python3
"""Writes SWEEP.csv.gz from the store in which SWEEP.yaml was run: export_table.py STORE SWEEP.

Of each configuration its parameters, the network's weights, the seconds that it trained for, and the validation accuracy of each epoch.
"""
import csv
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

def of_layers(parameters):
    """What the list of layers was made of: `conv 8 3x3 stride=2, batch_norm, …, flatten, dense 64`."""
    layers = [layer.split() for layer in parameters["layers"]]
    convolutions = [layer for layer in layers if layer[0] == "conv"]
    return {
        "convolutions": len(convolutions), "first_filters": convolutions[0][1], "kernel": convolutions[0][2][0], "normalized": ["batch_norm"] in layers,
        "units": layers[-1][1],
    }


PARAMETERS = {
    "mlp-table": ["optimizer", "learning_rate", "depth", "width", "dropout", "batch_size"],
    "cnn-table": ["learning_rate", "optimizer", "batch_size", "convolutions", "first_filters", "kernel", "normalized", "units"],
}
STORE, SWEEP = sys.argv[1:]


def ask(*verb):
    fsweep = pathlib.Path(__file__).parents[2] / "fsweep"
    return subprocess.run([fsweep, *verb, "--store", STORE], stdout=subprocess.PIPE, check=True).stdout


def word(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


curves = {}
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "curves.csv")
    ask("export", SWEEP, "--format", "curves", "--to", file)
    with open(file, newline="") as lines:
        for line in csv.DictReader(lines):
            curves.setdefault(line["trial"], []).append(line)
board = json.loads(ask("leaderboard", SWEEP, "--trials", "--format", "json"))
trials = sorted((trial for trial in board["trials"] if trial["state"] == "completed"), key=lambda trial: int(trial["trial"].split("/")[1]))
names, epochs = PARAMETERS[SWEEP], len(curves[trials[0]["trial"]])
rows = [",".join([*names, "weights", "seconds", *(f"e{epoch}" for epoch in range(1, epochs + 1))])]
for trial in trials:
    curve, parameters = curves[trial["trial"]], trial["parameters"]
    if parameters["model"] == "cnn":
        parameters |= of_layers(parameters)
    rows.append(",".join([
        *(word(parameters[name]) for name in names), str(trial["result"]["parameter_count"]),
        f"{sum(float(epoch['seconds']) for epoch in curve):.2f}", *(f"{float(epoch['validation_accuracy']):.4f}" for epoch in curve)]))
target = pathlib.Path(__file__).with_name(f"{SWEEP}.csv.gz")
# Without a time of its own, so that the same results are the same bytes.
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write(("\n".join(rows) + "\n").encode())
print(f"{target.name}: {len(rows) - 1} configurations")
