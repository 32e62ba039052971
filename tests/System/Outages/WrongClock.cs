namespace JobTracker.Tests.Processes.Outages;

/// <summary>The environment of a process on a machine whose clock is wrong; how much time passes stays right.</summary>
internal static class WrongClock
{
    public static KeyValuePair<string, string?>[] Ahead(TimeSpan by) =>
    [
        new("LD_PRELOAD", Library()),
        new("FAKETIME", FormattableString.Invariant($"+{by.TotalSeconds:0}s")),
        new("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        new("DONT_FAKE_MONOTONIC", "1"),
    ];

    /// <summary>Where Debian's package faketime has it, below the machine's own folder.</summary>
    private static string Library() =>
        Directory.GetDirectories("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketime.so.1")).First(File.Exists);
}
