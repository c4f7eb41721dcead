namespace Orleans;

/// <summary>Marks attributes of constructor parameters that the silo provides.</summary>
public interface IFacetMetadata;
