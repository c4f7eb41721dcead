using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class DisposeScopeTests
{
    [Fact]
    public void Dispose_ScopeEnds_DisposesWhatWasNotMoved()
    {
        using var outer = NewDisposeScope();
        Tensor left, moved, detached;
        using (var inner = NewDisposeScope())
        {
            (left, moved, detached) = (zeros(1), zeros(1), zeros(1));
            Assert.Equal(3, inner.DisposablesCount);
            moved.MoveToOuterDisposeScope();
            detached.DetachFromDisposeScope();
        }

        Assert.True(left.IsInvalid);
        Assert.False(moved.IsInvalid);
        Assert.True(outer.Contains(moved));
        outer.Dispose();
        Assert.True(moved.IsInvalid);
        Assert.False(detached.IsInvalid);
        detached.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void Dispose_ScopesOutOfOrder_KeepsTheChain()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void Dispose_TensorInScope_LeavesTheScope()
    {
        using var scope = NewDisposeScope();
        zeros(1).Dispose();
        Assert.Equal(0, scope.DisposablesCount);
        var kept = zeros(1);
        zeros(1);
        scope.DisposeEverythingBut(kept);
        Assert.Equal(1, scope.DisposablesCount);
        Assert.False(kept.IsInvalid);
    }

    [Fact]
    public void Attach_DetachedTensor_IsDisposedWithTheScope()
    {
        var tensor = zeros(1);
        using (var scope = NewDisposeScope()) scope.Attach(tensor);
        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void WrappedTensorDisposeScope_Result_OutlivesTheIntermediates()
    {
        using var outer = NewDisposeScope();
        var result = WrappedTensorDisposeScope(() => (ones(2) + 1).sum());
        Assert.Equal(4, result.item<float>());
        Assert.Equal(1, outer.DisposablesCount);
    }

    [Fact]
    public void Module_MadeInScope_OutlivesIt()
    {
        nn.Module module;
        using (NewDisposeScope()) module = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2), nn.ReLU());
        Assert.All(module.parameters(), parameter => Assert.False(parameter.IsInvalid));
        Assert.All(module.buffers(), buffer => Assert.False(buffer.IsInvalid));
        var all = module.parameters().ToArray();
        module.Dispose();
        Assert.All(all, parameter => Assert.True(parameter.IsInvalid));
    }

    [Fact]
    public void Statistics_CreateAndDispose_Balance()
    {
        var statistics = DisposeScopeManager.Statistics;
        var live = statistics.ThreadTotalLiveCount;
        using (NewDisposeScope())
        {
            zeros(1);
            Assert.Equal(live + 1, statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(live, statistics.ThreadTotalLiveCount);
    }
}
