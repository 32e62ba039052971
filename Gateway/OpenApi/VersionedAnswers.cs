namespace JobTracker.Gateway.OpenApi;

/// <summary>The headers that go with what has a version, and with what a create made.</summary>
internal static class VersionedAnswers
{
    public static RouteHandlerBuilder SendsVersion(this RouteHandlerBuilder route, int status) =>
        route.Sends(status, "ETag", "The version in quotes, such as \"3\": for If-Match and If-None-Match.");

    /// <summary>A read that need not repeat what the caller has.</summary>
    public static RouteHandlerBuilder KnowsVersion(this RouteHandlerBuilder route) => route
        .Header(ParameterNote.Tags("If-None-Match", "Answers 304 while the version is still this one, such as \"3\"."))
        .Produces(StatusCodes.Status304NotModified).SendsVersion(StatusCodes.Status304NotModified);

    /// <summary>A change that a stale caller must not make.</summary>
    public static RouteHandlerBuilder GuardsVersion(this RouteHandlerBuilder route) =>
        route.Header(ParameterNote.Tags("If-Match", "Refuses the change unless the job is at this version, such as \"3\"."));

    public static RouteHandlerBuilder SaysWhereItIs(this RouteHandlerBuilder route, int status) =>
        route.Sends(status, "Location", "The path of what was made.");

    public static RouteHandlerBuilder SaysItIsReplayed(this RouteHandlerBuilder route) => route.Sends(
        StatusCodes.Status200OK, "Idempotent-Replayed", "`true`: an earlier request with this Idempotency-Key made it.");
}
