using Orchestrator.Protocol;

namespace Orchestrator.Worker.Connection;

/// <summary>Who does what the coordinator asks. Members are called one after another and return at once.</summary>
public interface ICoordinatorListener
{
    /// <summary>Whether the worker is about to leave and takes nothing more.</summary>
    bool IsLeaving { get; }

    /// <summary>What runs now; null: nothing.</summary>
    Attempt? Running { get; }

    /// <summary>The generation of its process group that is broken, while it waits to be told of the next one; 0: none.</summary>
    int LostGeneration { get; }

    /// <summary>The newest progress that has not been taken yet; null: none.</summary>
    Progress? TakeProgress();

    /// <summary>Run this.</summary>
    void OnAssign(Assign assign);

    /// <summary>End this.</summary>
    void OnStop(Stop stop);

    /// <summary>Leave, in order.</summary>
    void OnDrain(string reason);
}
