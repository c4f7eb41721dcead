using Orchestrator.Domain.Identity;
using Orchestrator.Domain.Metrics;
using Orchestrator.Storage.Redis.Connection;
using StackExchange.Redis;

namespace Orchestrator.Storage.Redis.Metrics;

/// <summary>The curves as one hash each, by stretch; a trial's hash says which it has, and how long their stretches are.</summary>
internal sealed class RedisMetricStore(RedisConnection connection) : IMetricStore
{
    /// <summary>Keys: the trial's curves, the experiment's trials, then each curve. Arguments: limits, trial, number of curves; then for each its metric, how many points, and these.</summary>
    private const string AppendScript =
        """
        local most, points, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4])
        local new, at = 0, 5
        for curve = 1, count do
          new = new + 1 - redis.call('HEXISTS', KEYS[1], ARGV[at])
          at = at + 2 + 2 * tonumber(ARGV[at + 1])
        end
        if new > 0 and redis.call('HLEN', KEYS[1]) + new > most then return 0 end
        redis.call('SADD', KEYS[2], ARGV[3])
        at = 5
        for curve = 1, count do
          local key, metric, last = KEYS[2 + curve], ARGV[at], at + 2 * tonumber(ARGV[at + 1])
          local known = tonumber(redis.call('HGET', KEYS[1], metric) or '1')
          local stride = known
          for p = at + 2, last, 2 do
            while tonumber(ARGV[p]) / stride >= points do stride = stride * 2 end
          end
          local function keep(step, point)
            local stretch = string.format('%.0f', math.floor(step / stride))
            local other = redis.call('HGET', key, stretch)
            if not other or string.sub(point, 1, 29) >= string.sub(other, 1, 29) then redis.call('HSET', key, stretch, point) end
          end
          if stride ~= known then
            local all = redis.call('HVALS', key)
            redis.call('DEL', key)
            for _, point in ipairs(all) do keep(tonumber(string.sub(point, 11, 29)), point) end
          end
          for p = at + 2, last, 2 do keep(tonumber(ARGV[p]), ARGV[p + 1]) end
          redis.call('HSET', KEYS[1], metric, string.format('%.0f', stride))
          at = last + 2
        end
        return 1
        """;

    private const string RemoveScript =
        """
        for _, trial in ipairs(redis.call('SMEMBERS', KEYS[1])) do
          for _, metric in ipairs(redis.call('HKEYS', ARGV[1] .. trial)) do redis.call('UNLINK', ARGV[2] .. trial .. ':' .. metric) end
          redis.call('UNLINK', ARGV[1] .. trial)
        end
        return redis.call('DEL', KEYS[1])
        """;

    private Keys Keys => connection.Keys;

    public async Task AppendAsync(AttemptId attempt, IReadOnlyList<MetricPoint> points, CancellationToken cancellationToken)
    {
        MetricLimits.ThrowIfInvalid(points);
        cancellationToken.ThrowIfCancellationRequested();
        if (points.Count == 0) return;
        var curves = points.GroupBy(p => p.Metric, StringComparer.Ordinal).ToList();
        var keys = new List<RedisKey>(2 + curves.Count) { Keys.CurvesOf(attempt.Trial), Keys.MeasuredTrials(attempt.Trial.Experiment) };
        var arguments = new List<RedisValue>(4 + 2 * (curves.Count + points.Count)) { MetricLimits.CurvesPerTrial, MetricLimits.PointsPerCurve, attempt.Trial.Number, curves.Count };
        foreach (var curve in curves)
        {
            keys.Add(Keys.Curve(attempt.Trial, curve.Key));
            arguments.Add(curve.Key);
            arguments.Add(curve.Count());
            foreach (var point in curve)
            {
                arguments.Add(point.Step);
                arguments.Add(PointText.Write(new CurvePoint(point.Step, point.Value, attempt.Number)));
            }
        }
        if ((long)await connection.WriteAsync(AppendScript, [.. keys], [.. arguments]) == 0) throw new TooManyMetricsException(attempt.Trial);
    }

    public async Task<IReadOnlyList<CurvePoint>> ReadAsync(TrialId trial, string metric, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var points = (await connection.RunAsync(db => db.HashValuesAsync(Keys.Curve(trial, metric)))).Select(value => PointText.Read(value!)).OrderBy(p => p.Step).ToList();
        CurvePoint.RemoveRetrained(points);
        return points;
    }

    public async Task<IReadOnlyList<string>> ListAsync(TrialId trial, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var names = await connection.RunAsync(db => db.HashKeysAsync(Keys.CurvesOf(trial)));
        return [.. names.Select(name => (string)name!).Order(StringComparer.Ordinal)];
    }

    public async Task RemoveAsync(ExperimentId experiment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await connection.WriteAsync(RemoveScript, [Keys.MeasuredTrials(experiment)], [Keys.CurvesOf(experiment), Keys.CurveOf(experiment)]);
    }
}
