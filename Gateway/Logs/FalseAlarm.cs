using System.Diagnostics;

namespace JobTracker.Gateway.Logs;

/// <summary>
/// Orleans' watchdog takes a moment at its start for the beginning of all times, and says that a check has not been done since the machine
/// was started. True ones are no longer than the process has lived.
/// </summary>
internal static class FalseAlarm
{
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    private static readonly DateTime Start = Process.GetCurrentProcess().StartTime.ToUniversalTime();

    public static bool Is<TState>(string category, TState state) =>
        category == Watchdog && state is IReadOnlyList<KeyValuePair<string, object?>> values
            && values.Any(value => value.Value is TimeSpan delay && delay > TimeProvider.System.GetUtcNow().UtcDateTime - Start);
}
