using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Organizations;

/// <summary>What organizations have to say. Event ids 3100 to 3199. No secret.</summary>
internal static partial class Log
{
    [LoggerMessage(3100, LogLevel.Information, "{Organization} has a new callback secret; the one before signs until {Until}")]
    public static partial void CallbackSecretRotated(this ILogger log, string organization, DateTimeOffset until);

    [LoggerMessage(3101, LogLevel.Warning, "What changed of {Organization} could not be stored")]
    public static partial void OrganizationNotStored(this ILogger log, Exception problem, string organization);

    [LoggerMessage(3102, LogLevel.Information, "Organization {Organization} is made")]
    public static partial void OrganizationMade(this ILogger log, string organization);
}
