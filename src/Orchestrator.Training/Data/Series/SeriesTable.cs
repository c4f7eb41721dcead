using System.Globalization;

namespace Orchestrator.Training.Data.Series;

/// <summary>
/// Numbers over time, from a CSV file: a line is a time, a column a series; the first line may name the columns. The last tenth of the times is for
/// validation; each column is scaled to mean 0 and variance 1 over the others.
/// </summary>
public sealed class SeriesTable
{
    private const long MaximumBytes = 1L << 28;
    private const int ValidationShare = 10;

    private readonly string _path;
    private readonly int _columns;
    private readonly float[] _values;

    private SeriesTable(string path, int columns, float[] values) => (_path, _columns, _values) = (path, columns, values);

    private int Times => _values.Length / _columns;

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrainingException">It is missing, too long, or no table of numbers.</exception>
    public static SeriesTable Open(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
                throw Damaged(path, $"it is longer than {MaximumBytes >> 20} MiB");
            return Parse(path, File.ReadLines(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Windows as rows: the label of a row is the same window one time on.</summary>
    /// <param name="length">Times of a window.</param>
    /// <param name="epochRows">Windows of an epoch, drawn at random.</param>
    /// <exception cref="TrainingException">There are fewer times than for two windows.</exception>
    public DatasetSplit Windows(int length, int epochRows)
    {
        var validation = Math.Max(Times / ValidationShare, length + 1);
        var training = Times - validation;
        if (training <= length)
            throw Damaged(_path, $"it has {Times} times, too few for windows of {length} to train on and to judge by");
        var scaled = Scale(training);
        return new DatasetSplit(
            new SeriesWindows(scaled.AsMemory(0, training * _columns), _columns, length, stride: 1),
            new SeriesWindows(scaled.AsMemory(training * _columns), _columns, length, stride: length),
            Classes: 0)
        {
            EpochRows = epochRows,
        };
    }

    private static SeriesTable Parse(string path, IEnumerable<string> lines)
    {
        var values = new List<float>();
        var columns = 0;
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var cells = line.Split(',');
            if (columns == 0)
            {
                columns = cells.Length;
                if (!float.TryParse(cells[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                    continue; // names
            }

            if (cells.Length != columns)
                throw Damaged(path, $"line {number} has {cells.Length} cells, the first one {columns}");
            foreach (var cell in cells)
                values.Add(float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value) ? value : throw Damaged(path, $"'{cell}' in line {number} is no number"));
        }

        return values.Count > 0 ? new SeriesTable(path, columns, [.. values]) : throw Damaged(path, "it has no numbers");
    }

    private static TrainingException Damaged(string path, string detail) =>
        new(TrainingException.DatasetDamaged, $"{path} is no table of numbers over time: {detail}.");

    private float[] Scale(int times)
    {
        var scaled = new float[_values.Length];
        for (var column = 0; column < _columns; column++)
        {
            var (mean, deviation) = Moments(column, times);
            for (var i = column; i < _values.Length; i += _columns)
                scaled[i] = (float)((_values[i] - mean) / deviation);
        }

        return scaled;
    }

    /// <summary>Mean and standard deviation of a column's first times; a constant column has deviation 1.</summary>
    private (double Mean, double Deviation) Moments(int column, int times)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < times; i++)
            sum += _values[(i * _columns) + column];
        var mean = sum / times;
        for (var i = 0; i < times; i++)
            squares += Math.Pow(_values[(i * _columns) + column] - mean, 2);
        var deviation = Math.Sqrt(squares / times);
        return (mean, deviation > 0 ? deviation : 1);
    }
}
