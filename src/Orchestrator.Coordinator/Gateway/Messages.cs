using System.Globalization;
using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Coordinator.Curves;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Grains.Contracts;
using Orchestrator.Protocol;
using Experiment = Orchestrator.Protocol.Experiment;
using Trial = Orchestrator.Protocol.Trial;

namespace Orchestrator.Coordinator.Gateway;

/// <summary>Between messages on the wire and grain contracts.</summary>
internal static class Messages
{
    public static AttemptKey Key(Attempt attempt) => new(attempt.Experiment, attempt.Trial, attempt.Number);

    public static Attempt Attempt(AttemptKey key) => new() { Experiment = key.Experiment, Trial = key.Trial, Number = key.Attempt };

    public static WorkerRegistration Registration(Register register) => new(
        register.Worker, register.Host, register.Device, register.ProcessId, register.Endpoint, register.Version, register.Running is { } running ? Key(running) : null,
        register.Rack, register.Zone, register.DeviceId, register.Experiment, register.Gang, Math.Max(0, register.MemoryMegabytes), register.MemoryOf);

    public static TrialReport Report(Report report, string worker) => new(Key(report.Attempt), report.Sequence, report.Epoch, report.Step, report.Metrics.ToImmutableDictionary(StringComparer.Ordinal), [.. report.Findings], worker);

    public static CheckpointReport Checkpoint(CheckpointSaved saved, string worker) => new(
        Key(saved.Attempt), saved.Epoch, saved.Step, saved.Location, saved.ManifestSha256, saved.Bytes, saved.HasMetric ? saved.Metric : null, worker);

    public static RankProgress Progress(Progress progress) => new(
        Key(progress.Attempt), progress.Epoch, progress.Epochs, progress.Step, progress.Steps, progress.Loss, progress.SamplesPerSecond, progress.EtaSeconds);

    public static RankEnd End(RankEnded ended, string worker) => new(Key(ended.Attempt), worker, Outcome(ended.Outcome), Text(ended.Reason), Text(ended.LogTail), ended.HasExitCode ? ended.ExitCode : null);

    public static Assign Assign(Assignment assignment)
    {
        var message = new Assign
        {
            Attempt = Attempt(assignment.Attempt),
            Rank = assignment.Rank,
            Generation = assignment.Generation,
            Elastic = assignment.IsElastic,
            ReportedEpoch = assignment.ReportedEpoch,
            Task = assignment.Task,
            Parameters = assignment.Parameters,
            Seed = assignment.Seed,
            DatasetKind = assignment.DatasetKind,
            DatasetPath = assignment.DatasetPath,
            Collective = assignment.Collective,
            Metric = assignment.Metric,
            Maximize = assignment.Maximize,
            CheckpointFolder = assignment.CheckpointFolder,
            CheckpointEvery = assignment.CheckpointEvery,
            CheckpointKeep = assignment.CheckpointKeep,
            Device = assignment.Device,
            InitFrom = assignment.InitFrom,
            TraceParent = assignment.Trace,
        };
        message.Peers.AddRange(assignment.Peers);
        message.StopOn.AddRange(assignment.StopOn);
        message.Command.AddRange(assignment.Command);
        message.Artifacts.AddRange(assignment.Artifacts);
        foreach (var point in assignment.ResumeFrom)
        {
            var resume = new Protocol.ResumePoint
            {
                Attempt = point.Attempt,
                Epoch = point.Epoch,
                Step = point.Step,
                Location = point.Location,
                ManifestSha256 = point.ManifestSha256,
                Bytes = point.Bytes,
                CreatedAt = Timestamp.FromDateTimeOffset(point.CreatedAt),
                Trial = point.Trial == assignment.Attempt.Trial ? 0 : point.Trial,
            };
            if (point.Metric is { } metric) resume.Metric = metric;
            message.ResumeFrom.Add(resume);
        }
        return message;
    }

    public static Experiment Experiment(ExperimentView view, bool withTrials)
    {
        var message = new Experiment
        {
            Id = view.Id,
            Name = view.Name,
            Task = view.Task,
            Status = Name(view.Status),
            Reason = view.Reason ?? "",
            Metric = view.Metric,
            Maximize = view.Maximize,
            TrialBudget = view.TrialBudget ?? 0,
            SubmittedAt = Timestamp.FromDateTimeOffset(view.SubmittedAt),
            EndedAt = Time(view.EndedAt),
            BestTrial = view.BestTrial,
            TrialCount = view.TrialCount,
            Folder = view.Folder,
            WorldSize = view.WorldSize,
            Source = view.Source,
            Queue = view.Queue,
            Priority = view.Priority,
            Waiting = view.Waiting is { } waiting ? Waiting(waiting) : null,
        };
        message.FurtherMetrics.AddRange(view.FurtherMetrics);
        message.ParetoFront.AddRange(view.ParetoFront);
        if (withTrials) message.Trials.AddRange(view.Trials.Select(Trial));
        return message;
    }

