using System.Runtime.CompilerServices;
using System.Text.Json;
using Orchestrator.Domain.Experiments;
using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Journal;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Reading;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Journal;

/// <summary>The journal in the tables <c>experiment</c> and <c>event</c>.</summary>
internal sealed class SqliteExperimentJournal(SqliteDatabase database, WriteQueue writes, ReaderPool readers) : IExperimentJournal
{
    // A page holds no more than this, so that a long journal is read without holding it.
    private const int PageEvents = 512;
    private const int PageBytes = 1 << 20;

    public Task<long> AppendAsync(ExperimentId experiment, long expectedVersion, IReadOnlyList<ExperimentEvent> events, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (events.Count == 0) throw new ArgumentException("An append has at least one event.", nameof(events));
        var bodies = new byte[events.Count][];
        for (var i = 0; i < bodies.Length; i++) bodies[i] = ExperimentEventJson.Serialize(events[i]);
        return writes.Enqueue(new AppendWrite(experiment, expectedVersion, bodies, cancellationToken), cancellationToken);
    }

    public async IAsyncEnumerable<(long Version, ExperimentEvent Event)> ReadAsync(
        ExperimentId experiment, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await readers.ReadAsync(session => ReadPage(session, experiment, afterVersion), cancellationToken);
            if (page.Count == 0) yield break;
            foreach (var item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return (++afterVersion, item);
            }
        }
    }

    public Task RemoveAsync(ExperimentId experiment, long expectedVersion, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expectedVersion);
        return writes.Enqueue(new RemoveJournalWrite(experiment, expectedVersion, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<ExperimentId>> ListAsync(CancellationToken cancellationToken) => await readers.ReadAsync(ReadNames, cancellationToken);

    private static List<ExperimentId> ReadNames(SqliteSession session)
    {
        var rows = session.Prepare("SELECT name FROM experiment WHERE EXISTS (SELECT 1 FROM event WHERE event.experiment = experiment.id) ORDER BY id");
        var names = new List<ExperimentId>();
        while (rows.Read()) names.Add(new ExperimentId(rows.Text(0)));
        return names;
    }

    private List<ExperimentEvent> ReadPage(SqliteSession session, ExperimentId experiment, long afterVersion)
    {
        const string sql = "SELECT version, body FROM event WHERE experiment = (SELECT id FROM experiment WHERE name = ?1) AND version > ?2 ORDER BY version LIMIT ?3";
        var rows = session.Prepare(sql).Bind(1, experiment.Value).Bind(2, afterVersion).Bind(3, PageEvents);
        var page = new List<ExperimentEvent>();
        try
        {
            for (var bytes = 0; bytes < PageBytes && rows.Read();)
            {
                if (rows.Integer(0) != ++afterVersion) throw Unreadable(experiment, afterVersion, "it is missing");
                var body = rows.Blob(1);
                page.Add(Parse(experiment, afterVersion, body));
                bytes += body.Length;
            }
        }
        finally
        {
            rows.Reset();
        }
        return page;
    }

    private ExperimentEvent Parse(ExperimentId experiment, long version, ReadOnlySpan<byte> body)
    {
        try
        {
            return ExperimentEventJson.Deserialize(body);
        }
        catch (JsonException e)
        {
            throw Unreadable(experiment, version, e.Message, e);
        }
    }

    private JournalUnavailableException Unreadable(ExperimentId experiment, long version, string why, Exception? cause = null) =>
        new($"Event {version} of {experiment} in '{database.Path}' can't be read: {why}. A newer program wrote it, or the file is damaged: use the newer program, or restore a backup.", cause);
}
