"""Derives split-sha256-v1.json with nothing of ours: run it again and compare, never change the result.

A subject's treatment: h = first four bytes of SHA-256("seed:split:subject"), big-endian, unsigned;
the first variant, in the order of names, with h / 0xFFFFFFFF * 100 < (sum of weights so far) / total * 100.
"""

import hashlib
import json


def bucket(seed, subject):
    return int.from_bytes(hashlib.sha256(f"{seed}:{subject}".encode("utf-8")).digest()[:4], "big")


def treatment(seed, subject, weights):
    percent = bucket(f"{seed}:split", subject) / 0xFFFFFFFF * 100
    total = 0.0
    for name in sorted(weights):
        total += weights[name]
    so_far = 0.0
    for name in sorted(weights):
        so_far += weights[name]
        limit = so_far / total * 100
        if percent < limit or limit >= 100:
            return name
    raise AssertionError("weights do not add up")


SPLITS = [
    {"a": 1, "b": 1},
    {"a": 1, "b": 2, "c": 7},
    {"concise": 0.1, "long": 99.9},
    {"zero": 0, "all": 3},
    {"x": 33.3333, "y": 33.3333, "z": 33.3334},
]
SEEDS = ["support_agent", "new_reasoning_prompt", "s"]
SUBJECTS = ["", "alice", "bob", "user@example.com", "日本語", "🤖", "42"] + [f"user-{i}" for i in range(20)]

vectors = [
    {
        "seed": seed,
        "subject": subject,
        "weights": weights,
        "bucket": bucket(f"{seed}:split", subject),
        "variant": treatment(seed, subject, weights),
    }
    for weights in SPLITS
    for seed in SEEDS
    for subject in SUBJECTS
]
body = ",\n".join(json.dumps(vector, ensure_ascii=True) for vector in vectors)
print('{"algorithm": "split-sha256-v1", "vectors": [\n' + body + "\n]}")
