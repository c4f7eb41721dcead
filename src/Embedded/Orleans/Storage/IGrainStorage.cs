using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// Stores the states of grains. A write or clear whose ETag is not the stored one fails with <see cref="InconsistentStateException"/>;
/// one that succeeds sets the new ETag and RecordExists.
/// </summary>
public interface IGrainStorage
{
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
