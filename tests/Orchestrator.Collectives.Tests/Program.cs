using Orchestrator.Collectives;
using Orchestrator.Collectives.Tests;
using Orchestrator.Domain.Specs;

// One rank in a process of its own: RankProcess starts it and talks to it.
var kind = Enum.Parse<CollectiveKind>(args[0]);
var rank = int.Parse(args[1]);
await using var worker = await TestWorker.StartAsync();
Console.WriteLine(worker.Address);
var peers = Console.ReadLine()!.Split(' ').Select(peer => new Uri(peer)).ToArray();
new Thread(EndWithTests) { IsBackground = true }.Start();
try
{
    await using var group = await worker.Groups.CreateAsync(new()
    {
        GroupName = "test/1/1/1",
        Rank = rank,
        WorldSize = peers.Length,
        Peers = peers,
        Kind = kind,
        Timeout = TimeSpan.FromMinutes(1),
    });
    var values = GC.AllocateArray<float>(1_000_000, pinned: true);
    for (var call = 0; ; call++)
    {
        values[^1] = rank;
        await group.AllReduceAsync(ReduceBuffer.From(values));
        if (call == 10)
            Console.WriteLine($"reduced {values[^1]}");
    }
}
catch (CollectiveException exception)
{
    Console.WriteLine($"{exception.Code} {exception.Message}");
}

// Tests that are killed must not leave ranks behind that reduce for ever.
static void EndWithTests()
{
    while (Console.ReadLine() is not null)
    {
    }

    Environment.Exit(1);
}
