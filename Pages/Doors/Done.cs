namespace JobTracker.Pages.Doors;

/// <summary>What became of a command.</summary>
/// <param name="Value">What it was about, after it; null: it was refused.</param>
/// <param name="Refusal">Why nothing was changed; null: it is done.</param>
public sealed record Done<T>(T? Value, PageFault? Refusal)
    where T : class;
