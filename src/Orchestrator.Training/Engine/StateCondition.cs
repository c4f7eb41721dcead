namespace Orchestrator.Training.Engine;

/// <summary>What a training state is worth.</summary>
internal enum StateCondition
{
    /// <summary>As it was built: another rank, or a checkpoint, has what it begins with.</summary>
    Fresh,

    /// <summary>Another rank's state has been put into a part of it.</summary>
    Torn,

    /// <summary>It can be trained on.</summary>
    Whole,
}
