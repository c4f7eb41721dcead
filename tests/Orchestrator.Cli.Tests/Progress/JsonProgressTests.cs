using System.Text.Json.Nodes;
using Orchestrator.Cli.Progress;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Cli.Tests.Progress;

public sealed class JsonProgressTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new();
    private readonly ExperimentView _view = new();
    private readonly JsonProgress _progress;

    public JsonProgressTests() => _progress = new JsonProgress(_output, _time);

    [Fact]
    public void Show_StatusThenTrial_WritesAnObjectForEach()
    {
        Show(Trials.Of(1, "running"));
        _progress.HostStarted("worker-1", 42);
        _progress.Note("hello");

        Assert.Equal(["experiment", "trial", "host", "note"], Events());
        Assert.Equal(42, (int?)Lines()[2]["pid"]);
    }

    [Fact]
    public void Show_ProgressOften_WritesTheFirstAndThenAtMostOneASecond()
    {
        for (var step = 0; step <= 20; step++)
        {
            var trial = Trials.Of(1, "running");
            if (step > 0) trial.Progress = new TrialProgress { Step = step, Loss = 1 };
            Show(trial);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        var steps = Lines().Where(line => (string?)line["event"] == "progress").Select(line => (int)line["step"]!);
        Assert.Equal([1, 11], steps);
    }

    public async ValueTask DisposeAsync()
    {
        await _progress.DisposeAsync();
        await _output.DisposeAsync();
    }

    private void Show(params Trial[] changed)
    {
        _view.Apply(new ExperimentUpdate { Experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch), Trials = { changed } });
        _progress.Show(_view, changed);
    }

    private List<JsonNode> Lines() => [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private List<string?> Events() => [.. Lines().Select(line => (string?)line["event"])];
}
