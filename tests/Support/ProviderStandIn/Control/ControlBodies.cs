using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Control;

internal sealed record NewBatch(Dialect Dialect, string ApiKey, int Items, int PaddingBytes = 0);

/// <summary>How long the answer of each item is.</summary>
internal sealed record NewPadding(int Bytes);

internal sealed record NewTime(double Seconds);

/// <summary><see cref="Seconds"/> is the retry-after of a 429 and the delay of slow headers.</summary>
internal sealed record NewFault(StandInRoute Route, FaultKind Kind, int Times = 1, string? ApiKey = null, string? About = null)
{
    public int? AtLine { get; init; }

    public double? Seconds { get; init; }

    public int? Bytes { get; init; }

    public Fault ToFault()
    {
        var plain = new Fault(Kind) { AtLine = AtLine };
        var sized = Bytes is { } bytes ? plain with { Bytes = bytes } : plain;
        return Seconds is { } seconds
            ? sized with { RetryAfter = TimeSpan.FromSeconds(seconds), Delay = TimeSpan.FromSeconds(seconds) }
            : sized;
    }
}

internal enum OutcomeName
{
    Succeeded,
    Errored,
    Canceled,
    Expired,
    NoLine,
}

internal static class OutcomeNames
{
    public static ItemOutcome ToOutcome(this OutcomeName name) => name switch
    {
        OutcomeName.Succeeded => ItemOutcome.Succeeds,
        OutcomeName.Errored => ItemOutcome.Fails(),
        OutcomeName.Canceled => ItemOutcome.Cancels,
        OutcomeName.Expired => ItemOutcome.Expires,
        OutcomeName.NoLine => ItemOutcome.Vanishes,
    };
}
