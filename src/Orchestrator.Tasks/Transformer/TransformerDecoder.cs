using Orchestrator.Tasks.Language;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Transformer;

/// <summary>
/// Writes with cached keys and values. Positions are absolute, so a full context cannot slide: then the later half of it is read anew,
/// once for as many characters.
/// </summary>
internal sealed class TransformerDecoder : ITextDecoder
{
    private readonly TransformerNetwork _network;
    private readonly int _context;
    private readonly LayerCache[] _caches;
    private Tensor? _read;

    internal TransformerDecoder(TransformerNetwork network, TransformerOptions options)
    {
        (_network, _context) = (network, options.Context);
        _caches = [.. Enumerable.Range(0, options.Layers).Select(_ => new LayerCache(options.Context))];
    }

    public Tensor Read(Tensor tokens)
    {
        if (_caches[0].Length + tokens.size(1) > _context)
            tokens = Restart(tokens);
        Remember(_caches[0].Length == 0 || _read is null ? tokens : cat([_read, tokens], 1));
        return _network.Continue(tokens, _caches);
    }

    public void Dispose()
    {
        _read?.Dispose();
        foreach (var cache in _caches)
            cache.Dispose();
    }

    /// <summary>Forgets what was read but for the end of it, which is to be read anew with the new characters.</summary>
    private Tensor Restart(Tensor tokens)
    {
        foreach (var cache in _caches)
            cache.Clear();
        var all = _read is null ? tokens : cat([_read, tokens], 1);
        var kept = Math.Min(all.size(1), Math.Max(1, _context / 2));
        return all.narrow(1, all.size(1) - kept, kept);
    }

    private void Remember(Tensor read)
    {
        var kept = read.clone().DetachFromDisposeScope();
        _read?.Dispose();
        _read = kept;
    }
}
