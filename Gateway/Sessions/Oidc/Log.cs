namespace JobTracker.Gateway.Sessions.Oidc;

/// <summary>What signing in at the provider has to say. Event ids 5410 to 5419. No code, no token, and no text of an address.</summary>
internal static partial class Log
{
    [LoggerMessage(5410, LogLevel.Information, "Somebody was not let in by the identity provider: {Reason}")]
    public static partial void ProviderRefused(this ILogger log, string reason);

    [LoggerMessage(5411, LogLevel.Information, "The identity provider cannot be asked: {Reason}")]
    public static partial void ProviderAway(this ILogger log, string reason);
}
