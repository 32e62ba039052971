using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>A fault and the requests it waits for.</summary>
public sealed record ArmedFault(StandInRoute Route, Fault Fault, int Times, string? ApiKey, string? About)
{
    internal bool Fits(StandInRoute route, string apiKey, string path) =>
        (Route is StandInRoute.Any || Route == route)
        && (ApiKey is null || ApiKey == apiKey)
        && (About is null || path.Contains(About, StringComparison.Ordinal));
}
