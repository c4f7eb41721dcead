using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps states in memory, as JSON, so that what a grain changes without writing does not change what is stored.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };
    private readonly Lock _gate = new();
    private readonly Dictionary<(string State, GrainId Grain), (string ETag, byte[] Content)> _records = [];
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        (string ETag, byte[] Content) record;
        lock (_gate) grainState.RecordExists = _records.TryGetValue((stateName, grainId), out record);
        grainState.ETag = record.ETag;
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(record.Content, Json)! : default!;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json);
        lock (_gate)
        {
            CheckVersion(stateName, grainId, grainState.ETag);
            grainState.ETag = (++_version).ToString();
            _records[(stateName, grainId)] = (grainState.ETag, content);
        }
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_gate)
        {
            CheckVersion(stateName, grainId, grainState.ETag);
            _records.Remove((stateName, grainId));
        }
        grainState.RecordExists = false;
        grainState.ETag = null;
        grainState.State = default!;
        return Task.CompletedTask;
    }

    private void CheckVersion(string stateName, GrainId grainId, string? held)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        if (stored != held)
            throw new InconsistentStateException($"The state {stateName} of grain {grainId} was written by somebody else.", stored ?? "", held ?? "");
    }
}
