namespace Orleans;

/// <summary>The way into the silo from outside grains.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
