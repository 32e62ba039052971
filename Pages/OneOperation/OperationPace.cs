using System.Globalization;
using JobTracker.Operations;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.OneOperation;

/// <summary>How fast an operation goes, or went: over all of its time, not of this moment.</summary>
internal static class OperationPace
{
    /// <summary>190 jobs a second over 6.3 s, 200 at most.</summary>
    public static string Of(OperationSnapshot operation, DateTimeOffset now)
    {
        var most = $"{Words.Of(operation.MaxPerSecond)} a second at most";
        if (operation.StartedAt is not { } began || (operation.CompletedAt ?? now) - began is not { TotalSeconds: > 0 } time)
            return most;
        var rate = (operation.Matched / time.TotalSeconds).ToString("#,0.#", CultureInfo.InvariantCulture);
        return $"{rate} jobs a second over {Words.Of(time)}; {most}";
    }
}
