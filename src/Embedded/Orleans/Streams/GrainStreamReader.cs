namespace Orleans.Runtime;

/// <summary>Asks the grain for batches. The calls interleave, so that the grain can be called while it is enumerated.</summary>
internal sealed class GrainStreamReader<T>(GrainReference grain, GrainStreamSource<T> source, CancellationTokenSource cancellation) : IAsyncEnumerator<T>
{
    private static readonly GrainMethod<object, ValueTuple<GrainStreamSource<T>>, StreamBatch<T>> Fill = new(
        typeof(IAsyncEnumerable<T>), typeof(IAsyncEnumerator<T>).GetMethod(nameof(MoveNextAsync))!, CallOptions.AlwaysInterleave,
        static (instance, args, _) => new ValueTask<StreamBatch<T>>(args.Item1.FillAsync(instance)));

    private static readonly GrainMethod<object, ValueTuple<GrainStreamSource<T>>, NoResult> Stop = new(
        typeof(IAsyncEnumerable<T>), typeof(IAsyncDisposable).GetMethod(nameof(DisposeAsync))!, CallOptions.AlwaysInterleave,
        static async (_, args, _) =>
        {
            await args.Item1.StopAsync();
            return default;
        });

    private StreamBatch<T> _batch = new([], IsLast: false);
    private int _index;
    private bool _isStarted;

    public T Current => _batch.Elements[_index];

    public async ValueTask<bool> MoveNextAsync()
    {
        _index++;
        while (_index >= _batch.Elements.Count)
        {
            if (_batch.IsLast) return false;
            cancellation.Token.ThrowIfCancellationRequested();
            _isStarted = true;
            _batch = await grain.Call(Fill, ValueTuple.Create(source), CancellationToken.None);
            _index = 0;
        }
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted && !_batch.IsLast) await grain.Call(Stop, ValueTuple.Create(source), CancellationToken.None);
        source.Dispose();
        cancellation.Dispose();
    }
}
