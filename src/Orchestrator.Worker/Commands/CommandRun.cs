using System.Text.Json;
using Orchestrator.Domain.Parameters;
using Orchestrator.Training.Trials;

namespace Orchestrator.Worker.Commands;

/// <summary>What a user's program has said so far. Each line of its standard output that is a JSON object is a report.</summary>
internal sealed class CommandRun
{
    private readonly ITrialObserver _observer;
    private readonly TimeProvider _time;
    private long _since;
    private int _epoch;
    private long _step;

    public CommandRun(TrialAssignment assignment, ITrialObserver observer, TimeProvider time)
    {
        (_observer, _time) = (observer, time);
        var epochs = assignment.Parameters.TryGet("epochs", out var value) && value is ParameterValue.Integer number ? (int)number.Value : 0;
        observer.OnStarted(new TrialStarted(0, 0, epochs, 0, 0, 0, 0, null));
        _since = time.GetTimestamp();
    }

    /// <summary>The last that it said on its standard error.</summary>
    public string LastComplaint { get; private set; } = "it said nothing";

    /// <summary>Takes a line of its standard output.</summary>
    /// <returns>Whether it was a report.</returns>
    public bool Take(string line)
    {
        if (!line.StartsWith('{') || Parse(line) is not { Count: > 0 } numbers) return false;
        _epoch = numbers.Remove("epoch", out var epoch) ? (int)epoch : _epoch + 1;
        _step = numbers.Remove("step", out var step) ? (long)step : _step;
        var spent = _time.GetElapsedTime(_since);
        _since = _time.GetTimestamp();
        _observer.OnEpoch(new EpochReport(_epoch, _step, numbers, spent, TimeSpan.Zero));
        return true;
    }

    /// <summary>Takes a line of its standard error.</summary>
    public void Complain(string line)
    {
        if (!string.IsNullOrWhiteSpace(line)) LastComplaint = line;
    }

    public TrialResult Result(TrialOutcome outcome) => new(outcome, _epoch, _step, null, 0, null);

    /// <summary>The numbers of an object; a null among them is not a number, other values are passed over.</summary>
    private static Dictionary<string, double>? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.EnumerateObject()
                .Where(entry => entry.Value.ValueKind is JsonValueKind.Number or JsonValueKind.Null)
                .ToDictionary(entry => entry.Name, entry => entry.Value.ValueKind == JsonValueKind.Null ? double.NaN : entry.Value.GetDouble(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
