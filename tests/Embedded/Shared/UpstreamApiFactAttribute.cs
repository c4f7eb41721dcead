namespace Embedded.Tests.Shared;

/// <summary>A test that needs the listings of the upstream APIs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UpstreamApiFactAttribute : FactAttribute
{
    public UpstreamApiFactAttribute()
    {
        if (UpstreamApi.SharedFolder() is null) Skip = "The upstream API listings (../shared/upstream-api) are not here.";
    }
}
