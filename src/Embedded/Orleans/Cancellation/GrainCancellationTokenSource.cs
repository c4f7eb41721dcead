namespace Orleans;

public sealed class GrainCancellationTokenSource : IDisposable
{
    public GrainCancellationToken Token { get; } = new();

    public bool IsCancellationRequested => Token.CancellationToken.IsCancellationRequested;

    /// <summary>Cancels the token, also in the grains that it was passed to.</summary>
    public Task Cancel() => Token.CancelAsync();

    public void Dispose() => Token.Dispose();
}
