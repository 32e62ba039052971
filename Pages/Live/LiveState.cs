using JobTracker.Pages.Doors;

namespace JobTracker.Pages.Live;

/// <summary>What a live view knows: the last value that came, and what is wrong if it is not of now.</summary>
/// <param name="Value">The last that came; null: none ever did, or it is gone (see <paramref name="IsGone"/>).</param>
/// <param name="Fault">Why nothing newer came; null: the value is of now.</param>
/// <param name="StaleSince">Since when; null: it is not stale.</param>
/// <param name="IsGone">What was watched is no more.</param>
public sealed record LiveState<T>(T? Value, PageFault? Fault = null, DateTimeOffset? StaleSince = null, bool IsGone = false)
    where T : class;
