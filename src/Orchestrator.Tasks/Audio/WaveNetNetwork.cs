using Orchestrator.Tasks.Language;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Audio;

/// <summary>Stacked dilated convolutions that foretell the next sample from those before. van den Oord et al.: WaveNet: A Generative Model for Raw Audio, 2016.</summary>
internal sealed class WaveNetNetwork : nn.Module, ILanguageNetwork
{
#pragma warning disable IDE1006 // Fields name the tensors of a checkpoint.
    private readonly Embedding embedding;
    private readonly ModuleList<WaveNetLayer> layers;
    private readonly Conv1d hidden;
    private readonly Conv1d head;
#pragma warning restore IDE1006

    internal WaveNetNetwork(AudioOptions options)
        : base("wavenet")
    {
        embedding = nn.Embedding(options.Levels, options.Channels);
        layers = nn.ModuleList<WaveNetLayer>([.. Enumerable.Range(0, options.Layers)
            .Select(layer => new WaveNetLayer(options.Channels, options.SkipChannels, 1 << (layer % options.Cycle)))]);
        hidden = nn.Conv1d(options.SkipChannels, options.SkipChannels, 1);
        head = nn.Conv1d(options.SkipChannels, options.Levels, 1);
        LevelWaves.Fill(embedding.weight, 1);
        LevelWaves.Fill(head.weight!, 1 / Math.Sqrt(options.SkipChannels));
        RegisterComponents();
    }

    public nn.Module Module => this;

    /// <summary>The layers, the nearest first.</summary>
    internal ModuleList<WaveNetLayer> Layers => layers;

    public Tensor Logits(Tensor tokens)
    {
        var values = Embed(tokens);
        Tensor? sum = null;
        foreach (var layer in layers)
        {
            (values, var skip) = layer.Read(values);
            sum = sum is null ? skip : sum + skip;
        }

        return Project(sum!).transpose(1, 2);
    }

    public ITextDecoder Decode() => new WaveNetDecoder(this);

    /// <summary>Rows x times to rows x channels x times.</summary>
    internal Tensor Embed(Tensor tokens) => embedding.call(tokens).transpose(1, 2);

    /// <summary>What the layers added to the output to rows x levels x times.</summary>
    internal Tensor Project(Tensor skips) => head.call(hidden.call(skips.relu()).relu());
}
