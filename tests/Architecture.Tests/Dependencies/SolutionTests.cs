using System.Text.RegularExpressions;
using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Dependencies;

public sealed partial class SolutionTests
{
    [Fact]
    public void Solution_Projects_AreAllThereAre()
    {
        var listed = ProjectLine().Matches(File.ReadAllText(Repository.At("Orchestrator.sln"))).Select(m => m.Groups["path"].Value.Replace('\\', '/')).Order(StringComparer.Ordinal);

        Assert.Equal(Repository.AllProjects.Select(p => Repository.Relative(p.Path)), listed);
    }

    [Fact]
    public void Projects_Packages_HaveCentralVersionsOnly() =>
        Assert.Empty(Repository.AllProjects.SelectMany(p => p.PinnedPackages.Select(package => $"{p.Name}: {package}")));

    [Fact]
    public void Products_EachHasItsTests()
    {
        var tests = Repository.AllProjects.Select(p => p.Name).ToHashSet();

        Assert.DoesNotContain(Repository.Products.Select(p => p.Name), name => name is not ("Orchestrator.Protocol" or "Orchestrator.ServiceDefaults") && !tests.Contains(name + ".Tests"));
    }

    [GeneratedRegex(@"^Project\(.*?\) = .*?, ""(?<path>.*?\.csproj)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ProjectLine();
}
