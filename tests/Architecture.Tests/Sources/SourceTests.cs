using System.Text.RegularExpressions;
using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Sources;

public sealed partial class SourceTests
{
    [Fact]
    public void Sources_ConditionalCompilation_IsInStartUpFilesOnly() =>
        Assert.Empty(Repository.ProductSources().Where(path => Path.GetFileName(path) is not ("Program.cs" or "SiloSetup.cs") && Directive().IsMatch(File.ReadAllText(path))).Select(Repository.Relative));

    [Fact]
    public void Sources_Kubernetes_IsKnownToItsOwnProjectOnly() =>
        Assert.Empty(Repository.ProductSources()
            .Where(path => !Repository.Relative(path).StartsWith("src/Orchestrator.Kubernetes/", StringComparison.Ordinal) && KubernetesName().IsMatch(File.ReadAllText(path)))
            .Where(path => !IsHost(path)) // a host may switch it on
            .Select(Repository.Relative));

    [Fact]
    public void Sources_EachFile_HasOneTypeOfItsName()
    {
        var wrong = new List<string>();
        foreach (var path in Repository.ProductSources())
        {
            var name = Path.GetFileName(path).Split('.')[0];
            var types = TopLevelType().Matches(File.ReadAllText(path)).Select(m => m.Groups["name"].Value).ToList();
            if (types.Count == 0 && name is "Program" or "AssemblyInfo" or "GlobalUsings") continue;
            if (types is not [var only] || only != name) wrong.Add($"{Repository.Relative(path)}: {string.Join(", ", types)}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_Namespace_IsTheProjectsOrOneBelowIt()
    {
        var wrong = new List<string>();
        foreach (var project in Repository.Products)
        {
            foreach (var path in Directory.EnumerateFiles(project.Folder, "*.cs", SearchOption.AllDirectories))
            {
                if (Namespace().Match(File.ReadAllText(path)) is not { Success: true } match) continue;
                var name = match.Groups["name"].Value;
                if (name != project.Name && !name.StartsWith(project.Name + ".", StringComparison.Ordinal)) wrong.Add($"{Repository.Relative(path)}: {name}");
            }
        }
        Assert.Empty(wrong);
    }

    private static bool IsHost(string path) => Repository.Relative(path).StartsWith("src/Orchestrator.Coordinator/", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*#\s*(if|elif|else)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Directive();

    [GeneratedRegex(@"\b(k8s|Kubernetes\w*|V1Pod\w*|V1Node\w*)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex KubernetesName();

    [GeneratedRegex(@"^(?:(?:public|internal|file|abstract|sealed|static|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+\S+)\s+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
