"""Regret of Optuna's samplers on the functions of Problems.cs: optuna_regret.py FUNCTION SAMPLERS SEEDS BUDGETS [TABLE].

Samplers as tpe,gp,cmaes, budgets as 25,50,100. Prints a line for each search: sampler, trials at a time and the regret after each budget, with tabs between.
With SAMPLERS alone it measures what a proposal costs: sampler, trials before it and milliseconds of the processor.
With front SEEDS BUDGETS TABLE it searches a table for accurate and small networks, and prints what the front leaves behind it of what the table's front does.
"""
import csv
import gzip
import math
import random
import sys
import time
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)

HEIGHTS = [1.0, 1.2, 3.0, 3.2]
SLOPES = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
PLACES = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
]


def box(trial, sides):
    return [trial.suggest_float(f"x{axis}", low, high) for axis, (low, high) in enumerate(sides)]


def branin(trial):
    x, y = box(trial, [(-5, 10), (0, 15)])
    return (y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann6(trial):
    x = box(trial, [(0, 1)] * 6)
    return -sum(
        height * math.exp(-sum(slope * (value - place) ** 2 for slope, value, place in zip(slopes, x, places)))
        for height, slopes, places in zip(HEIGHTS, SLOPES, PLACES))


def conditional(trial):
    optimizer = trial.suggest_categorical("optimizer", ["sgd", "adam", "rmsprop"])
    rate = math.log10(trial.suggest_float("learning_rate", 1e-5, 1, log=True))
    depth = trial.suggest_int("depth", 1, 6)
    if optimizer == "sgd":
        momentum = trial.suggest_float("momentum", 0, 0.99)
        badness = 0.05 + 0.3 * (rate - math.log10(1 - momentum) + 0.5) ** 2 + 0.2 * (momentum - 0.9) ** 2
    elif optimizer == "adam":
        badness = 0.4 * (rate + 3) ** 2 + 0.2 * (math.log10(1 - trial.suggest_float("beta2", 0.9, 0.9999)) + 2.5) ** 2
    else:
        badness = 0.02 + 0.5 * (rate + 3.5) ** 2 + 0.2 * (math.log10(1 - trial.suggest_float("alpha", 0.8, 0.999)) + 1.5) ** 2
    badness += 0.03 * (depth - 4) ** 2
    badness += 0.05 if depth < 3 else 2 * (trial.suggest_float("dropout", 0, 0.6) - 0.1 * (depth - 2)) ** 2
    return 1 - math.exp(-badness)


def ellipsoid(trial):
    turned = [value - 0.3 for value in box(trial, [(-1, 1)] * 4)]
    sine, cosine = math.sin(math.pi / 6), math.cos(math.pi / 6)
    for axis in range(len(turned) - 1):
        left, right = turned[axis], turned[axis + 1]
        turned[axis], turned[axis + 1] = cosine * left - sine * right, sine * left + cosine * right
    return sum(100 ** (axis / (len(turned) - 1)) * value * value for axis, value in enumerate(turned))


def ackley5(trial):
    x = box(trial, [(-10, 20)] * 5)
    length = math.sqrt(sum(value * value for value in x) / len(x))
    return 20 + math.e - 20 * math.exp(-0.2 * length) - math.exp(sum(math.cos(2 * math.pi * value) for value in x) / len(x))


def recorded(path):
    """The axes of a table, and by the values on them losses and weights."""
    with gzip.open(path, "rt") as file:
        head, *rows = csv.reader(file)
    weights, first = head.index("weights"), head.index("e1")
    found = {tuple(row[:weights]): (1 - max(map(float, row[first:])), int(row[weights])) for row in rows}
    return [(name, list(dict.fromkeys(row[index] for row in found))) for index, name in enumerate(head[:weights])], found


def table(path):
    """The recorded losses as an objective, and the least of them."""
    axes, found = recorded(path)
    return lambda trial: found[tuple(trial.suggest_categorical(*axis) for axis in axes)][0], min(loss for loss, _ in found.values())


def samplers(names, seed, parallel):
    """Each as its documentation advises for trials at a time."""
    ways = {
        "tpe": {
            "TPE": lambda: optuna.samplers.TPESampler(seed=seed, constant_liar=parallel > 1),
            "TPE, multivariate, grouped": lambda: optuna.samplers.TPESampler(seed=seed, constant_liar=parallel > 1, multivariate=True, group=True),
        },
        "gp": {"GP": lambda: optuna.samplers.GPSampler(seed=seed)},
        "cmaes": {"CMA-ES": lambda: optuna.samplers.CmaEsSampler(seed=seed)},
    }
    return {way: make for name in names for way, make in ways[name].items()}


def regrets(objective, noise, least, sampler, seed, parallel, budgets):
    study = optuna.create_study(sampler=sampler)
    draws = random.Random(seed)
    running, ended = [], []
    while len(ended) < budgets[-1]:
        trial = study.ask()
        running.append((trial, objective(trial)))
        if len(running) == parallel:
            trial, loss = running.pop(0)
            seen = loss + noise * draws.gauss(0, 1)
            study.tell(trial, seen)
            ended.append((seen, loss))
    return [min(ended[:budget])[1] - least for budget in budgets]


def behind(points):
    """The area that some points leave behind them in the unit square."""
    area, top = 0, 1
    for x, y in sorted(points):
        if y < top:
            area, top = area + (1 - x) * (top - y), y
    return area


def fronts(seeds, budgets, path):
    axes, found = recorded(path)
    losses = {point: (loss, math.log(weights)) for point, (loss, weights) in found.items()}
    ends = [(min(axis), max(axis)) for axis in zip(*losses.values())]
    share = lambda points: behind([[(loss - low) / (high - low) for loss, (low, high) in zip(point, ends)] for point in points])
    most = share(losses.values())
    for parallel in (1, 8):
        for seed in range(1, seeds + 1):
            for way, sampler in {
                "NSGA-II": optuna.samplers.NSGAIISampler(seed=seed),
                "TPE": optuna.samplers.TPESampler(seed=seed, constant_liar=parallel > 1),
            }.items():
                study = optuna.create_study(directions=["minimize", "minimize"], sampler=sampler)
                running, ended = [], []
                while len(ended) < budgets[-1]:
                    trial = study.ask()
                    running.append((trial, losses[tuple(trial.suggest_categorical(*axis) for axis in axes)]))
                    if len(running) == parallel:
                        trial, found = running.pop(0)
                        study.tell(trial, found)
                        ended.append(found)
                shares = [share(ended[:budget]) / most for budget in budgets]
                print(f"Optuna {optuna.__version__} {way}", parallel, *shares, sep="\t", flush=True)


def main(name, names, seeds, budgets, path=None):
    function, _, noisy = name.partition("-")
    least = {"branin": 0.39788735772973816, "hartmann6": -3.32236801141551}.get(function, 0)
    noise = {"branin": 1, "hartmann6": 0.1}[function] if noisy else 0
    objective, least = table(path) if path else (globals()[function], least)
    for parallel in (1, 8):
        for seed in range(1, seeds + 1):
            for way, make in samplers(names, seed, parallel).items():
                found = regrets(objective, noise, least, make(), seed, parallel, budgets)
                print(f"Optuna {optuna.__version__} {way}", parallel, *found, sep="\t", flush=True)


def mixed(trial):
    """The ten parameters of ProposalTime.cs."""
    total = 0
    for axis in range(10):
        if axis % 5 == 3:
            trial.suggest_categorical(f"x{axis}", ["a", "b", "c", "d"])
        elif axis % 5 == 4:
            trial.suggest_int(f"x{axis}", 1, 8)
        else:
            total += (trial.suggest_float(f"x{axis}", 0.001, 1, log=axis % 2 == 0) - 0.3) ** 2
    return total


def costs(names):
    for way, make in samplers(names, 1, 1).items():
        for before, proposals in ((50, 10), (100, 10), (300, 5), (1000, 3)):
            study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=2))
            study.optimize(mixed, n_trials=before)
            study.sampler = make()
            start = time.process_time()
            study.optimize(mixed, n_trials=proposals)
            print(f"Optuna {optuna.__version__} {way}", before, 1000 * (time.process_time() - start) / proposals, sep="\t", flush=True)


if sys.argv[1] == "front":
    fronts(int(sys.argv[2]), [int(budget) for budget in sys.argv[3].split(",")], sys.argv[4])
elif len(sys.argv) > 2:
    main(sys.argv[1], sys.argv[2].split(","), int(sys.argv[3]), [int(budget) for budget in sys.argv[4].split(",")], *sys.argv[5:])
else:
    costs(sys.argv[1].split(","))
