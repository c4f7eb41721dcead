using Orchestrator.Domain.Specs;

namespace Orchestrator.Specs.Keys;

/// <summary>The keys of a sweep file, but those of a parameter.</summary>
internal static class SweepKeys
{
    public static readonly TextKey Name = new("name", "The experiment's name; without it, the file's.");
    public static readonly TextKey Description = new("description", "For people.");
    public static readonly TextListKey TaskCommand = new("command", "A program and its arguments: each trial runs it, with its parameters as further arguments.", 256);
    public static readonly SectionKey Task = new("task", "What each trial trains: a task such as vae, a class of an assembly (./my-task.dll#MyTask), or a program.", new("Task", TaskCommand), "the name of a task");
    public static readonly ChoiceKey<SearchMethod> Method = new("method", "How points of the space are chosen; auto is a good choice where trials are costly, and bayes is W&B's word for it.",
        ("auto", SearchMethod.Auto), ("random", SearchMethod.Random), ("grid", SearchMethod.Grid), ("bayes", SearchMethod.Auto), ("tpe", SearchMethod.Tpe),
        ("gp", SearchMethod.Gp), ("halton", SearchMethod.Halton), ("sobol", SearchMethod.Sobol), ("evolution", SearchMethod.Evolution), ("cma_es", SearchMethod.CmaEs), ("bohb", SearchMethod.Bohb),
        ("nsga2", SearchMethod.Nsga2), ("motpe", SearchMethod.Tpe));
    public static readonly ParametersKey Parameters = new("parameters", "The space: for each parameter of the task a value, a list of values, a range or a distribution.");
    public static readonly ConditionListKey Forbidden = new("forbidden", "Combinations that are not tried: maps such as {optimizer: sgd, batch_size: [256, 512]}, or conditions such as \"depth * width > 4096\".");
    public static readonly ConditionListKey Constraints = new("constraints", "Conditions over parameters and metrics that have to hold, such as \"memory_gb <= 16\".");
    public static readonly PointListKey Points = new("points_to_evaluate", "Points that are tried first; what one leaves out is drawn.");
    public static readonly TextListKey WarmStart = new("warm_start", "Earlier experiments, by id: the search begins with what their trials have shown.", 16);
    public static readonly IntegerKey RunCap = new("run_cap", "The most trials that are proposed.", 1, int.MaxValue);
    public static readonly ChoiceKey<CollectiveKind> Collective = new("collective", "How the ranks of a trial add their gradients: through shared memory on one host and by Gloo otherwise (auto), by Gloo, or in a ring over gRPC.",
        ("auto", CollectiveKind.Auto), ("gloo", CollectiveKind.Gloo), ("grpc", CollectiveKind.Grpc));
    public static readonly IntegerKey Seeds = new("seeds", "How often each point is trained, each time with another seed; the mean counts. 1 without it.", 1, 1000);
    public static readonly IntegerKey Seed = new("seed", "The seed of everything random; 0 without it.", long.MinValue, long.MaxValue);

    public static readonly ChoiceListKey<HealthProblem> StopOn = new("stop_on", "The problems that end a trial.",
        ("nan", HealthProblem.Nan), ("exploding", HealthProblem.Exploding), ("vanishing", HealthProblem.Vanishing), ("collapse", HealthProblem.Collapse));
    public static readonly SectionKey Health = new("health", "What is done about trials that do not train soundly; without it they go on, and say so.", new("Health", StopOn));
    public static readonly TextKey InitFrom = new("init_from", "A safetensors file with the parameters that every trial begins with, from the sweep file's folder, or its s3:// URL.");

    public static readonly TextKey MetricName = new("name", "A metric that the task reports.");
    public static readonly ChoiceKey<Goal> MetricGoal = new("goal", "Whether less or more of it is better; minimize without it.", ("minimize", Goal.Minimize), ("maximize", Goal.Maximize));
    public static readonly IgnoredKey MetricTarget = new("target", "W&B's target: no effect here.");
    public static readonly SectionListKey Metric = new("metric", "What is optimised; a list of several gives the best trade-offs between them.", new("Metric", MetricName, MetricGoal, MetricTarget), mostItems: 8);

