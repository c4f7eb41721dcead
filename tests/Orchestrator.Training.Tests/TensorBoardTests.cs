using System.Text;
using Orchestrator.Training.Artifacts.TensorBoard;

namespace Orchestrator.Training.Tests;

public sealed class TensorBoardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void MaskedChecksum_OfTheNineDigits_IsThatOfTheStandard()
    {
        const uint checksum = 0xe3069283; // RFC 3720 gives CRC-32C's check value
        Assert.Equal(unchecked(((checksum >> 15) | (checksum << 17)) + 0xa282ead8), RecordFile.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void EventFile_WhenNew_BeginsWithTheBytesOfTensorFlows()
    {
        var file = Write(_ => { });
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(file[..12])); // a record of 24 bytes
        Assert.Equal("09000000000000F03F1A0D" + Convert.ToHexString("brain.Event:2"u8), Convert.ToHexString(file[12..36]));
        Assert.Equal(40, file.Length);
    }

    [Fact]
    public void AddScalars_OfOne_IsAnEventWithASummary()
    {
        var record = Write(events => events.AddScalars(300, [KeyValuePair.Create("loss", 0.5)]))[40..];
        Assert.Equal("09000000000000F03F" + "10AC02" + "2A0D" + "0A0B" + "0A046C6F7373" + "150000003F", Convert.ToHexString(record[12..^4]));
        Assert.Equal(record.Length - 16, BitConverter.ToInt64(record));
        Assert.Equal(RecordFile.MaskedChecksum(record.AsSpan(12..^4)), BitConverter.ToUInt32(record.AsSpan(^4..)));
    }

    [Fact]
    public void AddImage_OfAPng_HasItsSize()
    {
        byte[] png = [.. new byte[16], 0, 0, 0, 7, 0, 0, 0, 5, 1];
        var record = Write(events => events.AddImage(1, "samples", png))[40..];
        Assert.EndsWith("0805" + "1007" + "1801" + "2219" + Convert.ToHexString(png), Convert.ToHexString(record[..^4]), StringComparison.Ordinal);
        Assert.Contains("samples", Encoding.Latin1.GetString(record), StringComparison.Ordinal);
    }

    private byte[] Write(Action<EventFile> add)
    {
        using (var events = new EventFile(_folder.Path, 2, new FirstSecond()))
            add(events);
        return File.ReadAllBytes(_folder.File("events.out.tfevents.0000000001.attempt-002"));
    }

    /// <summary>A second after 1970 began.</summary>
    private sealed class FirstSecond : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1);
    }
}
