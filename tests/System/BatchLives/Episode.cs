using System.Globalization;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>One life, or two at the same time on one account, and the faults that this account meets.</summary>
internal sealed record Episode(IReadOnlyList<Life> Lives, IReadOnlyList<DrawnFault> Faults)
{
    /// <summary>
    /// Two batches that look alike, at a provider that keeps nothing of ours: once a create's answer is lost it may be either.
    /// </summary>
    public bool MayBeUnclear => Lives is [{ Dialect: Dialect.Anthropic } first, var second] && first.Items == second.Items;

    public override string ToString() => $"{string.Join("; ", Lives)}; faults: {string.Join(", ", Faults)}";
}

internal sealed record DrawnFault(StandInRoute Route, Fault Fault, int Times)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Route} {Fault.Kind}{(Fault.AtLine is { } line ? $" at line {line}" : "")} x{Times}");
}

/// <summary>An account at a provider: episodes come one after the other.</summary>
internal sealed record Account(int Number)
{
    public string Name => string.Create(CultureInfo.InvariantCulture, $"account{Number:00}");

    public string Key => $"sk-secret-of-{Name}";

    public Dialect Dialect => Number % 2 == 0 ? Dialect.Anthropic : Dialect.OpenAi;
}
