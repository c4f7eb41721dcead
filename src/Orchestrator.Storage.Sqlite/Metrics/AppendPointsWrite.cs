using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Sqlite.Database;
using Orchestrator.Storage.Sqlite.Writing;

namespace Orchestrator.Storage.Sqlite.Metrics;

/// <summary>Adds points to a trial's curves; the answer is whether they may have so many.</summary>
internal sealed class AppendPointsWrite(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken) : Write<bool>(cancellationToken)
{
    private const string KeepSql =
        """
        INSERT INTO point (curve, stretch, step, value, attempt) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (curve, stretch) DO UPDATE SET step = excluded.step, value = excluded.value, attempt = excluded.attempt
        WHERE excluded.attempt > attempt OR excluded.attempt = attempt AND excluded.step >= step
        """;

    private readonly TrialId _trial = attempt.Trial;

    protected override bool Run(SqliteSession session)
    {
        var curves = Known(session);
        if (curves.Keys.Union(points.Select(p => p.Metric), StringComparer.Ordinal).Count() > MetricLimits.CurvesPerTrial) return false;
        foreach (var point in points)
        {
            if (!curves.TryGetValue(point.Metric, out var curve)) curve = new Curve(Begin(session, point.Metric), 1);
            var stride = MetricLimits.StrideFor(point.Step, curve.Stride);
            if (stride != curve.Stride) Thin(session, curve with { Stride = stride });
            curves[point.Metric] = curve = curve with { Stride = stride };
            Keep(session, curve, new CurvePoint(point.Step, point.Value, attempt.Number));
        }
        return true;
    }

    protected override Exception? Refusal(bool result) => result ? null : new TooManyMetricsException(_trial);

    private Dictionary<string, Curve> Known(SqliteSession session)
    {
        var rows = session.Prepare("SELECT metric, id, stride FROM curve WHERE experiment = ?1 AND trial = ?2").Bind(1, _trial.Experiment.Value).Bind(2, _trial.Number);
        var curves = new Dictionary<string, Curve>(StringComparer.Ordinal);
        while (rows.Read()) curves[rows.Text(0)] = new Curve(rows.Integer(1), rows.Integer(2));
        return curves;
    }

    private long Begin(SqliteSession session, string metric) =>
        session.Prepare("INSERT INTO curve (experiment, trial, metric, stride) VALUES (?1, ?2, ?3, 1) RETURNING id")
            .Bind(1, _trial.Experiment.Value).Bind(2, _trial.Number).Bind(3, metric).Scalar()!.Value;

    /// <summary>Puts a curve's points into longer stretches. Rare: once each time that the training's length doubles.</summary>
    private static void Thin(SqliteSession session, Curve curve)
    {
        var rows = session.Prepare("SELECT step, value, attempt FROM point WHERE curve = ?1").Bind(1, curve.Id);
        var kept = new List<CurvePoint>();
        while (rows.Read()) kept.Add(new CurvePoint(rows.Integer(0), rows.Real(1), (int)rows.Integer(2)));
        session.Prepare("DELETE FROM point WHERE curve = ?1").Bind(1, curve.Id).Run();
        foreach (var point in kept) Keep(session, curve, point);
        session.Prepare("UPDATE curve SET stride = ?2 WHERE id = ?1").Bind(1, curve.Id).Bind(2, curve.Stride).Run();
    }

    private static void Keep(SqliteSession session, Curve curve, CurvePoint point) =>
        session.Prepare(KeepSql).Bind(1, curve.Id).Bind(2, point.Step / curve.Stride).Bind(3, point.Step).Bind(4, point.Value).Bind(5, point.Attempt).Run();

    private readonly record struct Curve(long Id, long Stride);
}
