"""Golden vectors of the guard's evidence, worked out from the formulas by the standard library alone.

    python3 make-guard-vectors.py > guard-evidence-v1.json

Written from the text of the method, not from the Java code, and the long way round: every distribution is written out, the
projection onto a margin is found by bisection, and normal quantiles are those of the statistics module. A block is
[treatment's counts, control's counts]; what is expected is kept after every tenth block and the last.
"""

import json
import math
import random
from statistics import NormalDist

RHO = 0.2
ODDS = [0.08 * 1.5**g for g in range(13)]
OMEGA = [0.3, 0.5, 0.8, 1.1, 1.4, 1.5, 1.4, 1.1, 0.7, 0.4, 0.3, 0.3, 0.3]
OMEGA = [w / sum(OMEGA) for w in OMEGA]


def expit(x):
    return 1 / (1 + math.exp(-x))


def logit(p):
    return math.log(p / (1 - p))


def clamp(p):
    return min(0.999, max(1e-5, p))


def log_sum(a, b):
    """ln(e^a + b)"""
    if b == 0:
        return a
    b = math.log(b)
    return max(a, b) + math.log1p(math.exp(-abs(a - b)))


class Process:
    """Wealths, cash and the number of outcomes, for any way to bet."""

    def __init__(self, prior, reserve):
        self.prior, self.reserve = prior, reserve
        self.logs = [math.log(w * (1 - reserve)) for w in prior]
        self.cash, self.seen = reserve, 0

    def step(self, treatment, control):
        for g, growth in enumerate(self.growths(treatment, control)):
            self.logs[g] += growth
        after = self.seen + sum(treatment) + sum(control)
        if after > 200 and self.reserve > 0:
            w = min(self.cash, self.reserve * math.log10(after / max(200, self.seen)) / 5)
            self.logs = [log_sum(log, w * omega) for log, omega in zip(self.logs, self.prior)]
            self.cash -= w
        self.seen = after
        self.remember(control)

    def log_e(self):
        top = max(self.logs)
        return log_sum(top + math.log(sum(math.exp(log - top) for log in self.logs)), self.cash)


class Rates(Process):
    """Good (0) and bad (1), against p_T <= ratio * p_C + points, or, to advance, against p_T >= ratio * p_C + points."""

    def __init__(self, parameters, advance):
        rate, weight, self.ratio, self.points = parameters
        self.start, self.weight, self.advance = rate, weight, advance
        self.bad, self.all = 0.0, 0.0
        super().__init__([0.15, 0.45, 0.25, 0.15] if advance else OMEGA, 0 if advance else RHO)

    def growths(self, treatment, control):
        c = clamp((self.bad + self.weight * self.start) / (self.all + self.weight))
        n_t, n_c = sum(treatment), sum(control)
        s = n_t / (n_t + n_c)
        border = self.ratio * c + self.points
        if self.advance:
            rates = [clamp(max(0.3 * c, c + f * (border - c))) for f in (-0.5, 0, 0.25, 0.5)]
            pairs = [(t, 1 - t) for t in rates]
        else:
            shifted = [logit(clamp(border)) + x for x in ODDS]
            pairs = [(expit(x), expit(-x)) for x in shifted]
        for bad, good in pairs:
            x = self.nearest(bad, c, s)
            y = self.ratio * x + self.points
            yield (
                treatment[1] * math.log(bad / y)
                + treatment[0] * math.log(good / (1 - y))
                + control[1] * math.log(c / x)
                + control[0] * math.log((1 - c) / (1 - x))
            )

    def nearest(self, t, c, s):
        if self.ratio == 1 and self.points == 0:
            return s * t + (1 - s) * c
        on_border = (t - self.points) / self.ratio
        low, high = max(min(c, on_border), 1e-12), max(c, on_border)
        high = min(high, (1 - self.points) / self.ratio - 1e-12, 1 - 1e-12)

        def slope(x):
            y = self.ratio * x + self.points
            return s * self.ratio * ((1 - t) / (1 - y) - t / y) + (1 - s) * ((1 - c) / (1 - x) - c / x)

        for _ in range(200):
            middle = (low + high) / 2
            if slope(middle) < 0:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def remember(self, control):
        self.bad += control[1]
        self.all += sum(control)
        if self.all > 20000:
            self.bad /= 2
            self.all /= 2


def kinds():
    return [(seen, bad) for seen in range(1, 11) for bad in range(seen + 1)]


