using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Health;

/// <summary>HTTP is served before the process can do anything, so that it can say that it lives and what it waits for.</summary>
internal static class StartGate
{
    private static readonly Problem Starting = new(ProblemKind.ClusterUnavailable, "The service is starting; nothing was changed.");

    /// <summary>Turns away, until all of the process has started, whatever would need it.</summary>
    public static void UseStartGate(this WebApplication app)
    {
        var start = app.Services.GetRequiredService<StartProgress>();
        app.Use((http, next) =>
            start.HasStarted || !http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : new ProblemResult(Starting).ExecuteAsync(http));
    }
}
