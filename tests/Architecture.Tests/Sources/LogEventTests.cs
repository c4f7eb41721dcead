using System.Text.RegularExpressions;
using Orchestrator.Architecture.Tests.Model;

namespace Orchestrator.Architecture.Tests.Sources;

/// <summary>A log event's id is its name for machines: one event, one id, over the whole product.</summary>
public sealed partial class LogEventTests
{
    [Fact]
    public void LogEvents_Ids_AreUniqueOverTheProduct()
    {
        var uses = Events().GroupBy(e => e.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join("; ", group.Select(e => e.Where))}");

        Assert.Empty(uses);
    }

    [Fact]
    public void LogEvents_EachMessage_HasAnId()
    {
        var found = Repository.ProductSources().Sum(path => Attribute().Count(File.ReadAllText(path)));

        Assert.InRange(found, 1, int.MaxValue);
        Assert.Equal(found, Events().Count());
    }

    private static IEnumerable<(int Id, string Where)> Events() =>
        from path in Repository.ProductSources()
        from match in IdOfAttribute().Matches(File.ReadAllText(path))
        select (int.Parse(match.Groups["id"].Value), Repository.Relative(path));

    [GeneratedRegex(@"\[LoggerMessage\(")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(?<id>\d+)\s*,", RegexOptions.ExplicitCapture)]
    private static partial Regex IdOfAttribute();
}
