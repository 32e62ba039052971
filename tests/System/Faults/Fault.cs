using System.Globalization;

namespace JobTracker.Tests.Processes.Faults;

/// <summary>What happens to the cluster, drawn before the run.</summary>
/// <param name="Kind">What.</param>
/// <param name="Silo">To which silo, where it happens to one.</param>
/// <param name="For">How long it lasts, where it lasts.</param>
/// <param name="Rest">How long everything is left alone afterwards.</param>
internal sealed record Fault(FaultKind Kind, int Silo, TimeSpan For, TimeSpan Rest)
{
    private static readonly FaultKind[] All = Enum.GetValues<FaultKind>();

    /// <summary>Each kind once in a drawn order, then again in another, for ever: a short run sees as many kinds as it can.</summary>
    public static IEnumerable<Fault> Draw(Random random, int silos)
    {
        while (true)
        {
            var kinds = All.ToArray();
            random.Shuffle(kinds);
            foreach (var kind in kinds)
                yield return new Fault(
                    kind, random.Next(silos), TimeSpan.FromSeconds(2 + (random.NextDouble() * MostSeconds(kind))),
                    TimeSpan.FromSeconds(1 + (2 * random.NextDouble())));
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} of silo {Silo} for {For.TotalSeconds:0.0} s, then {Rest.TotalSeconds:0.0} s of rest");

    /// <summary>A freeze may outlast the patience of the other silos, and the lease.</summary>
    private static double MostSeconds(FaultKind kind) => kind is FaultKind.Freeze ? 12 : 4;
}

internal enum FaultKind
{
    /// <summary>kill -9, and a new one in its place.</summary>
    Kill,

    /// <summary>SIGTERM, and a new one in its place.</summary>
    Stop,

    /// <summary>SIGSTOP, and SIGCONT after a while.</summary>
    Freeze,

    /// <summary>Its connections to the database break, and new ones are refused for a while.</summary>
    CutFromDatabase,

    /// <summary>Nothing passes between it and the database for a while.</summary>
    HangFromDatabase,

    /// <summary>pg_terminate_backend for all.</summary>
    TerminateConnections,

    /// <summary>The server stops as in a crash, and is started again after a while.</summary>
    RestartDatabase,
}
