namespace Orleans;

/// <summary>A cancellation token that can be passed in a grain call. New contracts rather take a <see cref="System.Threading.CancellationToken"/>.</summary>
public sealed class GrainCancellationToken : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    internal GrainCancellationToken() { }

    public CancellationToken CancellationToken => _source.Token;

    public void Dispose() => _source.Dispose();

    internal Task CancelAsync() => _source.CancelAsync();
}
