using Orchestrator.Domain.Specs;
using Orchestrator.Training.Tasks;

namespace Orchestrator.Training.Health;

/// <summary>
/// Watches a trial while it is trained. Every rank sees the same gradients and metrics, so all find the same. What it remembers begins anew
/// when a trial is resumed.
/// </summary>
/// <param name="stopOn">Problems that end the trial.</param>
/// <param name="epochs">Epochs of the trial.</param>
internal sealed class HealthMonitor(IReadOnlyList<HealthProblem> stopOn, int epochs)
{
    /// <summary>Evaluations in a row that have to show a collapse.</summary>
    private const int Evaluations = 3;

    /// <summary>In the first half of a trial a generator that makes few kinds of things may not have collapsed but not begun yet.</summary>
    private const int Youth = 2;

    private readonly Dictionary<string, GradientHealth> _gradients = new(StringComparer.Ordinal);
    private readonly HashSet<(HealthProblem, string)> _known = [];
    private readonly List<string> _findings = [];
    private int _collapsed;

    /// <summary>Takes a loss: one that is no finite number ends the trial in any case.</summary>
    /// <exception cref="TrainingException">It is not finite.</exception>
    internal void Loss(string network, float loss, long step)
    {
        if (float.IsFinite(loss))
            return;
        var evidence = $"{MetricNames.TrainingLoss(network)} became {loss} at step {step}";
        throw stopOn.Contains(HealthProblem.Nan)
            ? new TrainingException(TrainingException.Unhealthy, $"nan: {evidence}.")
            : new TrainingException(TrainingException.Diverged, $"{evidence}: lower the learning rate.");
    }

    /// <summary>Takes a sample of a network's gradient, every <see cref="GradientHealth.Interval"/> updates.</summary>
    /// <exception cref="TrainingException">A problem was found that ends the trial.</exception>
    internal void Gradient(string network, double length, long step)
    {
        if (!_gradients.TryGetValue(network, out var health))
            _gradients[network] = health = new GradientHealth();
        if (health.Observe(length) is { } found)
            Find(found.Problem, network, $"{(network.Length == 0 ? "" : $"{network}: ")}{found.Evidence}, at step {step}");
    }

    /// <summary>Takes the metrics of an evaluation.</summary>
    /// <param name="model">What was evaluated.</param>
    /// <param name="metrics">What was measured.</param>
    /// <param name="epoch">Epochs trained.</param>
    internal void Evaluation(ITaskModel model, IReadOnlyDictionary<string, double> metrics, int epoch)
    {
        if (epoch * Youth < epochs || model is not ICollapsibleModel collapsible)
            return;
        var sign = collapsible.SignOfCollapse(metrics);
        _collapsed = sign is null ? 0 : _collapsed + 1;
        if (_collapsed == Evaluations)
            Note(HealthProblem.Collapse, "", $"{sign}, in {Evaluations} evaluations in a row, the last at epoch {epoch}");
    }

    /// <summary>What was found since the last call.</summary>
    internal IReadOnlyList<string> Take()
    {
        IReadOnlyList<string> taken = [.. _findings];
        _findings.Clear();
        return taken;
    }

    /// <summary>What ends the trial, if one of these findings does: to be thrown after the report and the checkpoint of the epoch.</summary>
    internal TrainingException? EndOf(IReadOnlyList<string> findings) =>
        findings.FirstOrDefault(finding => stopOn.Any(problem => finding.StartsWith(Word(problem), StringComparison.Ordinal))) is { } fatal
            ? new TrainingException(TrainingException.Unhealthy, fatal)
            : null;

    private static string Word(HealthProblem problem) => $"{problem.ToString().ToLowerInvariant()}: ";

    private void Find(HealthProblem problem, string network, string evidence)
    {
        if (Note(problem, network, evidence) && EndOf(_findings) is { } end)
            throw end;
    }

    private bool Note(HealthProblem problem, string network, string evidence)
    {
        if (!_known.Add((problem, network)))
            return false;
        _findings.Add($"{Word(problem)}{evidence}.");
        return true;
    }
}
