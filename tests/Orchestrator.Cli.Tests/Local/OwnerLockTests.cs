using Orchestrator.Cli.Local;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Cli.Tests.Local;

public sealed class OwnerLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StateFolder _state;

    public OwnerLockTests() => _state = new StateFolder(_folder.Path);

    [Fact]
    public void Look_NobodyEver_IsAbsent() => Assert.Equal(OwnerLock.State.Absent, OwnerLock.Look(_state));

    [Fact]
    public void Look_WhileTaken_IsHeldAndCanNotBeTaken()
    {
        using var taken = OwnerLock.TryTake(_state);

        Assert.NotNull(taken);
        Assert.Equal(OwnerLock.State.Held, OwnerLock.Look(_state));
        Assert.Null(OwnerLock.TryTake(_state));
    }

    [Fact]
    public void Look_AfterDispose_IsAbsent()
    {
        OwnerLock.TryTake(_state)!.Dispose();

        Assert.Equal(OwnerLock.State.Absent, OwnerLock.Look(_state));
    }

    [Fact]
    public void Look_FileLeftByAKilledProcess_IsAbandonedAndCanBeTaken()
    {
        File.WriteAllText(_folder.At("owner.lock"), "");

        Assert.Equal(OwnerLock.State.Abandoned, OwnerLock.Look(_state));
        using var taken = OwnerLock.TryTake(_state);
        Assert.NotNull(taken);
    }

    public void Dispose() => _folder.Dispose();
}
