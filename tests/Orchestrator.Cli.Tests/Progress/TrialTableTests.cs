using Orchestrator.Cli.Progress;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Protocol;
using Spectre.Console;

namespace Orchestrator.Cli.Tests.Progress;

public sealed class TrialTableTests
{
    [Fact]
    public void Render_TwoTrials_ShowsEachWithItsProgress()
    {
        var running = Trials.Of(1, "running", 3, -110.5);
        running.Progress = new TrialProgress { Step = 200, Loss = 99.5, SamplesPerSecond = 12000, EtaSeconds = 20 };

        var stopped = Trials.Of(2, "stopped", 3, -130);
        stopped.Parameters = """{"learning_rate":0.5,"batch_size":128}""";

        var text = Draw(View(running, stopped), 40);

        Assert.Contains("a-1: 2 trials of vae", text, StringComparison.Ordinal);
        Assert.Matches(@"\* 1\s+running\s+learning_rate=0.001235\s+3/10\s+99.5\s+-110.5\s+12,000\s+20s", text);
        Assert.Matches(@"2\s+stopped", text);
        Assert.Contains("1 running, 1 stopped early  |  best: trial 1, validation_elbo -110.5 at epoch 3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MoreTrialsThanLines_KeepsThoseThatRunTheBestAndTheNewest()
    {
        var trials = Enumerable.Range(1, 100).Select(number => Trials.Of(number, number == 50 ? "running" : "completed", 10, -number)).ToArray();

        var text = Draw(View(trials), 24);

        Assert.Contains("* 1 ", text, StringComparison.Ordinal);
        Assert.Matches(@"\b50\s+running", text);
        Assert.Matches(@"\b100\s+completed", text);
        Assert.DoesNotMatch(@"\b60\s+completed", text);
        Assert.Contains("not shown", text, StringComparison.Ordinal);
        Assert.True(text.Split('\n').Length <= 24);
    }

    [Fact]
    public void Render_TextWithBrackets_IsNotMarkup()
    {
        var trial = Trials.Of(1, "running");
        trial.Parameters = """{"layers":"[400, 20]"}""";

        Assert.Contains("layers=[400, 20]", Draw(View(trial), 24), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NarrowTerminal_CutsParametersAndKeepsOneLineForEachTrial()
    {
        var text = Draw(View(Trials.Of(1, "completed", 10, -104.25), Trials.Of(2, "running")), 24, 80);

        Assert.True(text.Split('\n').All(line => line.TrimEnd().Length <= 80));
        Assert.Equal(2, text.Split('\n').Count(line => line.Contains("/10", StringComparison.Ordinal)));
    }

    private static ExperimentView View(params Trial[] trials)
    {
        var experiment = FakeExperiments.Running("a-1", DateTimeOffset.UnixEpoch);
        experiment.BestTrial = 1;
        experiment.Trials.Add(trials);
        return ExperimentView.Of(experiment);
    }

    private static string Draw(ExperimentView view, int height, int width = 150)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(TrialTable.Render(view, [], TimeSpan.FromSeconds(12), console.Profile));
        return output.ToString();
    }
}
