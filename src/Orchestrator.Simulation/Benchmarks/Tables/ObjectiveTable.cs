using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Orchestrator.Domain.Errors;
using Orchestrator.Domain.Parameters;
using Orchestrator.Domain.Specs;

namespace Orchestrator.Simulation.Benchmarks.Tables;

/// <summary>Every configuration of a discrete space with its objective, to be minimised.</summary>
public sealed class ObjectiveTable
{
    private readonly Dictionary<string, double> _objectives;

    private ObjectiveTable(string name, double optimum, double median, IReadOnlyList<ParameterSpec> parameters, Dictionary<string, double> objectives)
    {
        Name = name;
        Optimum = optimum;
        Median = median;
        Parameters = parameters;
        _objectives = objectives;
    }

    /// <summary>The table's name.</summary>
    public string Name { get; }

    /// <summary>The least objective.</summary>
    public double Optimum { get; }

    /// <summary>The median objective.</summary>
    public double Median { get; }

    /// <summary>The space.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <summary>How far an objective is from the optimum: 0 there, 1 at the median.</summary>
    public double Regret(double objective) => (objective - Optimum) / (Median - Optimum);

    /// <summary>The objective of a configuration.</summary>
    /// <exception cref="OrchestratorException">The table has no such row.</exception>
    public double Objective(ParameterSet parameters) => _objectives.TryGetValue(Key(Parameters.Select(p => parameters[p.Name].ToString()!)), out var objective)
        ? objective
        : throw new OrchestratorException("bench.table", $"the table '{Name}' has no row for {parameters}");

    /// <summary>Reads <c>NAME.csv.gz</c> and the <c>NAME.space.json</c> beside it.</summary>
    /// <exception cref="OrchestratorException">A file is missing or damaged.</exception>
    public static ObjectiveTable Load(string path)
    {
        try
        {
            using var space = JsonDocument.Parse(File.ReadAllText(SpacePath(path)));
            var root = space.RootElement;
            List<ParameterSpec> parameters = [.. root.GetProperty("parameters").EnumerateArray().Select(ReadParameter)];
            return new ObjectiveTable(root.GetProperty("name").GetString()!, root.GetProperty("optimum").GetDouble(), root.GetProperty("median").GetDouble(), parameters, ReadRows(path, parameters));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new OrchestratorException("bench.table", $"'{path}' is not a table with a space beside it: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static string SpacePath(string path)
    {
        const string Ending = ".csv.gz";
        if (!path.EndsWith(Ending, StringComparison.Ordinal)) throw new InvalidDataException($"its name does not end in {Ending}.");
        return path[..^Ending.Length] + ".space.json";
    }

    private static ParameterSpec ReadParameter(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!,
        new Distribution.Categorical([.. parameter.GetProperty("values").EnumerateArray().Select(ReadValue)]));

    private static ParameterValue ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ParameterValue.Of(value.GetString()!),
        _ when value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 => ParameterValue.Of(value.GetInt64()),
        _ => ParameterValue.Of(value.GetDouble()),
    };

    private static Dictionary<string, double> ReadRows(string path, List<ParameterSpec> parameters)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();
        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length != parameters.Count + 1) throw new InvalidDataException($"a row has {cells.Length} cells, not {parameters.Count + 1}.");
            rows[Key(parameters.Select((p, i) => Canonical(p, cells[i])))] = double.Parse(cells[^1], CultureInfo.InvariantCulture);
        }
        return rows;
    }

    // The table writes numbers as Python does: 1e-08 where we write 1E-08.
    private static string Canonical(ParameterSpec parameter, string cell) => ((Distribution.Categorical)parameter.Distribution).Values[0] switch
    {
        ParameterValue.Text => cell,
        _ => ((Distribution.Categorical)parameter.Distribution).Values.First(v => v.Number == double.Parse(cell, CultureInfo.InvariantCulture)).ToString()!,
    };

    private static string Key(IEnumerable<string> values) => string.Join(',', values);
}
