using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Tests.Output;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("statsu", "status")]
    [InlineData("resme", "resume")]
    [InlineData("x", null)]
    [InlineData("frobnicate", null)]
    public void Nearest_OfAWord_IsACommandAtMostTwoEditsAway(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(word, ["run", "submit", "status", "resume"]));
}
