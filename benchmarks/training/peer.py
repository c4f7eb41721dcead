"""The VAE of Orchestrator.Tasks in plain PyTorch: prints samples/s of each epoch but the first, one number a line.

peer.py MNIST_FOLDER RANK WORLD_SIZE PORT EPOCHS BATCH_SIZE
"""
import gzip
import os
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.fc3, self.fc4 = nn.Linear(20, 400), nn.Linear(400, 784)

    def forward(self, x):
        h = F.relu(self.fc1(x))
        mean, log_variance = self.fc21(h), self.fc22(h)
        z = mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance)
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z)))), mean, log_variance


def loss_of(output, x):
    reconstruction, mean, log_variance = output
    bce = F.binary_cross_entropy(reconstruction, x, reduction="sum")
    return bce - 0.5 * torch.sum(1 + log_variance - mean.pow(2) - log_variance.exp())


def images(folder):
    with gzip.open(os.path.join(folder, "t10k-images-idx3-ubyte.gz")) as file:
        _, count, height, width = struct.unpack(">4i", file.read(16))
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).view(count, height * width)


def main():
    folder, rank, world, port, epochs, batch = sys.argv[1], *map(int, sys.argv[2:7])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = Vae()
    if world > 1:
        torch.distributed.init_process_group("gloo", f"tcp://127.0.0.1:{port}", rank=rank, world_size=world)
        model = nn.parallel.DistributedDataParallel(model, gradient_as_bucket_view=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    data = images(folder)[:9000]
    share = batch // world
    for epoch in range(epochs):
        order = torch.randperm(len(data), generator=torch.Generator().manual_seed(epoch))
        steps = len(data) // batch
        start = time.perf_counter()
        for step in range(steps):
            rows = order[step * batch + rank * share:step * batch + (rank + 1) * share]
            x = data[rows].float().div_(255)
            optimizer.zero_grad(set_to_none=True)
            (loss_of(model(x), x) / share).backward()
            optimizer.step()
        if epoch > 0 and rank == 0:
            print(steps * batch / (time.perf_counter() - start), flush=True)


main()
