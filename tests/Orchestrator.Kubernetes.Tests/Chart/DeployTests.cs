using System.Text.RegularExpressions;
using Orchestrator.Kubernetes.Access;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Kubernetes;

namespace Orchestrator.Kubernetes.Tests.Chart;

/// <summary>What can be said of <c>deploy/</c> without a container runtime.</summary>
public sealed class DeployTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";
    private static readonly string Deploy = RepositoryRoot.At("deploy");

    [Fact]
    public void Compose_EachFileThatIsMounted_IsThere()
    {
        var services = YamlJson.Parse(File.ReadAllText(Path.Combine(Deploy, "compose.yaml")))!["services"]!.AsObject();
        var mounted = services.SelectMany(s => s.Value!["volumes"]?.AsArray() ?? []).Select(v => ((string)v!).Split(':')[0]).Where(v => v.StartsWith('.')).ToList();

        Assert.NotEmpty(mounted);
        Assert.All(mounted, m => Assert.True(Path.Exists(Path.Combine(Deploy, m)), m));
    }

    [Theory]
    [InlineData("Dockerfile")]
    [InlineData("Dockerfile.cuda")]
    public void Dockerfile_WhatItCopiesBuildsAndRuns_IsThere(string name)
    {
        var lines = Regex.Replace(File.ReadAllText(Path.Combine(Deploy, name)), @"\\\n", " ").Split('\n');
        var stages = lines.Select(l => Regex.Match(l, @"^FROM \S+ AS (\S+)$").Groups[1].Value).Where(s => s.Length > 0).ToList();
        Assert.All(lines.Select(l => Regex.Match(l, @"^COPY --from=(\S+)").Groups[1].Value).Where(s => s.Length > 0), from => Assert.Contains(from, stages));
        var ignored = File.ReadAllLines(RepositoryRoot.At(".dockerignore")).Select(l => l.TrimEnd('/')).ToList();
        var used = Regex.Matches(string.Join('\n', lines), @"(?<=^RUN (.* && )?(dotnet publish )?)(eng|src)/\S+", RegexOptions.Multiline | RegexOptions.ExplicitCapture).Select(m => m.Value).ToList();
        Assert.NotEmpty(used);
        Assert.All(used, path =>
        {
            Assert.True(Path.Exists(RepositoryRoot.At(path)), path);
            Assert.DoesNotContain(path.Split('/')[0], ignored);
        });

        var project = RepositoryRoot.At(used.Single(p => p.StartsWith("src/", StringComparison.Ordinal)));
        var assembly = Regex.Match(File.ReadAllText(Path.Combine(project, Path.GetFileName(project) + ".csproj")), "<AssemblyName>(.*)</AssemblyName>").Groups[1].Value;
        var output = Regex.Match(string.Join('\n', lines), @"-o (\S+)").Groups[1].Value;
        Assert.Contains($"\"{output}/{assembly}.dll\"", lines.Single(l => l.StartsWith("ENTRYPOINT", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains($"COPY --from=build {output} {output}", lines);
        Assert.Contains("USER 10001:10001", lines); // as the chart runs it
        Assert.All(lines.Where(l => l.StartsWith("ARG", StringComparison.Ordinal)), l => Assert.Matches(@":\d+\.\d+", l)); // pinned
    }

    [Fact]
    public void Dockerfile_LibrariesOfTheImage_AreThoseThatAreSetUp()
    {
        var setup = File.ReadAllText(RepositoryRoot.At("eng/setup"));
        var runtime = File.ReadAllText(Path.Combine(Deploy, "Dockerfile"));

        // What is built against must be there when it runs.
        foreach (var (built, runs) in new[] { ("libtorch-dev", "libtorch1.13"), ("libgloo-dev", "libgloo0"), ("libopenblas", "libopenblas0-pthread") })
        {
            Assert.Contains(built, setup, StringComparison.Ordinal);
            Assert.Contains($" {runs} ", runtime, StringComparison.Ordinal);
        }
    }

    [SkippableSystemdFact]
    public async Task Units_SystemdAnalyze_FindsNoFault()
    {
        var (code, output, error) = await KubernetesTools.TryRun(Analyze, ["verify", "--man=no", .. Directory.EnumerateFiles(Path.Combine(Deploy, "systemd"))]);

        Assert.Equal((0, ""), (code, (output + error).Trim()));
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SkippableSystemdFactAttribute : FactAttribute
    {
        public SkippableSystemdFactAttribute() => Skip = File.Exists(Analyze) ? null! : "Needs systemd-analyze (Debian's package systemd).";
    }
}
