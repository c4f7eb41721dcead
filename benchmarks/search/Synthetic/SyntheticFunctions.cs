using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Randomness;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Search.Benchmarks.Synthetic;

/// <summary>The usual test functions, continuous, in steps and mixed with choices; all have their best value near 0 or say so in their source.</summary>
public static class SyntheticFunctions
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SyntheticFunction> All { get; } =
    [
        Continuous("branin", 2, Branin),
        Continuous("hartmann6", 6, Hartmann6),
        Continuous("ackley5", 5, x => Ackley(Scale(x, -15, 30))),
        Continuous("rosenbrock4", 4, x => Rosenbrock(Scale(x, -5, 10))),
        Continuous("ellipsoid6", 6, x => Ellipsoid(Scale(x, -5, 5))),
        Continuous("rastrigin3", 3, x => Rastrigin(Scale(x, -5.12, 5.12))),
        Stepped("hartmann6_steps", 6, 6, Hartmann6),
        Stepped("rosenbrock5_steps", 5, 10, x => Rosenbrock(Scale(x, -2, 2))),
        Stepped("ackley5_steps", 5, 9, x => Ackley(Scale(x, -12, 20))),
        .. Enumerable.Range(1, 12).Select(seed => RandomNetwork(seed)),
        .. Enumerable.Range(1, 6).Select(seed => RandomInteractions(seed)),
        .. Enumerable.Range(1, 4).Select(seed => RandomBranches(seed)),
    ];

    private static SyntheticFunction Continuous(string name, int dimensions, Func<double[], double> value) => new(
        name,
        [.. Enumerable.Range(0, dimensions).Select(i => new ParameterSpec($"x{i}", new Distribution.Uniform(0, 1)))],
        parameters => value(Units(parameters, dimensions)),
        Optimum: 0);

    private static SyntheticFunction Stepped(string name, int dimensions, int steps, Func<double[], double> value) => new(
        name,
        [.. Enumerable.Range(0, dimensions).Select(i => new ParameterSpec($"x{i}", Steps(steps)))],
        parameters => value(Units(parameters, dimensions)));

    private static Distribution.Categorical Steps(int count) => new([.. Enumerable.Range(0, count).Select(i => ParameterValue.Of(i / (count - 1.0)))]);

    private static double[] Units(ParameterSet parameters, int count) => [.. Enumerable.Range(0, count).Select(i => parameters[$"x{i}"].Number!.Value)];

    private static double[] Scale(double[] x, double minimum, double maximum) => [.. x.Select(v => minimum + v * (maximum - minimum))];

    /// <summary>
    /// Like the error of a network over its training parameters: a bowl along some axes, a cliff where steps get too long, choices that shift it,
    /// and a tail of runs that diverge.
    /// </summary>
    private static SyntheticFunction RandomNetwork(int seed)
    {
        var random = SplitMix64.ForStream(seed, 1);
        var ordered = 3 + (int)random.NextBelow(3);
        var choices = (int)random.NextBelow(4);
        var parameters = new List<ParameterSpec>();
        var effects = new List<Func<ParameterSet, double>>();
        var places = new double[ordered];
        for (var i = 0; i < ordered; i++)
        {
            var name = $"o{i}";
            var steps = 3 + (int)random.NextBelow(8);
            parameters.Add(new ParameterSpec(name, Steps(steps)));
            var (centre, weight, power) = (places[i] = random.NextDouble(), Math.Exp(1.2 * random.NextNormal()), 1 + random.NextDouble());
            effects.Add(p => weight * Math.Pow(Math.Abs(p[name].Number!.Value - centre), power));
        }
        for (var i = 0; i < choices; i++)
        {
            var name = $"c{i}";
            var count = 2 + (int)random.NextBelow(3);
            parameters.Add(new ParameterSpec(name, new Distribution.Categorical([.. Enumerable.Range(0, count).Select(c => ParameterValue.Of($"v{c}"))])));
            var shifts = Enumerable.Range(0, count).Select(_ => 0.4 * Math.Abs(random.NextNormal())).ToArray();
            effects.Add(p => shifts[p[name].ToString()![1] - '0']);
        }
        var (cliff, coupling) = (0.55 + 0.4 * random.NextDouble(), random.NextNormal());
        return new SyntheticFunction($"network{seed}", parameters, p =>
        {
            var first = p["o0"].Number!.Value;
            var second = p["o1"].Number!.Value;
            var diverged = 20 * Math.Max(0, first + 0.3 * second - cliff - 0.2);
            return Math.Exp(effects.Sum(effect => effect(p)) + coupling * (first - places[0]) * (second - places[1]) + diverged) - 1 + 0.02 * Noise(p, seed);
        });
    }

    /// <summary>
    /// A choice of a kind, such as an optimizer, with parameters that only that kind has, a nested one among them, and one that all have.
    /// </summary>
    private static SyntheticFunction RandomBranches(int seed)
    {
        const int Kinds = 3;
        var random = SplitMix64.ForStream(seed, 4);
        List<ParameterSpec> parameters =
        [
            new("kind", new Distribution.Categorical([.. Enumerable.Range(0, Kinds).Select(k => ParameterValue.Of($"k{k}"))])),
            new("shared", new Distribution.Uniform(0, 1)),
        ];
        var bowls = new List<(string Kind, string Name, double Centre, double Weight)>();
        var levels = new double[Kinds];
        var centre = random.NextDouble();
        for (var kind = 0; kind < Kinds; kind++)
        {
            levels[kind] = Math.Abs(random.NextNormal());
            var only = new ParameterCondition("kind", [ParameterValue.Of($"k{kind}")]);
            for (var i = 0; i <= kind; i++)
            {
                parameters.Add(new ParameterSpec($"k{kind}_x{i}", new Distribution.Uniform(0, 1), [only]));
                bowls.Add(($"k{kind}", $"k{kind}_x{i}", random.NextDouble(), Math.Exp(1 + 0.8 * random.NextNormal())));
            }
        }
        var on = ParameterValue.Of("on");
        parameters.Add(new ParameterSpec("k2_extra", new Distribution.Categorical([on, ParameterValue.Of("off")]), [new ParameterCondition("kind", [ParameterValue.Of("k2")])]));
        parameters.Add(new ParameterSpec("k2_amount", new Distribution.Uniform(0, 1), [new ParameterCondition("k2_extra", [on])]));
        return new SyntheticFunction($"branches{seed}", parameters, p =>
        {
            var kind = p["kind"].ToString()!;
            var sum = levels[kind[1] - '0'] + 3 * Math.Pow(p["shared"].Number!.Value - centre, 2);
            foreach (var bowl in bowls)
                if (bowl.Kind == kind) sum += bowl.Weight * Math.Pow(p[bowl.Name].Number!.Value - bowl.Centre, 2);
            return p.TryGet("k2_amount", out var amount) ? sum - 0.8 + Math.Abs(amount.Number!.Value - 0.7) : sum;
        });
    }

    /// <summary>Choices only, with effects of single choices and of pairs, like a cell of operations.</summary>
    private static SyntheticFunction RandomInteractions(int seed)
    {
        const int Count = 5;
        var random = SplitMix64.ForStream(seed, 2);
        var dimensions = 5 + (int)random.NextBelow(3);
        var single = new double[dimensions, Count];
        var pairs = new double[dimensions, dimensions, Count, Count];
        for (var i = 0; i < dimensions; i++)
            for (var a = 0; a < Count; a++)
            {
                single[i, a] = random.NextNormal();
                for (var j = 0; j < i; j++)
                    for (var b = 0; b < Count; b++) pairs[i, j, a, b] = 0.4 * random.NextNormal();
            }
        var parameters = Enumerable.Range(0, dimensions)
            .Select(i => new ParameterSpec($"c{i}", new Distribution.Categorical([.. Enumerable.Range(0, Count).Select(a => ParameterValue.Of($"v{a}"))]))).ToList();
        return new SyntheticFunction($"interactions{seed}", parameters, p =>
        {
            var chosen = Enumerable.Range(0, dimensions).Select(i => p[$"c{i}"].ToString()![1] - '0').ToArray();
            var sum = 0.0;
            for (var i = 0; i < dimensions; i++)
            {
                sum += single[i, chosen[i]];
                for (var j = 0; j < i; j++) sum += pairs[i, j, chosen[i], chosen[j]];
            }
            return Math.Exp(0.5 * sum);
        });
    }

    /// <summary>The same at every reading of a point.</summary>
    private static double Noise(ParameterSet parameters, int seed)
    {
        var hash = (long)seed;
        foreach (var c in parameters.ToString()) hash = hash * 31 + c;
        return SplitMix64.ForStream(seed, hash).NextNormal();
    }

    private static double Branin(double[] unit)
    {
        var (x, y) = (unit[0] * 15 - 5, unit[1] * 15);
        var bowl = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10 - 0.397887;
    }

    private static double Ackley(double[] x) =>
        -20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v))) + 20 + Math.E;

    private static double Rosenbrock(double[] x)
    {
        var sum = 0.0;
        for (var i = 1; i < x.Length; i++) sum += 100 * Math.Pow(x[i] - x[i - 1] * x[i - 1], 2) + Math.Pow(1 - x[i - 1], 2);
        return sum;
    }

    private static double Ellipsoid(double[] x) => x.Select((v, i) => Math.Pow(10, 4.0 * i / (x.Length - 1)) * Math.Pow(v - 0.7 * i + 1.5, 2)).Sum();

    private static double Rastrigin(double[] x) => x.Sum(v => (v - 0.9) * (v - 0.9) - 10 * Math.Cos(2 * Math.PI * (v - 0.9)) + 10);

    private static double Hartmann6(double[] x)
    {
        double[] weights = [1, 1.2, 3, 3.2];
        double[,] a = { { 10, 3, 17, 3.5, 1.7, 8 }, { 0.05, 10, 17, 0.1, 8, 14 }, { 3, 3.5, 1.7, 10, 17, 8 }, { 17, 8, 0.05, 10, 0.1, 14 } };
        double[,] p =
        {
            { 0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886 }, { 0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991 },
            { 0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650 }, { 0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381 },
        };
        var sum = 3.32237;
        for (var i = 0; i < 4; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < 6; j++) exponent += a[i, j] * (x[j] - p[i, j]) * (x[j] - p[i, j]);
            sum -= weights[i] * Math.Exp(-exponent);
        }
        return sum;
    }
}
