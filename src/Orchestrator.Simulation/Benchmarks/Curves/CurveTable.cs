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
    private readonly IReadOnlyList<(double Minimum, double Maximum, bool Log)> _ranges;

    private CurveTable(JsonElement space, IReadOnlyList<Curve> curves)
    {
        Name = space.GetProperty("name").GetString()!;
        Optimum = space.GetProperty("optimum").GetDouble();
        Median = space.GetProperty("median").GetDouble();
        Epochs = space.GetProperty("epochs").GetInt32();
        Parameters = [.. space.GetProperty("parameters").EnumerateArray().Select(ReadParameter)];
        _ranges = [.. space.GetProperty("parameters").EnumerateArray().Select(p => (p.GetProperty("min").GetDouble(), p.GetProperty("max").GetDouble(), p.GetProperty("log").GetBoolean()))];
        Curves = curves;
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The least error at the last epoch.</summary>
    public double Optimum { get; }

    /// <summary>The median error at the last epoch.</summary>
    public double Median { get; }

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
        double[] wanted = [.. Parameters.Select((p, i) => Scaled(point[p.Name].Number!.Value, i))];
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var row = 0; row < Curves.Count; row++)
        {
            if (taken.Contains(row)) continue;
            var distance = 0.0;
            for (var i = 0; i < wanted.Length; i++) distance += Math.Pow(Scaled(Curves[row].Parameters[i], i) - wanted[i], 2);
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
            var parameters = space.RootElement.GetProperty("parameters").GetArrayLength();
            return new CurveTable(space.RootElement, ReadCurves(path, parameters, space.RootElement.GetProperty("epochs").GetInt32()));
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

    private double Scaled(double value, int parameter)
    {
        var (minimum, maximum, log) = _ranges[parameter];
        return log ? Math.Log(value / minimum) / Math.Log(maximum / minimum) : (value - minimum) / (maximum - minimum);
    }
}
