using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Support;

/// <summary>A real HTTP receiver of callbacks, on a loopback address and a free port. What arrives waits in <see cref="Received"/>,
/// what it answers is <see cref="Answer"/>.</summary>
public sealed class TestReceiver : IAsyncDisposable
{
    private readonly Channel<ReceivedRequest> _received = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly WebApplication _app;
    private int _count;

    private TestReceiver(IPAddress address, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(address, port));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    /// <summary>Decides each answer; 204 until it is set.</summary>
    public Func<ReceivedRequest, TestAnswer> Answer { get; set; } = static _ => TestAnswer.Status(204);

    /// <summary>Requests whose body has arrived, in order of arrival.</summary>
    public ChannelReader<ReceivedRequest> Received => _received.Reader;

    /// <summary>How many have arrived.</summary>
    public int Count => Volatile.Read(ref _count);

    public int Port => new Uri(_app.Urls.First()).Port;

    /// <param name="port">0: a free one.</param>
    public static async Task<TestReceiver> StartAsync(IPAddress? address = null, int port = 0)
    {
        var receiver = new TestReceiver(address ?? IPAddress.Loopback, port);
        await receiver._app.StartAsync();
        return receiver;
    }

    public string Url(string path = "/callback", string host = "127.0.0.1") => $"http://{host}:{Port}{path}";

    /// <summary>The next request; a failure that says so when none comes in ten seconds.</summary>
    public async Task<ReceivedRequest> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            return await _received.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"No request reached port {Port} within 10 s; {Count} had come before.", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync(); // hanging answers are cut off
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new ReceivedRequest(
            context.Request.Method, context.Request.Path
                + context.Request.QueryString, headers, body.ToArray(), context.Connection.Id, TimeProvider.System.GetTimestamp())
        {
            Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        };
        Interlocked.Increment(ref _count);
        await _received.Writer.WriteAsync(request);
        await Answer(request).GiveAsync(context);
    }
}