    public static readonly TextKey DatasetKind = new("kind", "The reader, for instance mnist; without it, the task's only one.");
    public static readonly TextKey DatasetPath = new("path", "The data's file or folder, from the sweep file's folder; without it, data/KIND.");
    public static readonly SectionKey Dataset = new("dataset", "What is trained on; a kind alone means the data in data/KIND.", new("Dataset", DatasetKind, DatasetPath), "a kind of data set");

    public static readonly IntegerKey WorldSize = new("world_size", "Ranks of each trial; 1 without it.", 1, 1024);
    public static readonly IntegerKey MinWorldSize = new("min_world_size", "With how many ranks a trial goes on, from memory, when it loses others; without it, it resumes from a checkpoint with all.", 1, 1024);
    public static readonly ChoiceKey<DeviceKind> Device = new("device", "The kind of device that each rank takes; cpu without it.", ("cpu", DeviceKind.Cpu), ("cuda", DeviceKind.Cuda));
    public static readonly IntegerKey MaxParallel = new("max_parallel", "How many trials may run at once; without it, as many as fit.", 1, 1_000_000);
    public static readonly NumberKey DeviceFraction = new("device_fraction", "Which part of a device each trial takes, at most 1; below 1 only with world_size 1; 1 without it.", 0);
    public static readonly NumberKey MemoryGb = new("memory_gb", "What each rank takes of its host's memory, in gigabytes: no host gets more trials than it has memory for; not counted without it.", 0);
    public static readonly ChoiceKey<TopologyLevel> Prefer = new("prefer", "How near to one another a trial's ranks should be, where that is free; host without it.",
        ("host", TopologyLevel.Host), ("rack", TopologyLevel.Rack), ("zone", TopologyLevel.Zone));
    public static readonly ChoiceKey<TopologyLevel> Require = new("require", "How near to one another a trial's ranks have to be; anywhere without it.",
        ("host", TopologyLevel.Host), ("rack", TopologyLevel.Rack), ("zone", TopologyLevel.Zone));
    public static readonly SectionKey Resources = new("resources", "What each trial runs on.", new("Resources", WorldSize, MinWorldSize, Device, DeviceFraction, MemoryGb, MaxParallel, Prefer, Require));

    public static readonly TextKey DedicatedPool = new("pool", "The pool whose Pods a gang's are like.");
    public static readonly TextKey DedicatedQueue = new("queue", "Kueue's LocalQueue that gangs wait in.");
    public static readonly TextKey RequireTopology = new("require_topology", "The label of the level that a gang has to be within (Kueue).");
    public static readonly TextKey PreferTopology = new("prefer_topology", "The label of the level that a gang should be within (Kueue).");
    public static readonly ChoiceKey<GangKind> DedicatedKind = new("kind", "What a gang is to the cluster; job without it.", ("job", GangKind.Job), ("job_set", GangKind.JobSet));
    public static readonly ChoiceKey<GangScheduler> DedicatedScheduler = new("scheduler", "Who starts a gang's ranks together; without it, the cluster's own scheduler, one by one.",
        ("volcano", GangScheduler.Volcano), ("coscheduling", GangScheduler.Coscheduling));
    public static readonly SectionKey Dedicated = new("dedicated", "Each gang is a job of its own to the cluster, for clusters where a quota system owns the devices; without it, trials run on the pools' workers.",
        new("Dedicated", DedicatedPool, DedicatedQueue, RequireTopology, PreferTopology, DedicatedKind, DedicatedScheduler), "the name of a pool");

    public static readonly TextKey Queue = new("queue", "The team's queue that its trials wait in; default without it.");
    public static readonly IntegerKey Priority = new("priority", "More goes first within the queue, and may take slots from less; 0 without it.", -100, 100);

