using JobTracker.Grains.Absent;
using JobTracker.Tests.Integration.Batches;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Absent;

/// <summary>A silo that remembers few absent grains, for a time that a test lets pass.</summary>
public sealed class AbsentCluster : IAsyncLifetime
{
    internal const int Most = 10;

    internal static readonly TimeSpan StayTime = TimeSpan.FromSeconds(5);

    internal BatchCluster Cluster { get; private set; } = null!;

    /// <summary>That of the absent grains alone.</summary>
    internal FakeTimeProvider Clock { get; } = new();

    public async ValueTask InitializeAsync() => Cluster = await BatchCluster.StartAsync(configure: silo =>
        silo.Services.AddSingleton(new AbsentGrains(Options.Create(new AbsentOptions { Most = Most, StayTime = StayTime }), Clock)));

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
