using System.Runtime.InteropServices;
using Orchestrator.Training.Data;
using Orchestrator.Training.Imaging;
using Orchestrator.Training.Metrics;
using Orchestrator.Training.Tasks;
using static TorchSharp.torch;

namespace Orchestrator.Tasks.Points2d;

/// <summary>The data of the tasks on points, how samples are judged by them, and how they are drawn.</summary>
internal static class PointCloud
{
    internal const string ModesMetric = "validation_modes";
    internal const string QualityMetric = "validation_quality";

    private const int TrainingPoints = 10_240;
    private const int ValidationPoints = 1_000;
    private const int PictureSide = 256;
    private const float Extent = 1.5f;

    internal static RingOfGaussians Ring { get; } = new(Modes: 8, Deviation: 0.05);

    /// <summary>The same points for every trial.</summary>
    internal static DatasetSplit Data { get; } = new(Ring.Draw(TrainingPoints, seed: 1), Ring.Draw(ValidationPoints, seed: 2), Ring.Modes);

    /// <summary>Reports how many modes were found, and the share of points near one.</summary>
    internal static void Report(SampleJudgement judgement, Tensor points)
    {
        var coverage = ModeCoverage.Of(Coordinates(points), Ring.Centres, Ring.Deviation);
        judgement.Report(ModesMetric, coverage.Modes);
        judgement.Report(QualityMetric, coverage.Quality);
    }

    /// <summary>A square from -1.5 to 1.5, x to the right, y upwards; the brighter, the more points.</summary>
    internal static ImageGrid Paint(Tensor points)
    {
        var picture = new float[PictureSide * PictureSide];
        var coordinates = Coordinates(points);
        for (var i = 0; i < coordinates.Length; i += 2)
        {
            var (column, row) = (Pixel(coordinates[i]), PictureSide - 1 - Pixel(coordinates[i + 1]));
            if (column is >= 0 and < PictureSide && row is >= 0 and < PictureSide)
                picture[(row * PictureSide) + column] += 0.5f;
        }

        var grid = new ImageGrid(PictureSide, PictureSide, 1, 1, scale: 2);
        grid.Set(0, picture);
        return grid;
    }

    private static int Pixel(float coordinate) => (int)MathF.Floor((coordinate + Extent) / (2 * Extent) * PictureSide);

    private static ReadOnlySpan<float> Coordinates(Tensor points) => MemoryMarshal.Cast<byte, float>(points.cpu().contiguous().bytes);
}
