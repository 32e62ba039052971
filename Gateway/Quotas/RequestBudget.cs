using System.Globalization;
using System.Threading.RateLimiting;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Quotas;

/// <summary>
/// The requests that each key may send: a bucket of <c>Limits:Burst</c> tokens, refilled at <c>Limits:RequestsPerSecond</c>, on each
/// gateway for itself. Every answer to a signed-in caller tells how it stands (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
/// <remarks>Where nobody signs in, nobody is told apart, and nobody is counted.</remarks>
internal sealed class RequestBudget(IOptions<GatewayLimits> limits) : IDisposable
{
    public const string PolicyHeader = "RateLimit-Policy";
    public const string Header = "RateLimit";

    private readonly PartitionedRateLimiter<Bucket> _buckets = PartitionedRateLimiter.Create<Bucket, Bucket>(bucket =>
        RateLimitPartition.GetTokenBucketLimiter(bucket, size => new TokenBucketRateLimiterOptions
        {
            TokenLimit = size.Burst,
            TokensPerPeriod = size.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    /// <summary>After authentication, and before anything is asked of the cluster for the request itself.</summary>
    public static void Use(WebApplication app)
    {
        var budget = app.Services.GetRequiredService<RequestBudget>();
        app.Use((http, next) => budget.Spend(http) is { } problem ? new ProblemResult(problem).ExecuteAsync(http) : next(http));
    }

    public void Dispose() => _buckets.Dispose();

    /// <summary>Null: the request may go on.</summary>
    public Problem? Spend(HttpContext http)
    {
        if (http.User.Identity is not CallerIdentity { Budget: { } name } caller)
            return null;
        var bucket = new Bucket(
            name,
            caller.Limits.RequestsPerSecond ?? limits.Value.RequestsPerSecond,
            caller.Limits.Burst ?? limits.Value.Burst);
        using var lease = _buckets.AttemptAcquire(bucket);
        var left = _buckets.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0;
        http.Response.Headers[PolicyHeader] = bucket.Policy;
        http.Response.Headers[Header] = string.Create(
            CultureInfo.InvariantCulture, $"\"requests\";r={left};t={Seconds(bucket.Burst - left, bucket.PerSecond)}");
        return lease.IsAcquired ? null : ProblemMap.TooManyRequests(bucket.Burst, (int)Seconds(1, bucket.PerSecond));
    }

    /// <summary>How long so many tokens take to come.</summary>
    private static long Seconds(long tokens, int perSecond) => (tokens + perSecond - 1) / perSecond;

    /// <summary>What a limiter is made for: whose limits change gets another one.</summary>
    private readonly record struct Bucket(string Name, int PerSecond, int Burst)
    {
        /// <summary>As many as the bucket holds, in the time in which it fills.</summary>
        public string Policy => string.Create(CultureInfo.InvariantCulture, $"\"requests\";q={Burst};w={Seconds(Burst, PerSecond)}");
    }
}
