using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Support.Logs;

/// <summary>Every host of a test logs to the log of the whole suite.</summary>
internal static class SuiteLogging
{
    /// <param name="log">The host's, where the test provokes something; null:
    /// it provokes nothing but what <see cref="ExpectedLogs"/> has.</param>
    public static ILoggingBuilder ToSuite(this ILoggingBuilder logging, HostLog? log = null) =>
        logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(log ?? new HostLog());
}
