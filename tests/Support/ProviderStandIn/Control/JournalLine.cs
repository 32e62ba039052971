using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Recording;

namespace JobTracker.Tests.StandIn.Control;

/// <summary>A request as the control endpoint shows it; of the key only the end.</summary>
internal sealed record JournalLine(
    DateTimeOffset At, string Method, string Path, string Host, bool Elsewhere, string ApiKey, int Status, long RequestBytes,
    long ResponseBytes, FaultKind? Fault)
{
    private const int ShownOfKey = 4;

    public static JournalLine Of(JournalEntry entry) => new(
        entry.At, entry.Method, entry.Path, entry.Host, entry.Elsewhere, "…" + entry.ApiKey[^Math.Min(ShownOfKey, entry.ApiKey.Length)..],
        entry.Status, entry.RequestBytes, entry.ResponseBytes, entry.Fault);
}
