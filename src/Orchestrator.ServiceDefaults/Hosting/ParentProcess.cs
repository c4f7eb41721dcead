namespace Orchestrator.ServiceDefaults.Hosting;

/// <summary>Ties a process to the one that started it, over the pipe that is its standard input: however the parent ends, the pipe does too.</summary>
public static class ParentProcess
{
    /// <summary>Calls <paramref name="ended"/> once, from a thread of its own, when standard input reaches its end.</summary>
    public static void WhenEnded(Action ended)
    {
        var thread = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            Span<byte> scratch = stackalloc byte[256];
            while (ReadSome(input, scratch) > 0)
            {
            }
            ended();
        })
        { IsBackground = true, Name = "parent-watch" };
        thread.Start();
    }

    private static int ReadSome(Stream input, Span<byte> scratch)
    {
        try
        {
            return input.Read(scratch);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
