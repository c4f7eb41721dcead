using System.Buffers.Binary;

namespace Orchestrator.Training.Data.Sound;

/// <summary>
/// WAV files of 16-bit PCM, uncompressed: what every program reads. IBM and Microsoft: Multimedia Programming Interface and Data Specifications 1.0, 1991.
/// </summary>
public static class WavFile
{
    private const int MaximumBytes = 1 << 28;
    private const int MaximumChannels = 8;
    private const int HeaderBytes = 44;
    private const int FormatBytes = 16;
    private const ushort Pcm = 1;
    private const ushort Extensible = 0xFFFE;
    private const int SubformatOffset = 24;
    private const float Scale = 32_768;

    /// <summary>Reads a file; several channels are averaged.</summary>
    /// <returns>Samples of a second, and the samples from -1 to 1.</returns>
    /// <exception cref="TrainingException">The file is missing, damaged, or of another encoding.</exception>
    public static (int SampleRate, float[] Samples) Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumBytes)
                throw Damaged(path, $"it is longer than {MaximumBytes >> 20} MiB");
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes one channel.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sampleRate">Samples of a second.</param>
    /// <param name="samples">From -1 to 1; others are clipped.</param>
    public static void Write(Stream output, int sampleRate, ReadOnlySpan<float> samples)
    {
        var file = new byte[HeaderBytes + (sizeof(short) * samples.Length)];
        var span = file.AsSpan();
        "RIFF"u8.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(span[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[16..], FormatBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(span[20..], Pcm);
        BinaryPrimitives.WriteUInt16LittleEndian(span[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(span[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(span[28..], sampleRate * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(span[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(span[34..], 8 * sizeof(short));
        "data"u8.CopyTo(span[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(span[40..], sizeof(short) * samples.Length);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(span[(HeaderBytes + (sizeof(short) * i))..], ToInt16(samples[i]));
        output.Write(file);
    }

    private static short ToInt16(float sample) =>
        float.IsNaN(sample) ? (short)0 : (short)Math.Clamp(MathF.Round(sample * Scale), short.MinValue, short.MaxValue);

    private static (int SampleRate, float[] Samples) Parse(string path, ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw Damaged(path, "it does not begin with RIFF and WAVE");
        var (rate, channels) = (0, 0);
        for (var at = 12; at + 8 <= file.Length;)
        {
            var name = file.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += 8;
            if (size > file.Length - at)
                throw Damaged(path, $"a part of {size} bytes begins at byte {at - 8}, but the file ends at {file.Length}");
            var content = file.Slice(at, (int)size);
            if (name.SequenceEqual("fmt "u8))
                (rate, channels) = ReadFormat(path, content);
            else if (name.SequenceEqual("data"u8))
                return channels > 0 ? (rate, ReadSamples(path, content, channels)) : throw Damaged(path, "its samples come before their format");
            at += (int)(size + (size & 1)); // parts begin at even bytes
        }

        throw Damaged(path, "it has no samples");
    }

    private static (int Rate, int Channels) ReadFormat(string path, ReadOnlySpan<byte> format)
    {
        if (format.Length < FormatBytes)
            throw Damaged(path, $"its format has {format.Length} bytes");
        var encoding = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (encoding == Extensible && format.Length >= SubformatOffset + sizeof(ushort))
            encoding = BinaryPrimitives.ReadUInt16LittleEndian(format[SubformatOffset..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (encoding != Pcm || bits != 8 * sizeof(short))
            throw new TrainingException(TrainingException.DatasetUnsupported, $"{path} has encoding {encoding} with {bits} bits a sample; this program reads PCM (1) with 16. Convert it first.");
        var (channels, rate) = (BinaryPrimitives.ReadUInt16LittleEndian(format[2..]), BinaryPrimitives.ReadInt32LittleEndian(format[4..]));
        return channels is > 0 and <= MaximumChannels && rate > 0
            ? (rate, channels)
            : throw Damaged(path, $"it says that it has {channels} channels (1 to {MaximumChannels} are possible) and {rate} samples a second");
    }

    private static float[] ReadSamples(string path, ReadOnlySpan<byte> content, int channels)
    {
        var frame = sizeof(short) * channels;
        if (content.Length == 0 || content.Length % frame != 0)
            throw Damaged(path, $"its samples have {content.Length} bytes: no whole number of {channels} channels of 16 bits");
        var samples = new float[content.Length / frame];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0;
            for (var channel = 0; channel < channels; channel++)
                sum += BinaryPrimitives.ReadInt16LittleEndian(content[((i * frame) + (sizeof(short) * channel))..]);
            samples[i] = sum / (Scale * channels);
        }

        return samples;
    }

    private static TrainingException Damaged(string path, string detail) =>
        new(TrainingException.DatasetDamaged, $"{path} is no WAV file that can be read: {detail}.");
}
