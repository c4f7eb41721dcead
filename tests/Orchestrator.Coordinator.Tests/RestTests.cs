using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Orchestrator.Coordinator.Tests.Support;
using Orchestrator.Protocol;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Coordinator.Tests;

public sealed class RestTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _state = new();
    private RunningCoordinator _coordinator = null!;

    public async Task InitializeAsync() => _coordinator = await RunningCoordinator.Start(_state);

    public async Task DisposeAsync()
    {
        await _coordinator.DisposeAsync();
    }

    public void Dispose() => _state.Dispose();

    [Fact]
    public async Task Submit_ValidSweep_IsCreatedAndListed()
    {
        var response = await Submit(Sweeps.Valid(_state));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/experiments/tiny-1", response.Headers.Location?.ToString());
        var listed = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments");
        Assert.Equal("tiny-1", Assert.Single(listed.EnumerateArray()).GetProperty("id").GetString());
        var got = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments/tiny-1");
        Assert.Equal("running", got.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Submit_FaultySweep_NamesEveryFaultWithItsPlaceAndBeginsNothing()
    {
        var response = await Submit(Sweeps.Faulty);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateArray().Select(e => e.GetString()!).ToList();
        Assert.Equal(2, errors.Count);
        Assert.StartsWith("sweep:4:", errors[0], StringComparison.Ordinal);
        Assert.Contains("run_cap", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("sweep:7:", errors[1], StringComparison.Ordinal);
        Assert.Empty((await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments")).EnumerateArray());
    }

    [Fact]
    public async Task Submit_TooLarge_IsRefused()
    {
        var response = await Submit(new string('#', (1 << 20) + 1));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/experiments/none-1")]
    [InlineData("GET", "/api/v1/experiments/Not%20An%20Id")]
    [InlineData("POST", "/api/v1/experiments/none-1/stop")]
    [InlineData("POST", "/api/v1/experiments/none-1/resume")]
    [InlineData("DELETE", "/api/v1/experiments/none-1?force=true")]
    [InlineData("GET", "/api/v1/experiments/none-1/trials/1")]
    [InlineData("GET", "/api/v1/experiments/none-1/trials/1/checkpoints")]
    [InlineData("POST", "/api/v1/experiments/none-1/trials/1/pause")]
    public async Task Any_UnknownExperiment_IsNotFound(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.NotFound, (await _coordinator.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Get_SinceARevision_HasOnlyTheTrialsThatChanged()
    {
        await Submit(Sweeps.Valid(_state));
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        await worker.NextAssignment();

        var all = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments/tiny-1");
        var later = await _coordinator.Http.GetFromJsonAsync<JsonElement>($"/api/v1/experiments/tiny-1?since={all.GetProperty("revision").GetString()}");

        Assert.Single(all.GetProperty("trials").EnumerateArray());
        Assert.Empty(later.GetProperty("trials").EnumerateArray());
        var one = await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments/tiny-1/trials/1");
        Assert.Equal(1, one.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Stop_ThenResume_ShowsBothStates()
    {
        await Submit(Sweeps.Valid(_state));

        Assert.Equal("stopped", await Status("stop"));
        Assert.Equal("running", await Status("resume"));

        async Task<string?> Status(string verb)
        {
            var response = await _coordinator.Http.PostAsync(new Uri($"/api/v1/experiments/tiny-1/{verb}", UriKind.Relative), null);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_Running_IsRefusedUnlessForced(bool keepCheckpoints)
    {
        await Submit(Sweeps.Valid(_state));
        var folder = Path.Combine(_state.Path, "experiments", "tiny-1");
        foreach (var file in (string[])["trial-1/step-1/manifest.json", "logs/trial-1/rank-0.log", "artifacts/curves.png"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
            await File.WriteAllTextAsync(Path.Combine(folder, file), "");
        }

        var refused = await _coordinator.Http.DeleteAsync(new Uri("/api/v1/experiments/tiny-1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("tiny-1 is running", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var deleted = await _coordinator.Http.DeleteAsync(new Uri($"/api/v1/experiments/tiny-1?force=true&keep_checkpoints={keepCheckpoints}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await _coordinator.Http.GetFromJsonAsync<JsonElement>("/api/v1/experiments")).EnumerateArray());
        Assert.Equal(keepCheckpoints ? [Path.Combine(folder, "trial-1/step-1/manifest.json")] : [], Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : []);
        var warm = await Submit(Sweeps.Valid(_state) + "\nwarm_start: [tiny-1]\n");
        Assert.Equal(HttpStatusCode.BadRequest, warm.StatusCode);
        Assert.Contains("there is no experiment 'tiny-1'", await warm.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_PausedExtendedAndForked_AnswersWithTheTrialOrTheReason()
    {
        await Submit(Sweeps.Valid(_state));
        using var worker = new StreamingWorker(_coordinator, "w1");
        await worker.Dial();
        var attempt = (await worker.NextAssignment()).Attempt;
        await worker.Acknowledged(new WorkerMessage { Report = new Report { Attempt = attempt, Sequence = 1, Epoch = 1, Step = 10, Metrics = { ["validation_elbo"] = -100 } } });

        Assert.Equal((HttpStatusCode.Conflict, "Trial 1 has no checkpoint yet."), await Ask("fork", "{}", "errors"));
        await worker.Acknowledged(new WorkerMessage { CheckpointSaved = new CheckpointSaved { Attempt = attempt, Sequence = 2, Epoch = 1, Step = 10, Location = "file:///c", ManifestSha256 = "00", Bytes = 1 } });
        Assert.Equal((HttpStatusCode.OK, "paused"), await Ask("pause", null, "status"));
        Assert.Equal((HttpStatusCode.OK, "500"), await Ask("extend", """{"epochs":500}""", "epochs"));
        Assert.Equal((HttpStatusCode.Conflict, "Trial 1 has 500 epochs already; extend it to more than that, not to 3."), await Ask("extend", """{"epochs":3}""", "errors"));
        Assert.Equal((HttpStatusCode.OK, "1"), await Ask("fork", """{"epoch":1,"parameters":{"learning_rate":0.002}}""", "parent"));
        Assert.Equal((HttpStatusCode.BadRequest, null), await Ask("fork", """{"parameters":[1]}""", "status"));
        Assert.Equal((HttpStatusCode.OK, "waiting"), await Ask("resume", null, "status"));
        Assert.Equal((HttpStatusCode.OK, "stopped"), await Ask("stop", null, "status"));

        async Task<(HttpStatusCode, string?)> Ask(string verb, string? body, string property)
        {
            using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            var response = await _coordinator.Http.PostAsync(new Uri($"/api/v1/experiments/tiny-1/trials/1/{verb}", UriKind.Relative), content);
            var json = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (!json.TryGetProperty(property, out var value)) return (response.StatusCode, null);
            return (response.StatusCode, value.ValueKind == JsonValueKind.Array ? value[0].GetString() : value.ToString());
        }
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Host", "evil.example")]
    public async Task Any_RequestOfAnotherSite_IsRefused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/experiments/tiny-1/stop");
        request.Headers.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.Forbidden, (await _coordinator.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("/healthz", "Healthy")]
    [InlineData("/readyz", "Healthy")]
    [InlineData("/openapi/v1.json", "/api/v1/experiments/{id}")]
    [InlineData("/metrics", "orchestrator_workers")]
    public async Task Get_OperationalEndpoint_Answers(string path, string part) =>
        Assert.Contains(part, await _coordinator.Http.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);

    private async Task<HttpResponseMessage> Submit(string sweep)
    {
        using var content = new StringContent(sweep, Encoding.UTF8, "application/yaml");
        return await _coordinator.Http.PostAsync(new Uri("/api/v1/experiments", UriKind.Relative), content);
    }
}
