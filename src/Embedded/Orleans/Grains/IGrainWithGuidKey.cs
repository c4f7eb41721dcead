namespace Orleans;

/// <summary>A grain interface whose key is a GUID.</summary>
public interface IGrainWithGuidKey : IGrain;
