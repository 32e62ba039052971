namespace JobTracker.Tests.StandIn.Faults;

/// <summary>One kind of fault with its details; the defaults suit most tests.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>For the 429s: how long to wait. For the date form it is added to the stand-in's clock.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For slow headers.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Which line of the body is hit, counting from 1. A body that is cut "on the boundary" ends before this line. Null: the second of
    /// a result file, the first of anything else.
    /// </summary>
    public int? AtLine { get; init; }

    /// <summary>For a given answer or line: what it consists of, which need not be text at all.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>For a given answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>For a given answer.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>For a huge line: its text.</summary>
    public int Bytes { get; init; } = 20_000_000;
}