    private const int MostFailureRules = 100;

    public static readonly TextKey FailureMatch = new("match", "A regular expression that is looked for in the error and the last lines of the log.");
    public static readonly IntegerKey FailureExitCode = new("exit_code", "What the program of a task `command` ended with; 128 and the number of the signal where one ended it. With match, both have to fit.", 1, 255);
    public static readonly ChoiceKey<FailureAction> FailureActionKey = new("action", "fail: the trial fails at once; retry: it is tried again; exclude_node: it is tried again on another host, and the sweep never uses that one again.",
        ("fail", FailureAction.Fail), ("retry", FailureAction.Retry), ("exclude_node", FailureAction.ExcludeNode));
    public static readonly SectionListKey OnFailure = new("on_failure", "What is done about attempts that fail in a certain way: the first rule that fits counts.",
        new("Failure rule", FailureMatch, FailureExitCode, FailureActionKey), MostFailureRules);

    public static readonly IntegerKey CheckpointEvery = new("every", "Epochs between checkpoints; 1 without it.", 1, 1_000_000);
    public static readonly IntegerKey CheckpointKeep = new("keep", "How many of the newest are kept, besides the best; 2 without it.", 1, 10_000);
    public static readonly ChoiceListKey<ArtifactKind> CheckpointArtifacts = new("artifacts", "What is kept in a trial's folder besides: files (of each checkpoint, what the model makes and what explains it), tensorboard (event files with metrics and pictures); nothing without it.",
        ("files", ArtifactKind.Files), ("tensorboard", ArtifactKind.TensorBoard));
    public static readonly SectionKey Checkpoint = new("checkpoint", "When a trial is saved.", new("Checkpoint", CheckpointEvery, CheckpointKeep, CheckpointArtifacts));

    public static readonly NumberKey PrivacyEpsilon = new("epsilon", "The budget: a trial ends before it is overspent.", 0);
    public static readonly NumberKey PrivacyDelta = new("delta", "The probability with which epsilon need not hold, well below one over the number of rows; 1e-5 without it.", 0);
    public static readonly NumberKey PrivacyClip = new("clip", "The norm that the gradient of each row is scaled down to, if it is longer; 1 without it.", 0);
    public static readonly NumberKey PrivacyNoise = new("noise", "The noise on a batch's gradient, as a multiple of clip; without it, the least with which the budget lasts for all epochs.", 0);
    public static readonly SectionKey Privacy = new("privacy", "Differential privacy of the training set's rows: short for the parameters privacy_epsilon, privacy_delta, privacy_clip and privacy_noise.",
        new("Privacy", PrivacyEpsilon, PrivacyDelta, PrivacyClip, PrivacyNoise));

    public static readonly DurationKey WallTime = new("wall_time", "Time since the submission, such as 2h30m.");
    public static readonly NumberKey DeviceHours = new("device_hours", "Hours times devices, over all trials.", 0);
    public static readonly IntegerKey BudgetEpochs = new("epochs", "Epochs, over all trials.", 1, long.MaxValue);
    public static readonly SectionKey Budget = new("budget", "What the sweep may spend; it ends when any of these is spent.", new("Budget", WallTime, DeviceHours, BudgetEpochs));

