using Orleans.Runtime;

namespace Orleans;

/// <summary>The root of every observer interface: an object that grains can call though it is not a grain.</summary>
public interface IGrainObserver : IAddressable;
