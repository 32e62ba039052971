namespace JobTracker.Tests.Processes.Outages;

/// <summary>The environment of a process on a machine whose clock is wrong; how much time passes stays right.</summary>
internal static class WrongClock
{
    public static KeyValuePair<string, string?>[] Ahead(TimeSpan by) =>
    [
        new("LD_PRELOAD", Directory.GetFiles("/usr/lib", "libfaketime.so.1", SearchOption.AllDirectories)[0]),
        new("FAKETIME", FormattableString.Invariant($"+{by.TotalSeconds:0}s")),
        new("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        new("DONT_FAKE_MONOTONIC", "1"),
    ];
}
