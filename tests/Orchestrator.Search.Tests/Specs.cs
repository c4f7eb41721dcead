using FsCheck;
using FsCheck.Fluent;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Parameters.Expressions;
using Orchestrator.Domain.Search;
using Orchestrator.Domain.Specs;
using Orchestrator.Search.Algorithms;

namespace Orchestrator.Search.Tests;

/// <summary>Spaces and runs for the tests.</summary>
internal static class Specs
{
    public static ExperimentSpec Of(SearchMethod method, params ParameterSpec[] parameters) => new()
    {
        Name = "test",
        Task = "vae",
        Method = method,
        Metric = new MetricSpec("loss", Goal.Minimize),
        Parameters = parameters,
        Seed = 42,
    };

    public static Distribution.Categorical Choices(params string[] values) => new([.. values.Select(ParameterValue.Of)]);

    public static Distribution.Categorical Steps(params long[] values) => new([.. values.Select(ParameterValue.Of)]);

    public static readonly ParameterSpec[] Mixed =
    [
        new("rate", new Distribution.LogUniform(1e-5, 1e-1)),
        new("layers", new Distribution.IntUniform(1, 6)),
        new("batch", Steps(16, 32, 64, 128)),
        new("optimizer", Choices("adam", "sgd", "lion")),
        new("epochs", new Distribution.Constant(ParameterValue.Of(30L))),
        new("dropout", new Distribution.Uniform(0, 0.9, 0.1)),
    ];

    public static readonly ParameterSpec[] Small =
    [
        new("a", Steps(1, 2, 3, 4)),
        new("b", Choices("x", "y", "z")),
        new("c", new Distribution.IntUniform(0, 1)),
    ];

    /// <summary>A loss with one best point, whatever the types.</summary>
    public static double Loss(ParameterSet parameters) =>
        parameters.Sum(p => p.Value.Number is { } number ? Math.Pow(Math.Log(1 + Math.Abs(number)) - 0.3, 2) : p.Value.ToString()!.Length * 0.1);

    /// <summary>Proposes and ends trials one after another; the proposals.</summary>
    public static List<ParameterSet> Run(ExperimentSpec spec, int trials, List<SearchObservation>? observations = null)
    {
        var search = SearchAlgorithms.Create(spec);
        var proposals = new List<ParameterSet>();
        for (var trial = 1; trial <= trials && search.Propose(trial) is { } parameters; trial++)
        {
            proposals.Add(parameters);
            foreach (var observation in new SearchObservation[] { new SearchObservation.Proposed(trial, parameters), new SearchObservation.Ended(trial, Loss(parameters)) })
            {
                search.Observe(observation);
                observations?.Add(observation);
            }
        }
        return proposals;
    }

    /// <summary>Any distribution that a sweep file can declare.</summary>
    public static Gen<Distribution> AnyDistribution()
    {
        var real = Gen.Choose(-1000, 1000).Select(i => i / 8.0);
        var positive = Gen.Choose(1, 100_000).Select(i => i / 64.0);
        var quantum = Gen.Elements<double?>(null, 0.1, 0.25, 1, 3);
        return Gen.OneOf(
            from value in real select (Distribution)new Distribution.Constant(ParameterValue.Of(value)),
            from count in Gen.Choose(1, 12) select (Distribution)Steps([.. Enumerable.Range(1, count).Select(i => (long)i * i)]),
            from count in Gen.Choose(1, 5) select (Distribution)Choices([.. Enumerable.Range(0, count).Select(i => $"v{i}")]),
            from low in Gen.Choose(-1000, 1000) from span in Gen.Choose(1, 1000) select (Distribution)new Distribution.IntUniform(low, low + span),
            from low in real from span in positive from q in quantum select (Distribution)new Distribution.Uniform(low, low + span + 3, q),
            from low in positive from span in positive from q in quantum select (Distribution)new Distribution.LogUniform(low, low + span + 3, q),
            from low in positive from span in positive select (Distribution)new Distribution.InverseLogUniform(low, low + span),
            from mean in real from deviation in positive from q in quantum select (Distribution)new Distribution.Normal(mean, deviation, q),
            from mean in Gen.Choose(-5, 5) from q in quantum select (Distribution)new Distribution.LogNormal(mean, 1, q),
            from count in Gen.Choose(1, 6) select (Distribution)new Distribution.Ordinal([.. Enumerable.Range(0, count).Select(i => ParameterValue.Of($"size{i * 7 % 5}-{i}"))]),
            from a in Gen.Choose(1, 40) from b in Gen.Choose(1, 40) from q in Gen.Elements<double?>(null, 0.1, 0.25) select (Distribution)new Distribution.Beta(a / 8.0, b / 8.0, q));
    }

