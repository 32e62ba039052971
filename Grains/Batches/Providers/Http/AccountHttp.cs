using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// The HTTP client of one account: its own connections, its own token bucket,
/// its own circuit breaker, so that no account can stall another. No retry.
/// </summary>
internal static class AccountHttp
{
    private static readonly TimeSpan CircuitWindow = TimeSpan.FromSeconds(30);

    public static string ClientName(string account) => $"batch-provider:{account}";

    public static void AddAccountHttp(this IServiceCollection services, string account)
    {
        var client = services.AddHttpClient(ClientName(account))
            .ConfigureHttpClient((provider, client) => Configure(provider, account, client))
            .ConfigurePrimaryHttpMessageHandler(provider => Handler(Options(provider, account)))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // the connections below have a lifetime of their own
            .RemoveAllLoggers();
        client.AddResilienceHandler(
            "account", (pipeline, context) => Protect(pipeline, Options(context.ServiceProvider, account), context.ServiceProvider));
    }

    private static void Configure(IServiceProvider services, string account, HttpClient client)
    {
        var options = Options(services, account);
        var dialect = services.GetRequiredService<IEnumerable<IBatchDialect>>().Single(dialect => dialect.Name == options.Dialect);
        client.BaseAddress = dialect.Root(options.BaseUrl is { } configured ? new Uri(configured) : dialect.DefaultBaseUrl);
        client.Timeout = Timeout.InfiniteTimeSpan; // every operation has its own deadline, by progress
        client.DefaultRequestHeaders.UserAgent.ParseAdd("JobTracker/1.0");
        dialect.Authorize(client, options);
    }

    /// <summary>A redirect would carry the key, and could repeat a create, to an address nobody configured.</summary>
    private static SocketsHttpHandler Handler(BatchProviderOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate | DecompressionMethods.Brotli,
        ConnectTimeout = options.ConnectTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    private static void Protect(
        ResiliencePipelineBuilder<HttpResponseMessage> pipeline, BatchProviderOptions options, IServiceProvider services)
    {
        pipeline.TimeProvider = services.GetRequiredService<TimeProvider>();
        var bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.RequestBurst,
            TokensPerPeriod = options.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = options.RequestQueue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        pipeline.AddRateLimiter(
            new HttpRateLimiterStrategyOptions { RateLimiter = call => bucket.AcquireAsync(1, call.Context.CancellationToken) });
        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = options.CircuitMinimumCalls,
            SamplingDuration = CircuitWindow,
            BreakDuration = options.CircuitBreak,
            ShouldHandle = call => ValueTask.FromResult(IsOutage(call.Outcome)),
        });
    }

    /// <summary>A wrong key and a full quota are answers; only silence and server errors open the circuit.</summary>
    private static bool IsOutage(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer
            ? (int)answer.StatusCode is 408 or >= 500
            : outcome.Exception is HttpRequestException or OperationCanceledException;

    private static BatchProviderOptions Options(IServiceProvider services, string account) =>
        services.GetRequiredService<IOptionsMonitor<BatchProviderOptions>>().Get(account);
}
