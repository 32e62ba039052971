using System.Net;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Tests.Integration.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>A cluster that may call receivers on 127.0.0.0/8, whose clock the test moves and whose schedule varies by nothing.</summary>
public abstract class CallbackClusterFixture : JobClusterFixture
{
    internal FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>What every name resolves to.</summary>
    internal IPAddress Resolved { get; set; } = IPAddress.Loopback;

    private protected void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<TimeProvider>(Clock).UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddSingleton<ResolveHost>((_, _) => Task.FromResult<IPAddress[]>([Resolved]));
        silo.Services.PostConfigure<CallbackOptions>(Configure);
    }

    private protected virtual void Configure(CallbackOptions callbacks)
    {
        callbacks.Jitter = 0;
        callbacks.AllowedNetworks.Add("127.0.0.0/8");
    }
}

public sealed class SqliteCallbackCluster : CallbackClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync(Configure);
}

/// <summary>Two silos.</summary>
public sealed class PostgresCallbackCluster : CallbackClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnPostgresAsync(silos: 2, Configure);
}

/// <summary>One attempt at a time and room for one more to wait.</summary>
public sealed class CrampedCallbackCluster : CallbackClusterFixture
{
    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync(Configure);

    private protected override void Configure(CallbackOptions callbacks)
    {
        base.Configure(callbacks);
        (callbacks.MaxConcurrency, callbacks.MaxConcurrencyPerHost, callbacks.QueueLimit, callbacks.QueueLimitPerHost) = (1, 1, 1, 1);
    }
}

/// <summary>The configuration signs for everyone.</summary>
public sealed class SignedCallbackCluster : CallbackClusterFixture
{
    internal const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private protected override Task<JobCluster> StartAsync() => JobCluster.OnSqliteAsync(Configure);

    private protected override void Configure(CallbackOptions callbacks)
    {
        base.Configure(callbacks);
        callbacks.SigningSecret = Secret;
    }
}
