namespace Orleans.Configuration;

/// <summary>Settings of the storage in memory; the embedded one needs none.</summary>
public class MemoryGrainStorageOptions;
