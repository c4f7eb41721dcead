"""The models of some tasks as plain PyTorch modules, and safetensors files in a few lines (Debian has no package for them)."""
import json
import struct
import sys

import torch
from torch import nn

DTYPES = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(data[begin:end], dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def save(path, tensors):
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        blob = tensor.detach().contiguous().numpy().tobytes()
        dtype = next(key for key, value in DTYPES.items() if value == tensor.dtype)
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(blob)]}
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(784, 32), nn.Linear(32, 5), nn.Linear(32, 5)
        self.fc3, self.fc4 = nn.Linear(5, 32), nn.Linear(32, 784)

    def forward(self, images):
        code = self.fc21(torch.relu(self.fc1(images.flatten(1))))
        return torch.sigmoid(self.fc4(torch.relu(self.fc3(code))))


class Dcgan(nn.Module):
    def __init__(self):
        super().__init__()
        self.generator = nn.Sequential(
            nn.Unflatten(1, (10, 1, 1)),
            nn.ConvTranspose2d(10, 8, 7, 1, 0, bias=False), nn.BatchNorm2d(8), nn.ReLU(),
            nn.ConvTranspose2d(8, 4, 4, 2, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
            nn.ConvTranspose2d(4, 1, 4, 2, 1, bias=False), nn.Tanh())
        self.discriminator = nn.Sequential(
            nn.Conv2d(1, 4, 4, 2, 1, bias=False), nn.LeakyReLU(0.2),
            nn.Conv2d(4, 8, 4, 2, 1, bias=False), nn.BatchNorm2d(8), nn.LeakyReLU(0.2),
            nn.Conv2d(8, 1, 7, 1, 0, bias=False), nn.Flatten())

    def forward(self, codes):
        return (self.generator(codes) + 1) / 2


class Rnn(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, 16)
        self.rnn = nn.LSTM(16, 24, 2, batch_first=True)
        self.head = nn.Linear(24, vocabulary)

    def forward(self, tokens):
        return self.head(self.rnn(self.embedding(tokens))[0])


class Transformer(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embedding, self.positions = nn.Embedding(vocabulary, 16), nn.Embedding(24, 16)
        layer = nn.TransformerEncoderLayer(16, 2, 64, dropout=0, activation="gelu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(16))

    def forward(self, tokens):
        length = tokens.shape[1]
        mask = torch.triu(torch.full((length, length), float("-inf")), diagonal=1)
        vectors = self.encoder(self.embedding(tokens) + self.positions.weight[:length], mask)
        return vectors @ self.embedding.weight.T


def make(task, vocabulary):
    return {"vae": Vae, "dcgan": Dcgan}[task]() if vocabulary == 0 else {"rnn": Rnn, "transformer": Transformer}[task](vocabulary)


def main(action, task, vocabulary, *files):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = make(task, int(vocabulary))
    if action == "save":  # a state that PyTorch drew
        save(files[0], model.state_dict())
        return
    model.load_state_dict(load(files[0]), strict=True)
    model.eval()
    with torch.no_grad():
        save(files[2], {"output": model(load(files[1])["input"])})


main(*sys.argv[1:])
