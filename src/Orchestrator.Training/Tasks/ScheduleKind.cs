namespace Orchestrator.Training.Tasks;

/// <summary>How the learning rate changes while a trial is trained.</summary>
public enum ScheduleKind
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>Falls evenly to zero.</summary>
    Linear,

    /// <summary>Falls to zero along half a cosine (Loshchilov and Hutter: SGDR, ICLR 2017, without restarts).</summary>
    Cosine,

    /// <summary>Falls to a tenth after each third of the steps.</summary>
    Step,
}
