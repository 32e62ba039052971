using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobTracker.Bench.Callbacks;

/// <summary>A receiver on an address of its own that notes when each callback has arrived, and answers 204 after a pause.</summary>
internal sealed class BenchReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchReceiver(IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(address, 0));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>How long an answer takes; <see cref="Timeout.InfiniteTimeSpan"/>: it never comes.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>By <c>webhook-id</c>, the timestamp at which the callback first came.</summary>
    public ConcurrentDictionary<string, long> Arrived { get; } = new(StringComparer.Ordinal);

    public string Url => $"{_app.Urls.First()}/ended";

    public static async Task<BenchReceiver> StartAsync(string address)
    {
        var receiver = new BenchReceiver(IPAddress.Parse(address));
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        Arrived.TryAdd(context.Request.Headers["webhook-id"].ToString(), TimeProvider.System.GetTimestamp());
        if (Pause != TimeSpan.Zero)
            await Task.Delay(Pause, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