class Users(Rates):
    """Closed users, by how many outcomes they had and how many were bad."""

    def __init__(self, parameters):
        super().__init__([*parameters, 1, 0], False)

    def growths(self, treatment, control):
        c = clamp((self.bad + self.weight * self.start) / (self.all + self.weight))
        s = sum(treatment) / (sum(treatment) + sum(control))
        for x in ODDS:
            t, good = expit(logit(c) + x), expit(-logit(c) - x)
            growth = 0
            for k, (seen, bad) in enumerate(kinds()):
                score = (bad * math.log(t / c) + (seen - bad) * math.log(good / (1 - c))) / (1 + 0.2 * (seen - 1))
                growth += treatment[k] * score - (treatment[k] + control[k]) * math.log(s * math.exp(score) + 1 - s)
            yield growth

    def remember(self, control):
        events = [sum(n * (seen - bad) for n, (seen, bad) in zip(control, kinds()))]
        events.append(sum(n * bad for n, (_, bad) in zip(control, kinds())))
        super().remember(events)


class UserMeans(Process):
    """Mean shares of bad outcomes of closed users, against mean_T <= ratio * mean_C + points, or, to advance, against >=."""

    def __init__(self, parameters, advance):
        self.start, self.weight, self.ratio, self.points = parameters
        self.bad, self.all = 0.0, 0.0
        self.sign = -1 if advance else 1
        super().__init__([1 / 8] * 8, 0 if advance else RHO)

    def growths(self, treatment, control):
        c = clamp((self.bad + self.weight * self.start) / (self.all + self.weight))
        s = sum(treatment) / (sum(treatment) + sum(control))
        border = self.ratio * c + self.points
        # the least favourable user of each arm must leave something: 1 + eta * least > 0
        least = [self.sign / s * (x - border) for x in (0, 1)] + [
            self.sign * self.ratio / (1 - s) * (c - x) for x in (0, 1)
        ]
        top = min(-1 / x for x in least if x < 0)
        for g in range(8):
            eta = 0.95 * (0.05 / 0.95) ** (g / 7) * top
            growth = 0
            for k, (seen, bad) in enumerate(kinds()):
                growth += treatment[k] * math.log(1 + self.sign * eta / s * (bad / seen - border))
                growth += control[k] * math.log(1 + self.sign * eta * self.ratio / (1 - s) * (c - bad / seen))
            yield growth

    def remember(self, control):
        self.bad += sum(n * bad / seen for n, (seen, bad) in zip(control, kinds()))
        self.all += sum(control)
        if self.all > 20000:
            self.bad /= 2
            self.all /= 2


class Ordered(Process):
    """Ordered categories; to advance, shifts towards the good end only."""

    def __init__(self, parameters, advance):
        self.weight, *self.shares = parameters
        self.counts = [0.0] * len(self.shares)
        self.advance = advance
        self.tails = range(len(self.shares) - min(6, len(self.shares) - 1), len(self.shares))
        n = len(self.tails) * 5
        super().__init__([1 / 9] * 9 if advance else [0.5 / 9] * 9 + [0.5 / n] * n, 0 if advance else RHO)

    def alternatives(self):
        total = sum(self.counts) + self.weight
        c = [max(1e-5, (n + self.weight * p) / total) for n, p in zip(self.counts, self.shares)]
        c = [p / sum(c) for p in c]
        z = [NormalDist().inv_cdf(sum(c[:k]) + c[k] / 2) for k in range(len(c))]
        z = [max(-3.5, min(3.5, x)) for x in z]
        for j in range(9):
            theta = 0.06 * 1.6**j * (-1 if self.advance else 1)
            t = [p * math.exp(theta * x) for p, x in zip(c, z)]
            yield c, [p / sum(t) for p in t]
        if not self.advance:
            for first in self.tails:
                for part in (0.005, 0.02, 0.06, 0.2, 0.7):
                    tail = sum(c[first:])
                    yield c, [p * (1 - part) + (part * p / tail if k >= first else 0) for k, p in enumerate(c)]

    def growths(self, treatment, control):
        s = sum(treatment) / (sum(treatment) + sum(control))
        for c, t in self.alternatives():
            q = [s * a + (1 - s) * b for a, b in zip(t, c)]
            yield sum(n * math.log(a / b) for n, a, b in zip(treatment, t, q)) + sum(
                n * math.log(a / b) for n, a, b in zip(control, c, q)
            )

    def remember(self, control):
        self.counts = [a + b for a, b in zip(self.counts, control)]
        if sum(self.counts) > 20000:
            self.counts = [n / 2 for n in self.counts]


