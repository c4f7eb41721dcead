namespace Grpc.Net.Client.Internal;

/// <summary>What a call sends. Each attempt gets a content of its own.</summary>
internal interface IRequestBody
{
    /// <value>Whether everything sent so far can be sent again.</value>
    bool CanReplay { get; }

    HttpContent CreateContent();

    /// <summary>There will be no other attempt: what is kept for it can go.</summary>
    void Commit();
}
