using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests.Artifacts;

public sealed class TrialArtifactTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private RunningCoordinator _coordinator = null!;
    private string _trial = "";
    private string _folder = "";

    public async Task InitializeAsync()
    {
        _coordinator = await RunningCoordinator.Start(_state);
        var id = (await new Experiments.ExperimentsClient(_coordinator.Channel).SubmitAsync(new SubmitRequest { Source = Sweeps.Valid(_state, trials: 1) })).Id;
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        _folder = Path.Combine(new Uri((await worker.NextAssignment()).CheckpointFolder).LocalPath, "artifacts");
        _trial = $"/api/v1/experiments/{id}/trials/1";
    }

    public async Task DisposeAsync() => await _coordinator.DisposeAsync();

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task List_OfATrialThatMadeNothing_IsEmpty() => Assert.Empty(await List());

    [Fact]
    public async Task List_OfFilesOfCheckpoints_HasTheNewestFirst()
    {
        Write("step-000000010-attempt-001", "samples.txt", "one");
        Write("step-000000020-attempt-001", "samples.txt", "two");
        Write("step-000000020-attempt-001", "attention.txt", "three");

        Assert.Equal(["step-000000020-attempt-001/attention.txt", "step-000000020-attempt-001/samples.txt", "step-000000010-attempt-001/samples.txt"], await List());
    }

    [Fact]
    public async Task Get_AFile_GivesItAsWhatItIsAndAsNoPage()
    {
        Write("step-000000010-attempt-001", "samples.html", "<script>alert(1)</script>");

        var response = await Get("/artifacts/step-000000010-attempt-001/samples.html");

        Assert.Equal("<script>alert(1)</script>", await response.Content.ReadAsStringAsync());
        Assert.StartsWith("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("/artifacts/none.png")]
    [InlineData("/artifacts/..%2f..%2f..%2fcoordinator.json")]
    [InlineData("/artifacts/step-000000010-attempt-001/link.txt")]
    [InlineData("/artifacts/folder/secret.txt")]
    public async Task Get_WhatIsNotInTheFolder_IsNotFound(string path)
    {
        Write("step-000000010-attempt-001", "samples.txt", "one");
        var secret = _state.Write("secret.txt", "secret");
        File.CreateSymbolicLink(Path.Combine(_folder, "step-000000010-attempt-001", "link.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(_folder, "folder"), _state.Path);

        Assert.Equal(HttpStatusCode.NotFound, (await Get(path)).StatusCode);
        Assert.Equal(["step-000000010-attempt-001/samples.txt"], await List());
    }

    [Fact]
    public async Task List_OfNoTrial_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await _coordinator.Http.GetAsync(new Uri("/api/v1/experiments/none-1/trials/1/artifacts", UriKind.Relative))).StatusCode);

    private async Task<List<string>> List() =>
        [.. (await _coordinator.Http.GetFromJsonAsync<JsonElement>(_trial + "/artifacts")).EnumerateArray().Select(a => a.GetProperty("name").GetString()!)];

    private Task<HttpResponseMessage> Get(string path) => _coordinator.Http.GetAsync(new Uri(_trial + path, UriKind.Relative));

    private void Write(string checkpoint, string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(_folder, checkpoint));
        File.WriteAllText(Path.Combine(_folder, checkpoint, name), text);
    }
}
