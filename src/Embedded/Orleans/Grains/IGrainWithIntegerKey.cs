namespace Orleans;

/// <summary>A grain interface whose key is a 64-bit integer.</summary>
public interface IGrainWithIntegerKey : IGrain;
