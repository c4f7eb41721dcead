namespace Grpc.Core;

/// <summary>Accepts or refuses a server's certificate.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
