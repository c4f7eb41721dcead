using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Reading;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Metrics;

/// <summary>The curves in the tables <c>curve</c> and <c>point</c>.</summary>
internal sealed class SqliteMetricStore(WriteQueue writes, ReaderPool readers) : IMetricStore
{
    public Task AppendAsync(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        MetricLimits.ThrowIfInvalid(points);
        return writes.Enqueue(new AppendPointsWrite(attempt, points, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyList<CurvePoint>> ReadAsync(TrialId trial, string metric, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => Curve(session, trial, metric), cancellationToken);

    public async Task<IReadOnlyList<string>> ListAsync(TrialId trial, CancellationToken cancellationToken) =>
        await readers.ReadAsync(session => Names(session, trial), cancellationToken);

    public Task RemoveAsync(ExperimentId experiment, CancellationToken cancellationToken) =>
        writes.Enqueue(new RemoveCurvesWrite(experiment, cancellationToken), cancellationToken);

    private static List<CurvePoint> Curve(SqliteSession session, TrialId trial, string metric)
    {
        const string sql =
            """
            SELECT step, value, attempt FROM point
            WHERE curve = (SELECT id FROM curve WHERE experiment = ?1 AND trial = ?2 AND metric = ?3) ORDER BY step
            """;
        var rows = session.Prepare(sql).Bind(1, trial.Experiment.Value).Bind(2, trial.Number).Bind(3, metric);
        var points = new List<CurvePoint>();
        while (rows.Read()) points.Add(new CurvePoint(rows.Integer(0), rows.Real(1), (int)rows.Integer(2)));
        CurvePoint.RemoveRetrained(points);
        return points;
    }

    private static List<string> Names(SqliteSession session, TrialId trial)
    {
        var rows = session.Prepare("SELECT metric FROM curve WHERE experiment = ?1 AND trial = ?2 ORDER BY metric").Bind(1, trial.Experiment.Value).Bind(2, trial.Number);
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.Text(0));
        return names;
    }
}
