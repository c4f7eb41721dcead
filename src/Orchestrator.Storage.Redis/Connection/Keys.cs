using Orchestrator.Domain.Identity;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Connection;

/// <summary>The names of all keys. The prefix is a hash tag, so that a cluster keeps an installation on one node, where scripts need it.</summary>
internal sealed class Keys(string prefix)
{
    /// <summary>The version of this layout.</summary>
    public const int Layout = 1;

    /// <summary>Events of one segment of a journal: no key grows without bound.</summary>
    public const int SegmentEvents = 256;

    private readonly string _root = $"{{{prefix}}}:";

    /// <summary>String: the layout's version.</summary>
    public RedisKey Schema => _root + "layout";

    /// <summary>List: experiments in the order of their first event.</summary>
    public RedisKey Experiments => _root + "experiments";

    /// <summary>Hash: each experiment's version; -1 where its journal was removed.</summary>
    public RedisKey Heads => _root + "heads";

    /// <summary>String: who writes here now; gone when its lease ends.</summary>
    public RedisKey Owner => _root + "owner";

    /// <summary>String: the number of the newest lease. Who has an older one writes nothing any more.</summary>
    public RedisKey Lease => _root + "lease";

    /// <summary>Hash: what was used on a queue's account, by day and experiment.</summary>
    public RedisKey DeviceTime(string queue) => $"{_root}device-time:{queue}";

    /// <summary>What the lists of an experiment's events begin with; the segment's number follows.</summary>
    public string JournalOf(ExperimentId experiment) => $"{_root}journal:{experiment}:";

    /// <summary>Hash: a trial's fence, and its checkpoints by location.</summary>
    public RedisKey CheckpointsOf(TrialId trial) => $"{_root}checkpoints:{trial}";

    /// <summary>Set: the numbers of an experiment's trials that have curves.</summary>
    public RedisKey MeasuredTrials(ExperimentId experiment) => $"{_root}measured:{experiment}";

    /// <summary>Hash: a trial's metrics, and how many steps share a point of each.</summary>
    public RedisKey CurvesOf(TrialId trial) => CurvesOf(trial.Experiment) + trial.Number;

    /// <summary>What <see cref="CurvesOf(TrialId)"/> begins with; the trial's number follows.</summary>
    public string CurvesOf(ExperimentId experiment) => $"{_root}curves:{experiment}/";

    /// <summary>Hash: the points of a curve, by stretch.</summary>
    public RedisKey Curve(TrialId trial, string metric) => $"{CurveOf(trial.Experiment)}{trial.Number}:{metric}";

    /// <summary>What <see cref="Curve"/> begins with; the trial's number and the metric follow.</summary>
    public string CurveOf(ExperimentId experiment) => $"{_root}curve:{experiment}/";
}
