using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Tests.Fakes;
using Orchestrator.Coordinator.Hosting;
using Orchestrator.TestKit.Files;
using Orchestrator.Worker.Hosting;

namespace Orchestrator.Cli.Tests.Commands;

/// <summary>Every command line in documents, units, images' files and the chart: its commands and options exist.</summary>
public sealed partial class WrittenCommandsTests : IDisposable
{
    private readonly TestCli _cli = new();

    public static TheoryData<string> Files =>
    [
        "README.md", "deploy/README.md", "deploy/compose.yaml", "deploy/systemd/orchestrator-coordinator.service", "deploy/systemd/orchestrator-worker@.service",
        "helm/orchestrator/README.md", "helm/orchestrator/templates/coordinator.yaml", "helm/orchestrator/templates/_helpers.tpl", "helm/orchestrator/templates/tests/sweep.yaml",
        .. Directory.EnumerateFiles(RepositoryRoot.At("docs"), "*.md").Select(f => $"docs/{Path.GetFileName(f)}").Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _cli.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Written_CommandLines_AreThoseThatThereAre(string file)
    {
        var faults = Commands(file).SelectMany(line => Faults(line).Select(fault => $"{fault} in: {line}")).ToList();

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("deploy/compose.yaml", 2)]
    [InlineData("deploy/systemd/orchestrator-worker@.service", 1)]
    [InlineData("helm/orchestrator/templates/coordinator.yaml", 1)]
    [InlineData("helm/orchestrator/templates/_helpers.tpl", 1)]
    [InlineData("helm/orchestrator/templates/tests/sweep.yaml", 1)]
    [InlineData("docs/cli.md", 20)]
    public void Commands_OfAFile_AreFound(string file, int atLeast) => Assert.InRange(Commands(file).Count(), atLeast, 1000);

    [Theory]
    [InlineData("orch rnu x", "rnu")]
    [InlineData("orch run x --wrokers 3", "--wrokers")]
    [InlineData("orch coordinator --tls 1", "--tls")]
    [InlineData("orch trial stpo 3", "stpo")]
    [InlineData("orch token new --rloe admin", "--rloe")]
    public void Faults_OfACommandThatThereIsNot_NameIt(string line, string word) => Assert.Contains(Faults(line), fault => fault.Contains($"'{word}'", StringComparison.Ordinal));

    private IEnumerable<string> Faults(string line)
    {
        var words = Line().Split(Word().Match(line).Value).Where(w => w.Length > 0).Skip(1).ToList();
        var (command, used) = (OrchCommand.Create(_cli.Context) as Command, 0);
        var options = Options(command).ToHashSet(StringComparer.Ordinal);
        while (used < words.Count && Below(command, words[used]) is { } next)
        {
            (command, used) = (next, used + 1);
            options.UnionWith(Options(next));
        }
        if (command.Subcommands.Count > 0 && used < words.Count && PlainWord().IsMatch(words[used])) yield return $"'{words[used]}' is no command";
        foreach (var word in words.Skip(used).Select(w => w.Trim('[', ']', ',', '.', ';', ')', '"').Split('=')[0]).Where(w => OptionWord().IsMatch(w) && !options.Contains(w))) yield return $"'{word}' is no option of it";
    }

    /// <summary>The hosts' commands are their own.</summary>
    private static Command? Below(Command command, string word) => (command is RootCommand, word) switch
    {
        (true, "coordinator") when command.Name != "coordinator" => CoordinatorCommand.Create((_, _) => Task.FromResult(0)),
        (true, "worker") => WorkerCommand.Create(),
        (true, "pool") => CoordinatorCommand.Create((_, _) => Task.FromResult(0)).Subcommands.Single(c => c.Name == "pool"),
        _ => command.Subcommands.FirstOrDefault(c => c.Name == word || c.Aliases.Contains(word)),
    };

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Where(o => o is not VersionOption).SelectMany(o => o.Aliases.Append(o.Name)).Concat(command.Options.OfType<HelpOption>().SelectMany(o => o.Aliases)).Append("--help");

    private static IEnumerable<string> Commands(string file)
    {
        var text = File.ReadAllText(RepositoryRoot.At(file));
        return file switch
        {
            _ when file.EndsWith(".md", StringComparison.Ordinal) => Fenced().Matches(text).Concat(Quoted().Matches(text)).Select(m => Placeholders().Replace(m.Groups["line"].Value, " ")),
            _ when file.EndsWith(".service", StringComparison.Ordinal) => ExecStart().Matches(text).Select(m => $"orch {m.Groups["line"].Value} {string.Join(' ', Variables().Matches(text).Select(v => v.Groups["line"].Value))}"),
            "deploy/compose.yaml" or "helm/orchestrator/templates/tests/sweep.yaml" => Composed().Matches(text).Select(m => $"orch {m.Groups["line"].Value.Replace(",", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)}"),
            _ => Templated().Matches(text).Select(m => $"orch {string.Join(' ', Item().Matches(m.Groups["line"].Value).Select(i => i.Groups["line"].Value))}"),
        };
    }

    [GeneratedRegex(@"^(\./)?(?<line>orch [^\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"`(\./)?(?<line>orch [^`\n]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^ExecStart=\S+ \S+orch\.dll (?<line>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ExecStart();

    [GeneratedRegex(@"_ARGS=(?<line>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Variables();

    [GeneratedRegex(@"(command|args): \[(?<line>(coordinator|worker|run)[^\]]*)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Composed();

    [GeneratedRegex(@"args:\n(?<line>(\s+(- |\{\{)[^\n]*\n)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Templated();

    [GeneratedRegex(@"^\s+- (?<line>[a-z-]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    /// <summary>What a reader puts something of his own for, or leaves out.</summary>
    [GeneratedRegex(@"…|\.\.\.|\$\([^)]*\)")]
    private static partial Regex Placeholders();

    /// <summary>Up to a pipe, a redirection, a remark or the next command.</summary>
    [GeneratedRegex(@"^[^|#>&;]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Line();

    [GeneratedRegex(@"^[a-z]+$")]
    private static partial Regex PlainWord();

    [GeneratedRegex(@"^--?[a-z][a-z-]*$")]
    private static partial Regex OptionWord();
}
