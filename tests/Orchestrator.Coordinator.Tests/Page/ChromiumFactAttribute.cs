namespace Orchestrator.Coordinator.Tests.Page;

/// <summary>A test that needs a browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Where Debian has it.</summary>
    internal const string Chromium = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Chromium)) Skip = "Chromium is not installed (Debian: apt-get install chromium).";
    }
}
