using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Recording;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.Hosting;

namespace JobTracker.Tests.StandIn;

/// <summary>
/// Anthropic's and OpenAI's batch APIs on 127.0.0.1, over real HTTP, with a clock, a journal and faults in the hands of a test. It shares
/// no code with the product. What it does not prove is in its README.
/// </summary>
public sealed class ProviderStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ProviderStandIn(WebApplication app, Uri baseUrl, Uri elsewhereUrl)
    {
        (_app, BaseUrl, ElsewhereUrl) = (app, baseUrl, elsewhereUrl);
        Journal = app.Services.GetRequiredService<RequestJournal>();
        Faults = app.Services.GetRequiredService<FaultPlan>();
        Batches = app.Services.GetRequiredService<BatchBook>();
    }

    /// <summary>For both dialects: Anthropic's base as it is, OpenAI's with <c>/v1</c> behind it (<see cref="OpenAiUrl"/>).</summary>
    public Uri BaseUrl { get; }

    public Uri OpenAiUrl => new(BaseUrl, "v1");

    /// <summary>Where <c>results_url</c> points: a client that keeps to its configured base never calls it.</summary>
    public Uri ElsewhereUrl { get; }

    public RequestJournal Journal { get; }

    public FaultPlan Faults { get; }

    public BatchBook Batches { get; }

    /// <param name="clock">What the stand-in tells the time by; null: <see cref="AdvanceableClock"/>.</param>
    public static async Task<ProviderStandIn> StartAsync(
        TimeProvider? clock = null, StandInOptions? options = null, CancellationToken cancellation = default)
    {
        var app = StandInServer.Build(options ?? new StandInOptions(), clock ?? new AdvanceableClock());
        await app.StartAsync(cancellation);
        var urls = app.Urls.Select(url => new Uri(url)).ToList();
        app.Services.GetRequiredService<Elsewhere>().Port = urls[1].Port;
        return new ProviderStandIn(app, urls[0], urls[1]);
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation = default) => _app.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
