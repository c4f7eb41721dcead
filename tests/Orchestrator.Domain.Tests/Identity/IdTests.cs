using Orchestrator.Domain.Identity;

namespace Orchestrator.Domain.Tests.Identity;

public sealed class IdTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("0-a-", true)]
    [InlineData("mnist-vae-1", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)] // 63
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("-a", false)]
    [InlineData("A", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("..", false)]
    public void ExperimentId_TryParse_TakesTheFormOnly(string? text, bool valid) => Assert.Equal(valid, ExperimentId.TryParse(text, out _));

    [Fact]
    public void ExperimentId_ParseOfABadOne_SaysTheForm() => Assert.Contains("'Bad Id'", Assert.Throws<FormatException>(() => ExperimentId.Parse("Bad Id")).Message);

    [Theory]
    [InlineData("a/1", true)]
    [InlineData("a/2147483647", true)]
    [InlineData("a/2147483648", false)]
    [InlineData("a/0", false)]
    [InlineData("a/-1", false)]
    [InlineData("a/+1", false)]
    [InlineData("a/ 1", false)]
    [InlineData("a/", false)]
    [InlineData("/1", false)]
    [InlineData("a", false)]
    [InlineData(null, false)]
    public void TrialId_TryParse_TakesTheFormOnly(string? text, bool valid)
    {
        Assert.Equal(valid, TrialId.TryParse(text, out var id));
        if (valid) Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData("host.example_1-GPU0", true)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void WorkerId_TryParse_TakesTheFormOnly(string? text, bool valid) => Assert.Equal(valid, WorkerId.TryParse(text, out _));
}
