using System.IO.Compression;
using JobTracker.Tests.StandIn.Recording;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Hosting;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>
/// Spends an armed fault on a request. Faults of the transport happen here; faults inside a batch or a result line are left in
/// the request's features for the writer of that body.
/// </summary>
internal sealed class FaultMiddleware(FaultPlan plan, TimeProvider clock, IHostApplicationLifetime life) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<JournalEntry>() is not { } entry || plan.Spend(entry.Route, entry.ApiKey, entry.Path) is not { } fault)
        {
            await next(context);
            return;
        }

        entry.Fault = fault.Kind;
        context.Features.Set(fault);
        await (fault.Kind switch
        {
            FaultKind.SlowHeaders => Delayed(context, next, fault.Delay),
            FaultKind.LostAnswer or FaultKind.CarriedOutLate => Lost(context, next),
            FaultKind.Gzip => Compressed(context, next),
            FaultKind.Trickle => Trickled(context, next, fault.Delay),
            FaultKind.GivenAnswer => Given(context, fault),
            FaultKind.HangMidBody or FaultKind.ResetMidLine or FaultKind.EndMidLine or FaultKind.EndOnLineBoundary =>
                Cut(context, next, fault),
            _ when BrokenAnswer.For(fault, Caller.Dialect(context), clock) is { } answer => answer.WriteAsync(context),
            _ => next(context),
        });
    }

    private async Task Delayed(HttpContext context, RequestDelegate next, TimeSpan delay)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        await Task.Delay(delay, clock, over.Token);
        await next(context);
    }

    private static Task Given(HttpContext context, Fault fault)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (fault.Status, fault.ContentType);
        return context.Response.Body.WriteAsync(fault.Body, context.RequestAborted).AsTask();
    }

    private static async Task Lost(HttpContext context, RequestDelegate next)
    {
        // Nothing reaches the real body, so not even the headers leave before the connection breaks.
        context.Response.Body = Stream.Null;
        await next(context);
        Reset(context);
    }

    private static async Task Compressed(HttpContext context, RequestDelegate next)
    {
        var plain = context.Response.Body;
        context.Response.Headers.ContentEncoding = "gzip";
        await using (var gzip = new GZipStream(plain, CompressionLevel.Fastest, leaveOpen: true))
        {
            context.Response.Body = gzip;
            await next(context);
        }

        context.Response.Body = plain;
    }

    private async Task Trickled(HttpContext context, RequestDelegate next, TimeSpan pause)
    {
        var whole = context.Response.Body;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        context.Response.Body = new TricklingStream(whole, pause, clock, over.Token);
        await next(context);
        context.Response.Body = whole;
    }

    private async Task Cut(HttpContext context, RequestDelegate next, Fault fault)
    {
        var whole = context.Response.Body;
        var cut = new CutStream(whole, fault, context.Response);
        context.Response.Body = cut;
        try
        {
            await next(context);
        }
        catch (BodyCutException)
        {
            await whole.FlushAsync(context.RequestAborted);
            if (fault.Kind is FaultKind.ResetMidLine)
                Reset(context);
            else if (fault.Kind is FaultKind.HangMidBody)
                await Hang(context);
        }

        context.Response.Body = whole;
    }

    private async Task Hang(HttpContext context)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static void Reset(HttpContext context)
    {
        // Without lingering a close is a reset (RST), not an orderly end.
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
            connection.Socket.LingerState = new(enable: true, seconds: 0);
        context.Abort();
    }
}
