using System.Buffers.Binary;

namespace Orchestrator.Training.Artifacts.TensorBoard;

/// <summary>
/// An event file, which TensorBoard shows: scalars and images over the steps of a trial. The fields are those of TensorFlow's <c>event.proto</c> and
/// <c>summary.proto</c>.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5;
    private const int Value = 1;
    private const int Tag = 1, SimpleValue = 2, Image = 4;
    private const int Height = 1, Width = 2, Colorspace = 3, EncodedImage = 4;
    private const int Grey = 1;
    private const int PngWidthOffset = 16;

    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <summary>Begins a file in a folder, which TensorBoard reads together with what earlier attempts left there.</summary>
    /// <param name="folder">The folder; it is made.</param>
    /// <param name="attempt">The attempt's number.</param>
    /// <param name="time">The clock.</param>
    internal EventFile(string folder, int attempt, TimeProvider time)
    {
        _time = time;
        Directory.CreateDirectory(folder);
        _file = new FileStream(
            Path.Combine(folder, $"events.out.tfevents.{time.GetUtcNow().ToUnixTimeSeconds():D10}.attempt-{attempt:D3}"), FileMode.Create, FileAccess.Write, FileShare.Read);
        Append(new Message().Add(WallTime, Now).Add(FileVersion, "brain.Event:2"));
    }

    private double Now => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>Adds numbers of a step.</summary>
    internal void AddScalars(long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        var summary = new Message();
        foreach (var (name, value) in values)
            summary.Add(Value, new Message().Add(Tag, name).Add(SimpleValue, (float)value));
        Append(new Message().Add(WallTime, Now).Add(Step, step).Add(Summary, summary));
    }

    /// <summary>Adds a picture of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="name">What it shows.</param>
    /// <param name="png">A PNG file of greys.</param>
    internal void AddImage(long step, string name, byte[] png)
    {
        var size = png.AsSpan(PngWidthOffset);
        var image = new Message()
            .Add(Height, (long)BinaryPrimitives.ReadInt32BigEndian(size[sizeof(int)..]))
            .Add(Width, (long)BinaryPrimitives.ReadInt32BigEndian(size))
            .Add(Colorspace, (long)Grey)
            .Add(EncodedImage, png);
        Append(new Message().Add(WallTime, Now).Add(Step, step).Add(Summary, new Message().Add(Value, new Message().Add(Tag, name).Add(Image, image))));
    }

    public void Dispose() => _file.Dispose();

    private void Append(Message message)
    {
        RecordFile.Append(_file, message.Content);
        _file.Flush();
    }
}
