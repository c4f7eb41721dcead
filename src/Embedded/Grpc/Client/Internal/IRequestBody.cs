namespace Grpc.Net.Client.Internal;

/// <summary>What a call sends. Each attempt sends a content of its own, the handler one content again where a server refused it unseen.</summary>
internal interface IRequestBody
{
    /// <value>Whether everything sent so far can be sent again.</value>
    bool CanReplay { get; }

    /// <summary>Sends all there is; ends when the request does.</summary>
    Task SendAsync(Stream stream, CancellationToken cancellationToken);

    /// <summary>There will be no other attempt: what is kept for it can go.</summary>
    void Commit();

    /// <summary>The call has ended: nothing more is sent.</summary>
    void End();
}
