"""The same models and steps in PyTorch. Reads lines "model steps", answers "wall cpu" in seconds for that many steps."""
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
torch.manual_seed(1)


class Mlp:
    def __init__(self):
        self.net = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
        self.x, self.y = torch.rand(16, 32), torch.rand(16, 1)

    def loss(self):
        return F.mse_loss(self.net(self.x), self.y)


class Vae:
    def __init__(self):
        self.net = nn.ModuleList([nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20), nn.Linear(20, 400), nn.Linear(400, 784)])
        self.x = torch.rand(128, 784)

    def loss(self):
        f1, f21, f22, f3, f4 = self.net
        h = F.relu(f1(self.x))
        mu, lv = f21(h), f22(h)
        y = torch.sigmoid(f4(F.relu(f3(mu + torch.randn_like(mu) * torch.exp(lv * 0.5)))))
        return F.binary_cross_entropy(y, self.x, reduction="sum") - 0.5 * (1 + lv - mu.pow(2) - lv.exp()).sum()


class Conv:
    def __init__(self):
        self.net = nn.Sequential(
            nn.Conv2d(1, 8, 4, 2, 1), nn.BatchNorm2d(8), nn.LeakyReLU(0.2), nn.Conv2d(8, 16, 4, 2, 1), nn.BatchNorm2d(16), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(256, 1))
        self.x, self.y = torch.rand(16, 1, 16, 16), torch.ones(16, 1)

    def loss(self):
        return F.binary_cross_entropy_with_logits(self.net(self.x), self.y)


class Lstm:
    def __init__(self):
        self.net = nn.ModuleList([nn.Embedding(64, 32), nn.LSTM(32, 64, batch_first=True), nn.Linear(64, 64)])
        self.x = (torch.arange(16 * 24) % 64).reshape(16, 24)
        self.y = ((torch.arange(16 * 24) * 7) % 64).reshape(-1)

    def loss(self):
        embed, lstm, head = self.net
        return F.cross_entropy(head(lstm(embed(self.x))[0]).view(-1, 64), self.y)


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.Adam(model.net.parameters(), lr=1e-3)

    def run(self, steps):
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            self.optimizer.zero_grad(set_to_none=False)
            self.model.loss().backward()
            self.optimizer.step()
        return time.perf_counter() - wall, time.process_time() - cpu


trainers = {"mlp": Trainer(Mlp()), "vae": Trainer(Vae()), "conv": Trainer(Conv()), "lstm": Trainer(Lstm())}
for line in sys.stdin:
    name, steps = line.split()
    print(*trainers[name].run(int(steps)), flush=True)
