"""One rank of PyTorch's Gloo, measured as Rank.cs measures ours: see RankGroup.cs for the dialogue."""
import statistics
import sys
import time

import torch
import torch.distributed as dist

rank, world_size = int(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
store = dist.FileStore(sys.stdin.readline().strip(), world_size)
dist.init_process_group("gloo", store=store, rank=rank, world_size=world_size)
for line in sys.stdin:
    size, calls = map(int, line.split())
    values = torch.ones(size // 4)
    dist.all_reduce(values)
    assert values[-1].item() == world_size
    seconds = []
    processor = time.process_time()
    for _ in range(calls):
        dist.barrier()
        start = time.perf_counter()
        dist.all_reduce(values)
        seconds.append(time.perf_counter() - start)
    print(statistics.median(seconds), (time.process_time() - processor) / calls, 0, flush=True)
