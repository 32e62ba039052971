using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Recording;

/// <summary>Writes every provider request down before anything else happens to it.</summary>
internal sealed class JournalMiddleware(RequestJournal journal, TimeProvider clock, Elsewhere elsewhere) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/_standin", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        var entry = Describe(context);
        journal.Add(entry);
        context.Features.Set(entry);
        var received = new CountingStream(context.Request.Body);
        var sent = new CountingStream(context.Response.Body);
        (context.Request.Body, context.Response.Body) = (received, sent);
        try
        {
            await next(context);
        }
        finally
        {
            (entry.Status, entry.RequestBytes, entry.ResponseBytes) = (context.Response.StatusCode, received.Bytes, sent.Bytes);
            entry.Close();
        }
    }

    private JournalEntry Describe(HttpContext context) => new()
    {
        At = clock.GetUtcNow(),
        Method = context.Request.Method,
        Path = context.Request.Path + context.Request.QueryString,
        Host = context.Request.Host.Value ?? "",
        Elsewhere = context.Connection.LocalPort == elsewhere.Port,
        ApiKey = Caller.ApiKey(context.Request),
        KeyHeader = Caller.KeyHeader(context.Request),
        Route = Caller.Route(context),
    };
}
