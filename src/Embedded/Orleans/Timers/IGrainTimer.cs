namespace Orleans.Runtime;

/// <summary>A timer of a grain. It ends when it is disposed, and with its activation.</summary>
public interface IGrainTimer : IDisposable
{
    void Change(TimeSpan dueTime, TimeSpan period);
}