    public static readonly ChoiceKey<EarlyTerminateKind> EarlyTerminateType = new("type", "Which trial scheduler; hyperband is asynchronous successive halving with W&B's keys.",
        ("asha", EarlyTerminateKind.Asha), ("hyperband", EarlyTerminateKind.Hyperband), ("median", EarlyTerminateKind.Median),
        ("percentile", EarlyTerminateKind.Percentile), ("patience", EarlyTerminateKind.Patience), ("pbt", EarlyTerminateKind.Pbt), ("pb2", EarlyTerminateKind.Pb2),
        ("wilcoxon", EarlyTerminateKind.Wilcoxon), ("forecast", EarlyTerminateKind.Forecast));
    public static readonly ChoiceKey<HalvingVariant> Variant = new("variant", "asha and hyperband: stopping (without it) never makes a trial wait; promotion pauses trials at rungs until they are among the best; synchronous is Hyperband as published.",
        ("stopping", HalvingVariant.Stopping), ("promotion", HalvingVariant.Promotion), ("synchronous", HalvingVariant.Synchronous));
    public static readonly IntegerKey Interval = new("interval", "pbt and pb2: epochs between two comparisons of the population.", 1, 1_000_000_000);
    public static readonly NumberKey Resample = new("resample", "pbt: the probability that a parameter is drawn anew instead of moved a little; 0.25 without it.");
    public static readonly ScalarListKey Mutate = new("mutate", "pbt and pb2: the parameters that change; without it, those with a continuous range.");
    public static readonly NumberKey Significance = new("significance", "wilcoxon: the probability of giving up a point that is as good as the best; 0.1 without it.", 0);
    public static readonly IntegerKey MinIter = new("min_iter", "The first rung, or the first epoch at which a trial may stop; 1 without it.", 1, 1_000_000_000);
    public static readonly IntegerKey MaxIter = new("max_iter", "No rung at or above this, in epochs; without it, the trial's end.", 2, 1_000_000_000);
    public static readonly NumberKey Eta = new("eta", "At each rung the best 1/eta go on; 3 without it.", 1);
    public static readonly IntegerKey Brackets = new("brackets", "asha: bracket b starts b rungs later; trials go round them; 1 without it.", 1, 16);
    public static readonly IntegerKey BracketCount = new("s", "hyperband: how many rungs lie below max_iter.", 1, 32);
    public static readonly NumberKey Share = new("share", "percentile: the share of the trials that goes on; 0.5 without it. pbt and pb2: the share that is replaced; 0.25 without it. forecast: the share of the trials that goes on at min_iter; 0.5 without it.", 0);
    public static readonly IntegerKey MinTrials = new("min_trials", "median and percentile: no trial stops before so many have come as far; 5 without it. forecast: no trial pauses before so many have come to min_iter; 8 without it.", 1, 1_000_000);
    public static readonly IntegerKey CheckEvery = new("every", "median and percentile: epochs between two checks; 1 without it.", 1, 1_000_000);
    public static readonly IntegerKey PatienceEpochs = new("epochs", "patience: how long a trial may go without getting better.", 1, 1_000_000_000);
    public static readonly NumberKey MinDelta = new("min_delta", "patience: getting better by no more than this does not count; 0 without it.", 0);
    public static readonly IgnoredKey Strict = new("strict", "W&B's strict: no effect here.");
    public static readonly SectionKey EarlyTerminate = new("early_terminate", "When a poor trial is stopped early; without it, never.",
        new("Early termination", EarlyTerminateType, MinIter, MaxIter, Eta, Brackets, BracketCount, Strict, Share, MinTrials, CheckEvery, PatienceEpochs, MinDelta,
            Variant, Interval, Resample, Mutate, Significance));

    public static readonly IgnoredKey Program = new("program", "W&B's program: give a task instead.");
    public static readonly IgnoredKey Command = new("command", "W&B's command: give a task instead.");
    public static readonly IgnoredKey Project = new("project", "W&B's project: no effect here.");
    public static readonly IgnoredKey Entity = new("entity", "W&B's entity: no effect here.");
    public static readonly IgnoredKey Controller = new("controller", "W&B's controller: no effect here.");

    public static readonly KeyTable Root = new("Sweep",
        Name, Description, Task, Dataset, Method, Metric, Parameters, Forbidden, Constraints, Points, WarmStart, EarlyTerminate, Health, InitFrom, RunCap, Budget, Resources, Dedicated, Queue, Priority, OnFailure, Collective, Checkpoint, Privacy, Seeds, Seed,
        Program, Command, Project, Entity, Controller);
}
