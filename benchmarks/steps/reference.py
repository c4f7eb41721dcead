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


class Gan:
    """One update of the discriminator and one of the generator: a MLP GAN on 784 pixels."""

    def __init__(self):
        def dense(sizes, last):
            layers = []
            for i, o in zip(sizes, sizes[1:]):
                layers += [nn.Linear(i, o), nn.LeakyReLU(0.2)]
            return nn.Sequential(*layers[:-1], *last)
        self.g = dense([100, 128, 256, 512, 1024, 784], [nn.Tanh()])
        self.d = dense([784, 1024, 512, 256, 1], [])
        self.x, self.latent = torch.rand(64, 784), (64, 100)


class Dcgan:
    """The same with (transposed) convolutions on 28x28."""

    def __init__(self):
        self.g = nn.Sequential(
            nn.ConvTranspose2d(100, 128, 7, 1, 0, bias=False), nn.BatchNorm2d(128), nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, 2, 1, bias=False), nn.Tanh())
        self.d = nn.Sequential(
            nn.Conv2d(1, 64, 4, 2, 1, bias=False), nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, 2, 1, bias=False), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
            nn.Conv2d(128, 1, 7, 1, 0, bias=False), nn.Flatten())
        self.x, self.latent = torch.rand(32, 1, 28, 28), (32, 100, 1, 1)


class Rnn(Lstm):
    """A character model: two layers of LSTM, 128 wide, 16 sequences of 50."""

    def __init__(self):
        self.net = nn.ModuleList([nn.Embedding(65, 128), nn.LSTM(128, 128, 2, batch_first=True), nn.Linear(128, 65)])
        self.x = (torch.arange(16 * 50) % 65).reshape(16, 50)
        self.y = (torch.arange(16 * 50) * 7) % 65

    def loss(self):
        embed, lstm, head = self.net
        return F.cross_entropy(head(lstm(embed(self.x))[0]).view(-1, 65), self.y)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.qkv, self.out = nn.LayerNorm(width), nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm2, self.up, self.down = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        rows, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        weights = torch.softmax((q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5 + mask, -1)
        x = x + self.out((weights @ v).transpose(1, 2).reshape(rows, length, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer:
    """A decoder: 4 layers, 4 heads, 128 wide, 12 sequences of 64."""

    def __init__(self):
        self.net = nn.ModuleList([nn.Embedding(65, 128), nn.Embedding(64, 128), *[Block(128, 4) for _ in range(4)], nn.LayerNorm(128), nn.Linear(128, 65)])
        self.x = (torch.arange(12 * 64) % 65).reshape(12, 64)
        self.y = (torch.arange(12 * 64) * 7) % 65
        self.positions = torch.arange(64)
        self.mask = torch.full((64, 64), -float("inf")).triu(1)

    def loss(self):
        tokens, positions, *blocks, norm, head = self.net
        h = tokens(self.x) + positions(self.positions)
        for block in blocks:
            h = block(h, self.mask)
        return F.cross_entropy(head(norm(h)).view(-1, 65), self.y)


class AdversarialTrainer:
    def __init__(self, model):
        self.model = model
        self.d_optimizer = torch.optim.Adam(model.d.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.g_optimizer = torch.optim.Adam(model.g.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.real, self.fake = torch.ones(model.x.shape[0], 1), torch.zeros(model.x.shape[0], 1)

    def step(self):
        model = self.model
        made = model.g(torch.randn(model.latent))
        self.d_optimizer.zero_grad(set_to_none=False)
        loss = F.binary_cross_entropy_with_logits(model.d(model.x), self.real) + F.binary_cross_entropy_with_logits(model.d(made.detach()), self.fake)
        loss.backward()
        self.d_optimizer.step()
        self.g_optimizer.zero_grad(set_to_none=False)
        F.binary_cross_entropy_with_logits(model.d(made), self.real).backward()
        self.g_optimizer.step()

    def run(self, steps):
        return timed(self.step, steps)


def timed(step, steps):
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(steps):
        step()
    return time.perf_counter() - wall, time.process_time() - cpu


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.Adam(model.net.parameters(), lr=1e-3)

    def step(self):
        self.optimizer.zero_grad(set_to_none=False)
        self.model.loss().backward()
        self.optimizer.step()

    def run(self, steps):
        return timed(self.step, steps)


trainers = {
    "mlp": Trainer(Mlp()), "vae": Trainer(Vae()), "conv": Trainer(Conv()), "lstm": Trainer(Lstm()), "gan": AdversarialTrainer(Gan()),
    "dcgan": AdversarialTrainer(Dcgan()), "rnn": Trainer(Rnn()), "transformer": Trainer(Transformer())}
for line in sys.stdin:
    name, steps = line.split()
    print(*trainers[name].run(int(steps)), flush=True)
