namespace JobTracker.Grains.Sweeper;

/// <summary>What one sweep did.</summary>
/// <param name="Woken">Jobs that did what was due.</param>
/// <param name="Failed">Jobs that could not; they stay due.</param>
/// <param name="Lag">How long the most belated job had been due when it was reached.</param>
/// <param name="IsCutShort">More was due than one sweep takes on.</param>
/// <param name="FirstFailure">Of the failed ones.</param>
internal sealed record SweepReport(int Woken, int Failed, TimeSpan Duration, TimeSpan Lag, bool IsCutShort, Exception? FirstFailure);
