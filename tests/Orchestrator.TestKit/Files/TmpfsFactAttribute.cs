using Xunit;

namespace Orchestrator.TestKit.Files;

/// <summary>A test that needs a <see cref="TmpfsFolder"/>; skipped where this user may not mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!TmpfsFolder.IsSupported) Skip = "Needs Linux and the right to mount a tmpfs (root): it fills up a real disk.";
    }
}
