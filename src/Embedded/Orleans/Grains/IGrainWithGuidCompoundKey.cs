namespace Orleans;

/// <summary>A grain interface whose key is a GUID and a string.</summary>
public interface IGrainWithGuidCompoundKey : IGrain;
