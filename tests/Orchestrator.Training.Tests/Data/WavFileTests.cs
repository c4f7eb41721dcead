using System.Buffers.Binary;
using Orchestrator.Training.Data.Sound;

namespace Orchestrator.Training.Tests.Data;

public sealed class WavFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OfWhatWasWritten_GivesItBackToSixteenBits()
    {
        float[] samples = [0, 0.5f, -0.25f, 1, -1, 2, float.NaN];
        var (rate, read) = WavFile.Read(Write(File(samples)));
        Assert.Equal(8_000, rate);
        Assert.Equal([0, 0.5f, -0.25f, 32_767 / 32_768f, -1, 32_767 / 32_768f, 0], read);
    }

    [Fact]
    public void Write_OfTwoSamples_GivesTheBytesOfTheFormat() => Assert.Equal(
        "52494646280000005741564566 6D7420100000000100010040 1F0000803E000002001000 6461746104000000 0040 00C0".Replace(" ", "", StringComparison.Ordinal),
        Convert.ToHexString(File([0.5f, -0.5f])));

    [Fact]
    public void Read_OfTwoChannelsAfterAnotherPart_AveragesThem()
    {
        var file = File([0.5f, 0.25f, -1, 0]);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(22), 2);
        byte[] other = [.. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0]; // of an odd size: one byte more is skipped
        Assert.Equal([0.375f, -0.5f], WavFile.Read(Write([.. file[..12], .. other, .. file[12..]])).Samples);
    }

    [Theory]
    [InlineData(0, (byte)'X', TrainingException.DatasetDamaged, "does not begin with RIFF")]
    [InlineData(20, (byte)3, TrainingException.DatasetUnsupported, "encoding 3 with 16 bits")]
    [InlineData(34, (byte)8, TrainingException.DatasetUnsupported, "encoding 1 with 8 bits")]
    [InlineData(22, (byte)0, TrainingException.DatasetDamaged, "0 channels")]
    [InlineData(22, (byte)3, TrainingException.DatasetDamaged, "no whole number of 3 channels")]
    [InlineData(36, (byte)'x', TrainingException.DatasetDamaged, "no samples")]
    [InlineData(40, (byte)200, TrainingException.DatasetDamaged, "a part of 200 bytes begins at byte 36")]
    [InlineData(12, (byte)'x', TrainingException.DatasetDamaged, "before their format")]
    public void Read_OfADamagedFile_SaysWhatIsWrong(int at, byte value, string code, string message)
    {
        var file = File([0.5f, -0.5f]);
        file[at] = value;
        var exception = Assert.Throws<TrainingException>(() => WavFile.Read(Write(file)));
        Assert.Equal(code, exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfAnyBeginningOfAFile_NeverFailsOtherwise()
    {
        var file = File([0.5f, -0.5f]);
        for (var length = 0; length < file.Length; length++)
            Assert.Throws<TrainingException>(() => WavFile.Read(Write(file[..length])));
    }

    [Fact]
    public void Read_OfNoFile_SaysSo() =>
        Assert.Equal(TrainingException.DatasetMissing, Assert.Throws<TrainingException>(() => WavFile.Read(_folder.File("none.wav"))).Code);

    private static byte[] File(float[] samples)
    {
        using var stream = new MemoryStream();
        WavFile.Write(stream, 8_000, samples);
        return stream.ToArray();
    }

    private string Write(byte[] content)
    {
        System.IO.File.WriteAllBytes(_folder.File("sound.wav"), content);
        return _folder.File("sound.wav");
    }
}
