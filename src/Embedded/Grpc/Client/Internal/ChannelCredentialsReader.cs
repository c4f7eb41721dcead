namespace Grpc.Net.Client.Internal;

/// <summary>Checks a channel's credentials against its address and finds the call credentials in them.</summary>
internal sealed class ChannelCredentialsReader : ChannelCredentialsConfiguratorBase
{
    private readonly List<CallCredentials> _callCredentials = [];
    private bool? _secure;

    /// <exception cref="ArgumentException">The credentials do not fit the address.</exception>
    public static IReadOnlyList<CallCredentials> Read(Uri address, GrpcChannelOptions options)
    {
        if (options.Credentials is null) return [];
        var reader = new ChannelCredentialsReader();
        options.Credentials.InternalPopulateConfiguration(reader, null);
        var secureAddress = address.Scheme == Uri.UriSchemeHttps;
        if (reader._secure is { } secure && secure != secureAddress)
        {
            throw new ArgumentException(
                $"Address '{address}' {(secureAddress ? "uses TLS" : "has no TLS")} but the channel's credentials are {(secure ? "secure" : "insecure")}: make them agree.",
                nameof(options));
        }

        if (reader._callCredentials.Count > 0 && !secureAddress && !options.UnsafeUseInsecureChannelCallCredentials)
        {
            throw new ArgumentException(
                $"Call credentials are not sent without TLS: use https, or set {nameof(options.UnsafeUseInsecureChannelCallCredentials)}.", nameof(options));
        }

        return reader._callCredentials;
    }

    public override void SetInsecureCredentials(object? state) => _secure = false;

    public override void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        if (rootCertificates is not null || keyCertificatePair is not null || verifyPeerCallback is not null)
        {
            throw new ArgumentException(
                $"{nameof(SslCredentials)} with arguments is not supported: set certificates on {nameof(GrpcChannelOptions)}.{nameof(GrpcChannelOptions.HttpHandler)}.",
                nameof(rootCertificates));
        }

        _secure = true;
    }

    public override void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, null);
        _callCredentials.Add(callCredentials);
    }
}
