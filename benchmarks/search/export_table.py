#!/usr/bin/env python3
"""Writes mlp-table.csv.gz from the store in which mlp-table.yaml was run: its parameters, then the validation accuracy of each epoch."""
import gzip
import json
import pathlib
import sqlite3
import sys

PARAMETERS = ["optimizer", "learning_rate", "depth", "width", "dropout", "batch_size"]
EPOCHS = 12

store = sqlite3.connect(f"file:{pathlib.Path(sys.argv[1], 'fashionsweep.db')}?mode=ro", uri=True)
curves = {}
for number, epoch, accuracy in store.execute(
        "SELECT number, epoch, validation_accuracy FROM epochs JOIN trials USING (sweep, number, attempt) WHERE sweep = 'mlp-table' ORDER BY number, epoch"):
    curves.setdefault(number, {})[epoch] = accuracy
rows = [",".join(PARAMETERS + [f"e{epoch}" for epoch in range(1, EPOCHS + 1)])]
for number, parameters in store.execute("SELECT number, parameters FROM trials WHERE sweep = 'mlp-table' AND state = 'completed' ORDER BY number"):
    chosen = json.loads(parameters)
    rows.append(",".join([str(chosen[name]) for name in PARAMETERS] + [f"{curves[number][epoch]:.4f}" for epoch in range(1, EPOCHS + 1)]))
target = pathlib.Path(__file__).with_name("mlp-table.csv.gz")
# Without a time of its own, so that the same results are the same bytes.
with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
    packed.write(("\n".join(rows) + "\n").encode())
print(f"{target.name}: {len(rows) - 1} configurations")
