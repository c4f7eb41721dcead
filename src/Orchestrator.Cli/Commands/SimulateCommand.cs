using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Orchestrator.Cli.Output;
using Orchestrator.Domain.Errors;
using Orchestrator.Simulation.Cluster;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orch simulate</c>: sweeps on a modelled cluster, in virtual time.</summary>
internal sealed class SimulateCommand : Command, IHasExamples, IStandsAlone
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly SimulateOptions _options = new();

    /// <summary>Makes the command.</summary>
    public SimulateCommand(CliContext context)
        : base("simulate", "Run sweeps on a modelled cluster in virtual time, with the real search, schedulers and placement; without files, sweeps of its own")
    {
        _options.AddTo(this);
        SetAction(result => Simulate(context, result));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "orch simulate examples/mnist-vae.yaml --workers 64",
        "orch simulate --workers 500 --scaling",
        "orch simulate --workers 10000 --trials 1000000",
        "orch simulate --workers 256 --trials 200000 --weights 1,2,3 --world-sizes 1,8,64 --mtbf 24h --stragglers 0.05 --json",
    ];

    private int Simulate(CliContext context, ParseResult result)
    {
        try
        {
            var plan = _options.Plan(result);
            if (result.GetValue(_options.Scaling)) Scale(context, result, plan);
            else RunOnce(context, result, plan);
            return ExitCode.Done;
        }
        catch (OrchestratorException e)
        {
            throw new CliException(ExitCode.Usage, "orch simulate", e.Message, "see 'orch simulate --help'", e);
        }
    }

    private static void RunOnce(CliContext context, ParseResult result, SimulationPlan plan)
    {
        var started = context.Time.GetTimestamp();
        var told = started;
        var measured = new ClusterSimulation(plan).Run(
            progress =>
            {
                if (context.Time.GetElapsedTime(told) < TellEvery) return;
                told = context.Time.GetTimestamp();
                context.Terminal.Error.WriteLine(SimulationText.Progress(progress, context.Time.GetElapsedTime(started)));
            },
            context.Interrupts.Asked);
        var seconds = context.Time.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var output = context.Terminal.Out;
        if (result.GetValue(CommonOptions.Json)) output.WriteLine(JsonSerializer.Serialize(new { simulation = measured, wall_seconds = seconds, peak_bytes = process.PeakWorkingSet64 }, Json));
        else SimulationText.Write(output, measured, seconds, process.PeakWorkingSet64);
    }

    private void Scale(CliContext context, ParseResult result, SimulationPlan plan)
    {
        var time = _options.ScalingTime(result);
        var points = ScalingStudy.Run(plan, time, workers => context.Terminal.Error.WriteLine($"{workers} workers done"), context.Interrupts.Asked);
        if (result.GetValue(CommonOptions.Json)) context.Terminal.Out.WriteLine(JsonSerializer.Serialize(new { hours = time.TotalHours, scaling = points }, Json));
        else SimulationText.Write(context.Terminal.Out, points, time);
    }
}
