"""Any program can be a trial: parameters come as --name=value (and in the environment), each JSON line on standard output is a report.

A made-up training: gradient descent on a bowl whose walls are steep one way and flat the other.
"""
import argparse
import json

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--learning_rate", type=float, default=0.1)
parser.add_argument("--momentum", type=float, default=0.0)
options = parser.parse_args()

point, speed = [3.0, 3.0], [0.0, 0.0]
steepness = [10.0, 0.5]
for epoch in range(1, options.epochs + 1):
    for i in range(2):
        speed[i] = options.momentum * speed[i] - options.learning_rate * steepness[i] * point[i]
        point[i] += speed[i]
    loss = sum(s * p * p / 2 for s, p in zip(steepness, point))
    print(json.dumps({"epoch": epoch, "step": epoch, "loss": loss if loss < 1e30 else None}), flush=True)
