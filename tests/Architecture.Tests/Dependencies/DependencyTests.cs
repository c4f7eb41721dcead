using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Dependencies;

public sealed class DependencyTests
{
    /// <summary>Assemblies that stand for a library, and the projects whose code may refer to it.</summary>
    private static readonly IReadOnlyDictionary<string, string[]> LibraryUsers = new Dictionary<string, string[]>
    {
        ["Orleans"] = ["Orchestrator.Grains", "Orchestrator.Coordinator"],
        ["TorchSharp"] = ["Orchestrator.Training", "Orchestrator.Tasks", "Orchestrator.Worker", "Orchestrator.Cli"],
        ["Microsoft.Data.Sqlite"] = ["Orchestrator.Storage.Sqlite"],
        ["StackExchange.Redis"] = ["Orchestrator.Storage.Redis", "Orchestrator.Coordinator"], // the latter hands the connection on to Orleans, in the upstream build
        ["YamlDotNet"] = ["Orchestrator.Specs", "Orchestrator.Kubernetes"],
        ["Spectre.Console"] = ["Orchestrator.Cli"],
    };

    public static TheoryData<string> Products => [.. Repository.Products.Select(p => p.Name)];

    public static TheoryData<string> Pure => ["Orchestrator.Domain", "Orchestrator.Search", "Orchestrator.Placement"];

    [Fact]
    public void Projects_OfTheProduct_AreFound() => Assert.InRange(Repository.Products.Count, 10, int.MaxValue);

    [Theory]
    [MemberData(nameof(Products))]
    public void ProjectFile_References_AreThoseOfTheTable(string project)
    {
        var file = Project(project);
        var rule = Rules.Of(project);

        Assert.Empty(file.Projects.Except(rule.Projects));
        Assert.Empty(file.UpstreamLibraries.Except(rule.Libraries));
        Assert.Empty(file.Packages.Except(rule.Packages));
    }

    [Fact]
    public void Table_EveryProject_DependsOnlyOnThoseAboveIt()
    {
        var order = Rules.Projects.Select(rule => rule.Project).ToList();

        Assert.All(Rules.Projects, rule => Assert.All(rule.Projects, used => Assert.InRange(order.IndexOf(used), 0, order.IndexOf(rule.Project) - 1)));
    }

    [Theory]
    [MemberData(nameof(Products))]
    public void Assembly_References_AreThoseOfTheTable(string project)
    {
        var used = CompiledAssembly.Of(project).Assemblies;

        Assert.Empty(used.Where(name => name.StartsWith("Orchestrator.", StringComparison.Ordinal)).Except(Rules.Closure(project)));
        foreach (var (library, users) in LibraryUsers)
            Assert.True(users.Contains(project) || !used.Any(name => IsOf(name, library)), $"{project} refers to {library}; only these may: {string.Join(", ", users)}.");
    }

    [Theory]
    [MemberData(nameof(Pure))]
    public void Pure_ProjectFile_HasNothingButDomain(string project)
    {
        var file = Project(project);

        Assert.Empty(file.Packages);
        Assert.Empty(file.Frameworks);
        Assert.Empty(file.UpstreamLibraries);
        Assert.DoesNotContain(file.Projects, name => name != "Orchestrator.Domain");
    }

    [Theory]
    [MemberData(nameof(Pure))]
    public void Pure_Assembly_RefersToTheBaseClassLibraryAndDomainOnly(string project) =>
        Assert.All(CompiledAssembly.Of(project).Assemblies, name => Assert.True(name == "Orchestrator.Domain" || name.StartsWith("System.", StringComparison.Ordinal), name));

    private static ProjectFile Project(string name) => Repository.Products.Single(p => p.Name == name);

    private static bool IsOf(string assembly, string library) =>
        assembly == library || assembly.StartsWith(library + ".", StringComparison.Ordinal) || assembly.StartsWith("Microsoft." + library, StringComparison.Ordinal);
}