    public static Trial Trial(TrialView view)
    {
        var message = new Trial
        {
            Number = view.Number,
            Status = Name(view.Status),
            Parameters = view.Parameters,
            Attempt = view.Attempt,
            Epoch = view.Epoch,
            Epochs = view.Epochs,
            Step = view.Step,
            BestEpoch = view.BestEpoch,
            Reason = view.Status == TrialStatus.Waiting ? "" : view.Reason ?? "",
            WaitsFor = view.Status == TrialStatus.Waiting ? view.Reason ?? "" : "",
            Seed = view.Seed,
            StartedAt = Time(view.StartedAt),
            EndedAt = Time(view.EndedAt),
            Parent = view.Parent ?? 0,
            ParentEpoch = view.ParentEpoch,
        };
        message.Metrics.Add(view.Metrics.ToDictionary(StringComparer.Ordinal));
        message.Workers.AddRange(view.Workers);
        message.Findings.AddRange(view.Findings);
        if (view.BestMetric is { } best) message.BestMetric = best;
        if (view.Progress is { } progress) message.Progress = TrialProgress(progress);
        return message;
    }

    public static Worker Worker(WorkerView view) => new()
    {
        Id = view.Worker,
        Host = view.Host,
        Device = view.Device,
        ProcessId = view.ProcessId,
        Endpoint = view.Endpoint,
        Running = view.Running is { } running ? $"{running.Experiment}/{running.Trial}/{running.Attempt}" : "",
        SecondsSinceHeard = view.SecondsSinceHeard,
    };

    public static Queue Queue(QueueView view)
    {
        var message = new Queue { Name = view.Name, Weight = view.Weight, Class = view.Class, DominantShare = view.DominantShare };
        message.Quota.Add(view.Quota.ToDictionary(StringComparer.Ordinal));
        message.Taken.Add(view.Taken.ToDictionary(StringComparer.Ordinal));
        message.Waiting.AddRange(view.Waiting.Select(e => new QueueEntry
        {
            Experiment = e.Experiment,
            Gangs = e.Gangs,
            WorldSize = e.WorldSize,
            Priority = e.Priority,
            Why = Waiting(e.Why),
        }));
        if (view.Budget is { } budget)
        {
            message.Budget = new QueueBudget { DeviceHours = budget.DeviceHours, UsedDeviceHours = budget.UsedDeviceHours, Every = budget.Every, Renews = budget.Renews?.ToString("O", CultureInfo.InvariantCulture) ?? "" };
        }
        return message;
    }

    /// <summary>The points of a batch; null where it is not what a worker sends.</summary>
    public static IReadOnlyList<MetricPoint>? Points(Measured measured)
    {
        if (!ExperimentId.TryParse(measured.Attempt?.Experiment, out _) || measured.Attempt is not { Trial: > 0, Number: > 0 }) return null;
        var points = new List<MetricPoint>(measured.Series.Sum(s => s.Steps.Count));
        foreach (var series in measured.Series)
        {
            if (series.Metric.Length is 0 or > MetricLimits.NameLength || series.Steps.Count != series.Values.Count) return null;
            for (var i = 0; i < series.Steps.Count; i++)
            {
                if (series.Steps[i] < 0) return null;
                points.Add(new MetricPoint(series.Metric, series.Steps[i], series.Values[i]));
            }
        }
        return points;
    }

    public static Curve Curve(TrialCurve curve)
    {
        var message = new Curve { Metric = curve.Metric };
        message.Steps.Capacity = message.Values.Capacity = message.Attempts.Capacity = curve.Points.Count;
        foreach (var point in curve.Points)
        {
            message.Steps.Add(point.Step);
            message.Values.Add(point.Value);
            message.Attempts.Add(point.Attempt);
        }
        return message;
    }

    public static LogLine LogLine(ServiceDefaults.Logs.LogLine line) => new()
    {
        Time = Timestamp.FromDateTimeOffset(line.Time),
        Level = line.Level,
        Attempt = line.Attempt,
        Rank = line.Rank,
        Worker = line.Worker,
        Message = line.Message,
        TraceId = line.TraceId ?? "",
        SpanId = line.SpanId ?? "",
    };

    private static Waiting Waiting(WaitingView view) => new()
    {
        Queue = view.Queue,
        Position = view.Position,
        Length = view.Length,
        Since = Timestamp.FromDateTimeOffset(view.Since),
        Cause = view.Cause,
        Text = view.Text,
    };

    public static string Name<T>(T value) where T : struct, System.Enum => value.ToString().ToLowerInvariant();

    private static TrialProgress TrialProgress(RankProgress progress) => new()
    {
        Epoch = progress.Epoch,
        Step = progress.Step,
        Steps = progress.Steps,
        Loss = progress.Loss,
        SamplesPerSecond = progress.SamplesPerSecond,
        EtaSeconds = progress.EtaSeconds,
    };

    private static AttemptOutcome Outcome(Outcome outcome) => outcome switch
    {
        Protocol.Outcome.Completed => AttemptOutcome.Completed,
        Protocol.Outcome.Stopped => AttemptOutcome.Stopped,
        Protocol.Outcome.Interrupted => AttemptOutcome.Interrupted,
        Protocol.Outcome.FailedForGood => AttemptOutcome.FailedForGood,
        Protocol.Outcome.Unhealthy => AttemptOutcome.Unhealthy,
        _ => AttemptOutcome.Failed,
    };

    private static Timestamp? Time(DateTimeOffset? time) => time is { } t ? Timestamp.FromDateTimeOffset(t) : null;

    private static string? Text(string text) => text.Length == 0 ? null : text;
}
