namespace JobTracker.Grains.Storage;

/// <summary>What a page costs at most, beside its rows.</summary>
/// <param name="Bytes">Of its rows as JSON.</param>
/// <param name="Scan">Entries of an index that it looks at.</param>
internal readonly record struct PageLimits(long Bytes, int Scan);
