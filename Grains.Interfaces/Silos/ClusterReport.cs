using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Storage;

namespace JobTracker.Silos;

/// <summary>How the cluster is doing at one moment.</summary>
/// <param name="At">When it was asked.</param>
/// <param name="Silos">Those that have not ended, by their addresses.</param>
/// <param name="Ended">How many silos the cluster remembers that have ended.</param>
/// <param name="Poller">Null: it did not answer.</param>
/// <param name="Sweeper">Null: it did not answer.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.ClusterReport")]
public sealed record ClusterReport(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] ImmutableArray<SiloReport> Silos,
    [property: Id(2)] int Ended,
    [property: Id(3)] PollerSnapshot? Poller,
    [property: Id(4)] SweeperSnapshot? Sweeper);

/// <summary>One silo.</summary>
/// <param name="Address">Its IP address, its port and its generation, which no other silo has or had.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Status">What the cluster's membership says: joining, active, shutting_down, stopping.</param>
/// <param name="Load">Null: it did not answer.</param>
/// <param name="Facts">Null: it did not answer.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.SiloReport")]
public sealed record SiloReport(
    [property: Id(0)] string Address,
    [property: Id(1)] string Name,
    [property: Id(2)] string Status,
    [property: Id(3)] SiloLoad? Load,
    [property: Id(4)] SiloFacts? Facts);

/// <summary>What Orleans measures of a silo.</summary>
/// <param name="Activations">Grains in its memory.</param>
/// <param name="Clients">Orleans clients connected to it: gateways in processes of their own.</param>
/// <param name="CpuPercent">Of all the processors it may use: 0 to 100.</param>
/// <param name="MemoryLimitBytes">What its process may use; 0: not known.</param>
/// <param name="IsOverloaded">It sheds calls.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.SiloLoad")]
public sealed record SiloLoad(
    [property: Id(0)] int Activations,
    [property: Id(1)] long Clients,
    [property: Id(2)] double CpuPercent,
    [property: Id(3)] long MemoryLimitBytes,
    [property: Id(4)] bool IsOverloaded);

/// <summary>What a silo says of itself.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Storage">How its storage stands.</param>
/// <param name="WaitingWrites">Writes of jobs that wait for their commit.</param>
/// <param name="MemoryBytes">What its process has in memory: its working set.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.SiloFacts")]
public sealed record SiloFacts(
    [property: Id(0)] string Version,
    [property: Id(1)] DateTimeOffset StartedAt,
    [property: Id(2)] StorageStanding Storage,
    [property: Id(3)] int WaitingWrites,
    [property: Id(4)] long MemoryBytes);
