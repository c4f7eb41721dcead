namespace TorchSharp.Modules;

/// <summary>The settings of a parameter group.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate!.Value);
        Visit(new OptionsVisitors.Write(writer), null);
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        Visit(new OptionsVisitors.Read(reader), null);
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Visit(default(OptionsVisitors.Copy), source);
    }

    /// <summary>Takes the optimizer's defaults for what was not set.</summary>
    internal void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate!.Value;
        Visit(default(OptionsVisitors.Complete), defaults);
    }

    /// <summary>Calls the visitor with each setting that the optimizer has beside the learning rate.</summary>
    private protected virtual void Visit<TVisitor>(TVisitor visitor, OptimizerOptions? other) where TVisitor : struct, IOptionsVisitor
    {
    }
}