def make(kind, parameters):
    return {
        "binary-13": lambda: Rates(parameters, False),
        "binary-margin-4": lambda: Rates(parameters, True),
        "users-13": lambda: Users(parameters),
        "users-margin-8": lambda: UserMeans(parameters, True),
        "users-tolerance-8": lambda: UserMeans(parameters, False),
        "ordered-9-30": lambda: Ordered(parameters, False),
        "ordered-margin-9": lambda: Ordered(parameters, True),
    }[kind]()


def block(rng, n, share, weights_t, weights_c):
    treatment, control = [0] * len(weights_t), [0] * len(weights_t)
    while not sum(treatment) or not sum(control) or sum(treatment) + sum(control) < n:
        arm, weights = (treatment, weights_t) if rng.random() < share else (control, weights_c)
        arm[rng.choices(range(len(weights)), weights)[0]] += 1
    return [treatment, control]


def case(name, kind, parameters, blocks, size, share, weights_t, weights_c):
    rng = random.Random(name)
    process = make(kind, parameters)
    steps, expected = [], []
    for i in range(blocks):
        step = block(rng, size, share, weights_t, weights_c)
        process.step(*step)
        steps.append(step)
        if i % 10 == 9 or i == blocks - 1:
            expected.append(
                {"after": i + 1, "log_wealths": list(process.logs), "cash": process.cash, "log_e": process.log_e()}
            )
    return {"name": name, "bets": kind, "parameters": parameters, "blocks": steps, "expected": expected}


def users(rate):
    """Weights of closed users: one to ten outcomes, equally often."""
    return [math.comb(n, b) * rate**b * (1 - rate) ** (n - b) for n, b in kinds()]


BINS = [0.05, 0.10, 0.15, 0.15, 0.15, 0.10, 0.10, 0.10, 0.05, 0.04, 0.007, 0.0027, 0.00029, 0.00001]
SLOWER = [0.04, 0.08, 0.13, 0.14, 0.15, 0.11, 0.11, 0.12, 0.06, 0.05, 0.008, 0.0015, 0.0004, 0.0001]

CASES = [
    case("no difference", "binary-13", [0.05, 1, 1, 0], 120, 20, 0.25, [95, 5], [95, 5]),
    case("twice as bad", "binary-13", [0.05, 1, 1, 0], 100, 40, 0.05, [90, 10], [95, 5]),
    case("total failure", "binary-13", [0.05, 1, 1, 0], 12, 8, 0.2, [0, 1], [95, 5]),
    case("nearly everything good, memory halved", "binary-13", [0.01, 100, 1, 0], 60, 600, 0.05, [1, 0], [999, 1]),
    case("everything good", "binary-13", [0.05, 1, 1, 0], 40, 600, 0.05, [999, 1], [1, 0]),
    case("everything bad", "binary-13", [0.05, 1, 1, 0], 20, 100, 0.25, [0, 1], [0, 1]),
    case("tolerance of half a point", "binary-13", [0.05, 1, 1, 0.005], 60, 40, 0.25, [92, 8], [95, 5]),
    case("tolerance of a quarter", "binary-13", [0.05, 1, 1.25, 0], 60, 40, 0.5, [90, 10], [95, 5]),
    case("to advance by two points", "binary-margin-4", [0.05, 1, 1, 0.02], 60, 50, 0.25, [95, 5], [95, 5]),
    case("to advance by a quarter", "binary-margin-4", [0.05, 1, 1.25, 0], 60, 50, 0.5, [95, 5], [95, 5]),
    case("users", "users-13", [0.05, 1], 30, 30, 0.25, users(0.1), users(0.05)),
    case("users to advance", "users-margin-8", [0.05, 1, 1, 0.05], 30, 30, 0.25, users(0.05), users(0.05)),
    case("users to advance by a half", "users-margin-8", [0.05, 1, 1.5, 0], 30, 30, 0.5, users(0.05), users(0.05)),
    case("users beyond half a point", "users-tolerance-8", [0.05, 1, 1, 0.005], 30, 30, 0.25, users(0.1), users(0.05)),
    case("users beyond a half", "users-tolerance-8", [0.05, 1, 1.5, 0], 30, 30, 0.5, users(0.2), users(0.05)),
    case("latency", "ordered-9-30", [100, *BINS], 40, 60, 0.25, SLOWER, BINS),
    case("ratings", "ordered-9-30", [5, 0.2, 0.2, 0.2, 0.2, 0.2], 40, 30, 0.5, [4, 3, 2, 1, 2], [5, 3, 2, 1, 1]),
    case("latency to advance", "ordered-margin-9", [100, *BINS], 40, 60, 0.25, BINS, SLOWER),
]

print('{"cases": [')
print(",\n".join(json.dumps(c, separators=(",", ":")) for c in CASES))
print("]}")
