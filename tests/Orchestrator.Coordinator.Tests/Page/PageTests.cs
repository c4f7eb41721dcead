using Orchestrator.Coordinator.Tests.Access;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Page;

/// <summary>The page as a browser shows it.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    // One pixel.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private readonly TemporaryFolder _state = new();

    public void Dispose() => _state.Dispose();

    [ChromiumFact]
    public async Task Overview_OfAnExperiment_LeadsToItsTrials()
    {
        await using var coordinator = await RunningCoordinator.Start(_state);
        var id = await Submit(coordinator, Sweeps.Valid(_state));
        await using var page = await browser.Open(coordinator);

        await page.Shows("td .status.running");
        await page.Tab.ClickAsync($"td a:has-text('{id}')");

        await page.Shows("h1", id);
        await page.Shows("h2", "Trials (0)");
        await page.Shows("pre", "learning_rate");
        await page.Tab.ClickAsync("a.brand");
        await page.Shows("h2", "Experiments (1)");
    }

    [ChromiumFact]
    public async Task Experiment_WhoseTrialsReport_IsDrawnAsTheReportsCome()
    {
        await using var coordinator = await RunningCoordinator.Start(_state);
        var id = await Submit(coordinator, Sweeps.Valid(_state, trials: 3));
        using var worker = new StreamingWorker(coordinator, "w1");
        await worker.Dial();
        await using var page = await browser.Open(coordinator, $"experiments/{id}");
        await page.Shows("h2", "Trials");
        Assert.Equal(0, await page.Count("svg"));

        await End(worker, elbo: -150);
        await page.Shows("svg[aria-label^='Best'] circle");
        await page.Shows("td", "-150");
        await End(worker, elbo: -120);
        await page.Shows("svg[aria-label^='Best'] a:nth-of-type(2) circle");
        await page.Shows("svg[aria-label^='Parameters'] .thread");
        await page.Shows("svg[aria-label='validation_elbo over learning_rate'] circle");
        await page.Shows("tr.best", "-120");

        // The best trial comes first; a press on the head of a column sorts by that.
        Assert.StartsWith("2", await page.Tab.Locator("tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Tab.ClickAsync("th button:has-text('trial')");
        Assert.StartsWith("1", await page.Tab.Locator("tbody tr").First.InnerTextAsync(), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task Trial_ThatMadePictures_ShowsThemWithItsCurves()
    {
        await using var coordinator = await RunningCoordinator.Start(_state);
        var id = await Submit(coordinator, Sweeps.Valid(_state, trials: 1));
        using var worker = new StreamingWorker(coordinator, "w1");
        await worker.Dial();
        var assign = await worker.NextAssignment();
        var made = Directory.CreateDirectory(Path.Combine(new Uri(assign.CheckpointFolder).LocalPath, "artifacts", "step-000000010-attempt-001")).FullName;
        await File.WriteAllBytesAsync(Path.Combine(made, "samples.png"), Convert.FromBase64String(Png));
        var series = new Series { Metric = "loss" };
        series.Steps.Add([1, 2, 3]);
        series.Values.Add([3, 2, 1]);
        var measured = new Measured { Attempt = assign.Attempt, Sequence = 1 };
        measured.Series.Add(series);
        await worker.Acknowledged(new WorkerMessage { Measured = measured });
        var report = new Report { Attempt = assign.Attempt, Sequence = 2, Epoch = 1, Step = 10 };
        report.Metrics["validation_elbo"] = -150;
        report.Findings.Add("vanishing: its gradient is gone.");
        await worker.Acknowledged(new WorkerMessage { Report = report });

        await using var page = await browser.Open(coordinator, $"experiments/{id}/trials/1");

        await page.Shows("figcaption", "samples.png");
        Assert.Equal(1, await page.Tab.Locator("img").EvaluateAsync<int>("async picture => { await picture.decode(); return picture.naturalWidth; }"));
        await page.Shows("svg[aria-label='loss'] path.curve");
        await page.Shows("dd", "w1");
        await page.Shows("p.error", "vanishing: its gradient is gone.");
    }

    [ChromiumFact]
    public async Task Buttons_WhenConfirmed_StopResumeAndDelete()
    {
        await using var coordinator = await RunningCoordinator.Start(_state);
        var id = await Submit(coordinator, Sweeps.Valid(_state));
        await using var page = await browser.Open(coordinator, $"experiments/{id}");
        page.Tab.Dialog += async (_, dialog) => await dialog.AcceptAsync();

        await page.Tab.ClickAsync("button:has-text('Stop')");

        await page.Shows("h1 .status.stopped");
        await page.Tab.ClickAsync("button:has-text('Resume')");
        await page.Shows("h1 .status.running");
        await page.Tab.ClickAsync("button:has-text('Stop')");
        await page.Tab.ClickAsync("button:has-text('Delete')");
        await page.Shows("h2", "Experiments (0)");
    }

    [ChromiumFact]
    public async Task Page_OfACoordinatorWithTokens_AsksForOne()
    {
        var credentials = new Credentials(_state);
        await using var coordinator = await RunningCoordinator.Start(_state, options => options with { Tokens = credentials.File });
        await using var page = await browser.Open(coordinator);

        await page.Shows("dialog[open]");
        await Give("wrong");
        await page.Shows("dialog[open] .error", "The token is unknown.");
        await Give("viewer");

        await page.Shows("h2", "Experiments (0)");
        Assert.Equal(0, await page.Count("dialog[open]"));

        async Task Give(string who)
        {
            await page.Tab.FillAsync("#token-text", credentials.Header(who)!["Bearer ".Length..]);
            await page.Tab.ClickAsync("dialog button");
        }
    }

    [ChromiumFact]
    public async Task Text_ThatLooksLikeMarkup_StaysText()
    {
        const string Markup = "<img src=x onerror=alert(1)>";
        await using var coordinator = await RunningCoordinator.Start(_state);
        var id = await Submit(coordinator, Sweeps.Valid(_state) + $"\n  optimizer: {{values: [adam]}}\n# {Markup}\n");

        await using var page = await browser.Open(coordinator, $"experiments/{id}");

        await page.Shows("pre", Markup);
        Assert.Equal(0, await page.Count("main img"));
    }

    private static async Task<string> Submit(RunningCoordinator coordinator, string sweep) =>
        (await new Experiments.ExperimentsClient(coordinator.Channel).SubmitAsync(new SubmitRequest { Source = sweep })).Id;

    /// <summary>Trains the next trial to its end, with one report.</summary>
    private static async Task End(StreamingWorker worker, double elbo)
    {
        var attempt = (await worker.NextAssignment()).Attempt;
        var report = new Report { Attempt = attempt, Sequence = 1, Epoch = 2, Step = 20 };
        report.Metrics["validation_elbo"] = elbo;
        await worker.Acknowledged(new WorkerMessage { Report = report });
        await worker.Acknowledged(new WorkerMessage { RankEnded = new RankEnded { Attempt = attempt, Sequence = 2, Outcome = Outcome.Completed } });
    }
}
