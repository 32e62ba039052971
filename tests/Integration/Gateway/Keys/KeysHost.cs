using System.Globalization;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>A gateway of keys whose remembered checks a test can make old.</summary>
public sealed class KeysHost : IAsyncLifetime
{
    /// <summary>Of one organization.</summary>
    internal const int MostKeys = 6;

    public KeysHost() => Gateway = new GatewayHost(
        services => services.AddSingleton<TimeProvider>(Clock),
        [.. KeysGateway.Settings, ("Limits:Keys", MostKeys.ToString(CultureInfo.InvariantCulture))]);

    internal GatewayHost Gateway { get; }

    internal SteppedClock Clock { get; } = new();

    internal KeysGateway Keys => new(Gateway);

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>What the gateway remembers of keys is too old now.</summary>
    internal Task PassAsync()
    {
        Clock.Step(TimeSpan.FromSeconds(3));
        return Task.CompletedTask;
    }

    /// <summary>Real time, and what was stepped over. Timers keep to real time.</summary>
    internal sealed class SteppedClock : TimeProvider
    {
        private long _ticks;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ticks));

        public override long GetTimestamp() => System.GetTimestamp()
            + (Interlocked.Read(ref _ticks) * System.TimestampFrequency / TimeSpan.TicksPerSecond);

        public void Step(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
    }
}
