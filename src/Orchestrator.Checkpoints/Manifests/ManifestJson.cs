using System.Text.Json;

namespace Orchestrator.Checkpoints.Manifests;

/// <summary>Manifests as JSON.</summary>
internal static class ManifestJson
{
    internal const int MaximumBytes = 1 << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        MaxDepth = 16,
    };

    internal static byte[] Write(CheckpointManifest manifest) => JsonSerializer.SerializeToUtf8Bytes(manifest, Options);

    /// <exception cref="CheckpointException">The text is no manifest, or one of another version.</exception>
    internal static CheckpointManifest Read(byte[] json, string name)
    {
        try
        {
            RequireVersion(json, name);
            return JsonSerializer.Deserialize<CheckpointManifest>(json, Options)!;
        }
        catch (JsonException exception)
        {
            throw new CheckpointException(CheckpointError.Damaged, $"The manifest of checkpoint {name} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Looked at first: another version may lack what this one requires.</summary>
    private static void RequireVersion(byte[] json, string name)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("format_version", out var version)
            || version.ValueKind != JsonValueKind.Number)
            throw new JsonException("it has no format_version.");
        if (!version.TryGetInt32(out var number) || number != CheckpointManifest.CurrentVersion)
            throw new CheckpointException(CheckpointError.UnsupportedVersion, $"Checkpoint {name} has format version {version}; this build reads {CheckpointManifest.CurrentVersion}. Use the build that wrote it.");
    }
}