    /// <summary>Any space of one to six parameters.</summary>
    public static Gen<ParameterSpec[]> AnySpace() =>
        Gen.Choose(1, 6).SelectMany(count => AnyDistribution().ArrayOf(count)).Select(distributions => distributions.Select((d, i) => new ParameterSpec($"p{i}", d)).ToArray());

    /// <summary>Any space of up to seven parameters, some of which depend on earlier ones, one of which may be derived, with or without a constraint.</summary>
    public static Gen<ExperimentSpec> AnyConditionalSpec(SearchMethod method) =>
        from parents in Gen.Choose(1, 3).SelectMany(count => Gen.Choose(1, 4).ArrayOf(count))
        from children in Gen.Choose(0, 3).SelectMany(count => AnyDistribution().ArrayOf(count))
        from links in Gen.Choose(0, 1000).ArrayOf(3)
        from isConstrained in Gen.Elements(true, false)
        from isReversed in Gen.Elements(true, false)
        select Conditional(method, parents, children, links, isConstrained, isReversed);

    private static ExperimentSpec Conditional(SearchMethod method, int[] parents, Distribution[] children, int[] links, bool isConstrained, bool isReversed)
    {
        var parameters = new List<ParameterSpec>();
        for (var i = 0; i < parents.Length; i++)
        {
            var above = i > 0 && links[0] % 2 == 0 ? new[] { new ParameterCondition($"c{i - 1}", [ParameterValue.Of(1L)]) } : null;
            parameters.Add(new ParameterSpec($"c{i}", Steps([.. Enumerable.Range(1, parents[i]).Select(v => (long)v)]), above));
        }
        for (var i = 0; i < children.Length; i++)
            parameters.Add(new ParameterSpec($"p{i}", children[i], [new ParameterCondition($"c{links[i] % parents.Length}", [ParameterValue.Of(1L), ParameterValue.Of(3L)])]));
        parameters.Add(new ParameterSpec("twice", new Distribution.Derived("c0 * 2")));
        // Children may stand before their parents.
        if (isReversed) parameters.Reverse();
        return Of(method, [.. parameters]) with { Constraints = isConstrained ? ["c0 < 4", "not (c0 == 2 and twice == 5)"] : null };
    }

    /// <summary>Whether a point holds the active parameters and no other, each with a value it can have, and keeps the constraints.</summary>
    public static bool IsValid(ExperimentSpec spec, ParameterSet point)
    {
        foreach (var parameter in spec.Parameters)
        {
            var isActive = (parameter.When ?? []).All(c => point.TryGet(c.Parameter, out var parent) && c.Allows(parent));
            var isThere = point.TryGet(parameter.Name, out var value);
            if (isActive != isThere) return false;
            if (isThere && parameter.Distribution is not Distribution.Derived && !IsValid(parameter.Distribution, value!)) return false;
        }
        return point.All(e => spec.Parameters.Any(p => p.Name == e.Key))
            && (spec.Constraints ?? []).All(c => Expression.Parse(c).Holds(name => point.TryGet(name, out var value) ? value : null));
    }

    /// <summary>Whether a distribution can give a value.</summary>
    public static bool IsValid(Distribution distribution, ParameterValue value) => distribution switch
    {
        Distribution.Constant d => value == d.Value,
        Distribution.Categorical d => d.Values.Contains(value),
        Distribution.IntUniform d => value is ParameterValue.Integer { Value: var i } && i >= d.Min && i <= d.Max,
        Distribution.Uniform d => InRange(value, d.Min, d.Max, d.Quantum),
        Distribution.LogUniform d => InRange(value, d.Min, d.Max, d.Quantum),
        Distribution.InverseLogUniform d => InRange(value, d.Min, d.Max, null),
        Distribution.Normal d => InRange(value, double.MinValue, double.MaxValue, d.Quantum),
        Distribution.LogNormal d => InRange(value, 0, double.MaxValue, d.Quantum),
        Distribution.Ordinal d => d.Values.Contains(value),
        Distribution.Beta d => InRange(value, 0, 1, d.Quantum),
        _ => false,
    };

    private static bool InRange(ParameterValue value, double minimum, double maximum, double? quantum)
    {
        if (value.Number is not { } number || number < minimum - 1e-9 || number > maximum + 1e-9) return false;
        if (quantum is not { } q) return value is ParameterValue.Real;
        var multiple = number / q;
        return value is ParameterValue.Integer == double.IsInteger(q) && Math.Abs(multiple - Math.Round(multiple)) <= 1e-9 * Math.Max(1, Math.Abs(multiple));
    }
}
