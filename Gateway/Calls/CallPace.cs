namespace JobTracker.Gateway.Calls;

/// <summary>How patient a call is.</summary>
/// <param name="Silence">After how long it is made a second time, where it may be.</param>
/// <param name="Longest">After how long it is given up.</param>
internal readonly record struct CallPace(TimeSpan Silence, TimeSpan Longest);
