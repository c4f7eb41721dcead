using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Orchestrator.ServiceDefaults.Logs;
using Orchestrator.TestKit.Files;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Coordinator.Tests.Logs;

public sealed class RankLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ReadNew_WhileItIsWritten_GivesEachLineOnce()
    {
        var reader = new RankLogReader(_folder.Path, 1);
        Assert.Empty(reader.ReadNew());

        using var activity = new Activity("attempt").SetIdFormat(ActivityIdFormat.W3C).Start();
        Write(attempt: 1, "one", "two\nlines");
        var lines = reader.ReadNew().ToList();
        Assert.Equal(["one", "two\nlines"], lines.Select(line => line.Message));
        Assert.Equal(new LogLine(_time.Now, "warning", 1, 1, "w", "one", activity.TraceId.ToString(), activity.SpanId.ToString()), lines[0]);
        Assert.Empty(reader.ReadNew());

        File.AppendAllText(RankLogFolder.PathOf(_folder.Path, 1, 1, 0), "no log line\n{\"half");
        Assert.Empty(reader.ReadNew());
        Write(attempt: 2, "three");
        Assert.Equal("three", Assert.Single(reader.ReadNew()).Message);
        Assert.Empty(new RankLogReader(_folder.Path, 0).ReadNew());
    }

    [Fact]
    public void Write_MoreThanIsKept_KeepsTheNewestLinesOfBoundedSize()
    {
        var message = new string('x', RankLogFolder.MessageLength + 100);
        const int lines = 3 * RankLogFolder.Segments * RankLogFolder.SegmentBytes / RankLogFolder.MessageLength;
        using (var writer = Writer(attempt: 1))
        {
            for (var i = 0; i < lines; i++) writer.Add(LogLevel.Information, string.Create(CultureInfo.InvariantCulture, $"{i} {message}"));
        }

        var kept = new RankLogReader(_folder.Path, 1).ReadNew().ToList();

        Assert.StartsWith($"{lines - 1} ", kept[^1].Message, StringComparison.Ordinal);
        Assert.All(kept, line => Assert.Equal(RankLogFolder.MessageLength + 4, line.Message.Length));
        Assert.InRange(kept.Count, 1, lines / 2);
        Assert.InRange(Directory.EnumerateFiles(_folder.Path).Sum(path => new FileInfo(path).Length), 1, RankLogFolder.Segments * (RankLogFolder.SegmentBytes + (2 * RankLogFolder.MessageLength)));
    }

    [Fact]
    public void Write_ALaterAttempt_ForgetsThoseLongPast()
    {
        for (var attempt = 1; attempt <= RankLogFolder.Attempts + 2; attempt++) Write(attempt, $"attempt {attempt}");
        Write(RankLogFolder.Attempts + 2, "again");

        Assert.Equal(["attempt 3", "attempt 4", "attempt 5", "again"], new RankLogReader(_folder.Path, 1).ReadNew().Select(line => line.Message));
    }

    [Fact]
    public void ReadNew_ALink_IsNotFollowed()
    {
        Write(attempt: 1, "secret");
        var other = _folder.At("other");
        Directory.CreateDirectory(other);
        File.CreateSymbolicLink(RankLogFolder.PathOf(other, 1, 1, 0), RankLogFolder.PathOf(_folder.Path, 1, 1, 0));

        Assert.Empty(new RankLogReader(other, 1).ReadNew());
    }

    [Fact]
    public void Write_FolderThatCannotBe_LosesTheLogAndNothingElse()
    {
        var file = _folder.Write("file", "");

        using (var writer = new RankLogWriter(file, 1, 1, "w", _time)) writer.Add(LogLevel.Information, "lost");

        Assert.Equal("", File.ReadAllText(file));
    }

    private RankLogWriter Writer(int attempt) => new(_folder.Path, attempt, 1, "w", _time);

    private void Write(int attempt, params string[] messages)
    {
        using var writer = Writer(attempt);
        foreach (var message in messages) writer.Add(LogLevel.Warning, message);
    }
}
