namespace Orleans.Benchmarks;

public interface IPingGrain : IGrainWithIntegerKey
{
    /// <summary>Answers at once.</summary>
    Task<int> Ping(int value);

    /// <summary>Calls another grain that often, one call after the other.</summary>
    Task CallOther(IPingGrain other, int calls);

    /// <summary>Takes a turn between its beginning and its end.</summary>
    Task Yield();
}
