using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Benchmarks.Curves;

/// <summary>Learning curves of many configurations: the validation error after each epoch, to be minimised.</summary>
public sealed class CurveTable
{
    private readonly double[][] _places;

    /// <summary>A table of curves.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The space that the configurations were drawn from: ranges and lists of numbers.</param>
    /// <param name="curves">One for each configuration, at least one, all of the same length.</param>
    public CurveTable(string name, IReadOnlyList<ParameterSpec> parameters, IReadOnlyList<Curve> curves)
    {
        Name = name;
        Parameters = parameters;
        Curves = curves;
        Epochs = curves[0].Errors.Count;
        double[] final = [.. curves.Select(c => c.Errors[^1]).Order()];
        Optimum = final[0];
        Median = 0.5 * (final[(final.Length - 1) / 2] + final[final.Length / 2]);
        _places = [.. curves.Select(c => PlaceOf(c.Parameters))];
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The least error at the last epoch.</summary>
    public double Optimum { get; private init; }

    /// <summary>The median error at the last epoch.</summary>
    public double Median { get; private init; }

    /// <summary>Epochs of a whole training.</summary>
    public int Epochs { get; }

    /// <summary>The space that the configurations were drawn from.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <summary>The configurations.</summary>
    public IReadOnlyList<Curve> Curves { get; }

    /// <summary>How far a final error is from the optimum: 0 there, 1 at the median.</summary>
    public double Regret(double error) => (error - Optimum) / (Median - Optimum);

    /// <summary>The index of the nearest curve that is not taken, by its parameters on their scales.</summary>
    public int Nearest(ParameterSet point, ISet<int> taken)
    {
        var wanted = PlaceOf([.. Parameters.Select(p => point[p.Name].Number!.Value)]);
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var row = 0; row < _places.Length; row++)
        {
            if (taken.Contains(row)) continue;
            var distance = 0.0;
            for (var i = 0; i < wanted.Length; i++) distance += (_places[row][i] - wanted[i]) * (_places[row][i] - wanted[i]);
            if (distance < least) (nearest, least) = (row, distance);
        }
        return nearest;
    }

    /// <summary>The parameters of a curve.</summary>
    public ParameterSet ParametersOf(int row) => new(Parameters.Select((p, i) => new KeyValuePair<string, ParameterValue>(
        p.Name,
        p.Distribution is Distribution.Uniform or Distribution.LogUniform { Quantum: null } ? ParameterValue.Of(Curves[row].Parameters[i]) : ParameterValue.Of((long)Curves[row].Parameters[i]))));

    /// <summary>Reads <c>NAME.curves.csv.gz</c> and the <c>NAME.space.json</c> beside it.</summary>
    /// <exception cref="OrchestratorException">A file is missing or damaged.</exception>
    public static CurveTable Load(string path)
    {
        const string Ending = ".curves.csv.gz";
        try
        {
            if (!path.EndsWith(Ending, StringComparison.Ordinal)) throw new InvalidDataException($"its name does not end in {Ending}.");
            using var space = JsonDocument.Parse(File.ReadAllText(path[..^Ending.Length] + ".space.json"));
            List<ParameterSpec> parameters = [.. space.RootElement.GetProperty("parameters").EnumerateArray().Select(ReadParameter)];
            var curves = ReadCurves(path, parameters.Count, space.RootElement.GetProperty("epochs").GetInt32());
            return new CurveTable(space.RootElement.GetProperty("name").GetString()!, parameters, curves)
            {
                Optimum = space.RootElement.GetProperty("optimum").GetDouble(),
                Median = space.RootElement.GetProperty("median").GetDouble(),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OrchestratorException("bench.curves", $"'{path}' is not a table of curves with a space beside it: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static List<Curve> ReadCurves(string path, int parameters, int epochs)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var curves = new List<Curve>();
        while (reader.ReadLine() is { } line)
        {
            double[] cells = [.. line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            if (cells.Length != parameters + epochs + 1) throw new InvalidDataException($"a row has {cells.Length} cells, not {parameters + epochs + 1}.");
            curves.Add(new Curve(cells[..parameters], cells[parameters..^1], cells[^1]));
        }
        if (curves.Count == 0) throw new InvalidDataException("it has no row.");
        return curves;
    }

    private static ParameterSpec ReadParameter(JsonElement parameter)
    {
        var (minimum, maximum) = (parameter.GetProperty("min").GetDouble(), parameter.GetProperty("max").GetDouble());
        var isWhole = parameter.GetProperty("type").GetString() == "int";
        Distribution distribution = (isWhole, parameter.GetProperty("log").GetBoolean()) switch
        {
            (true, true) => new Distribution.LogUniform(minimum, maximum, 1),
            (true, false) => new Distribution.IntUniform((long)minimum, (long)maximum),
            (false, true) => new Distribution.LogUniform(minimum, maximum),
            _ => new Distribution.Uniform(minimum, maximum),
        };
        return new ParameterSpec(parameter.GetProperty("name").GetString()!, distribution);
    }

    private double[] PlaceOf(IReadOnlyList<double> values) => [.. values.Select((value, i) => Parameters[i].Distribution switch
    {
        Distribution.LogUniform log => Math.Log(value / log.Min) / Math.Log(log.Max / log.Min),
        Distribution.IntUniform range => (value - range.Min) / (range.Max - range.Min),
        Distribution.Uniform range => (value - range.Min) / (range.Max - range.Min),
        var other => throw new OrchestratorException("bench.curves", $"curves are over ranges, not {other.GetType().Name}"),
    })];
}
