namespace Grpc.Net.Client.Internal;

/// <summary>Asks call credentials for the metadata of one call.</summary>
internal sealed class CallCredentialsApplier : CallCredentialsConfiguratorBase
{
    private readonly List<AsyncAuthInterceptor> _interceptors = [];

    public static async Task ApplyAsync(IEnumerable<CallCredentials> credentials, AuthInterceptorContext context, Metadata metadata)
    {
        var applier = new CallCredentialsApplier();
        foreach (var credential in credentials) credential.InternalPopulateConfiguration(applier, null);
        foreach (var interceptor in applier._interceptors) await interceptor(context, metadata).ConfigureAwait(false);
    }

    public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) => _interceptors.Add(interceptor);

    public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var credential in credentials) credential.InternalPopulateConfiguration(this, null);
    }
}
