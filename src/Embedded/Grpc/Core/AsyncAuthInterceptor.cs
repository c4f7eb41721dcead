namespace Grpc.Core;

/// <summary>Adds the credentials of one call to its request metadata.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);
