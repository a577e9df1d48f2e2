#!/usr/bin/env python3
"""Writes mlp-table.csv.gz from the store in which mlp-table.yaml was run: its parameters, then the validation accuracy of each epoch."""
import gzip
import json
import pathlib
import subprocess
import sys

PARAMETERS = ["optimizer", "learning_rate", "depth", "width", "dropout", "batch_size"]
EPOCHS = 12


def ask(*verb):
    fsweep = pathlib.Path(__file__).parents[2] / "fsweep"
    return json.loads(subprocess.run([fsweep, *verb, "--format", "json", "--store", sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout)


rows = [",".join(PARAMETERS + [f"e{epoch}" for epoch in range(1, EPOCHS + 1)])]
board = ask("leaderboard", "mlp-table")
for trial in sorted((trial for trial in board["trials"] if trial["state"] == "completed"), key=lambda trial: int(trial["trial"].split("/")[1])):
    epochs = ask("show", trial["trial"])["attempts"][-1]["epochs"]
    rows.append(",".join([str(trial["parameters"][name]) for name in PARAMETERS] + [f"{epoch['validation']['accuracy']:.4f}" for epoch in epochs]))
target = pathlib.Path(__file__).with_name("mlp-table.csv.gz")
# Without a time of its own, so that the same results are the same bytes.
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write(("\n".join(rows) + "\n").encode())
print(f"{target.name}: {len(rows) - 1} configurations")
