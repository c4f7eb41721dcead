namespace Grpc.Core;

/// <summary>Names the call that a child call is made in.</summary>
public abstract class ContextPropagationToken
{
    private protected ContextPropagationToken()
    {
    }
}
