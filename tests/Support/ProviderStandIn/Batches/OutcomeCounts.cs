using System.Runtime.InteropServices;

namespace JobTracker.Tests.StandIn.Batches;

/// <summary>How many requests ended how. A request without a line counts as errored, as neither provider has a place for it.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OutcomeCounts(int Succeeded, int Errored, int Canceled, int Expired)
{
    public int Total => Succeeded + Errored + Canceled + Expired;

    public OutcomeCounts And(ItemOutcome outcome) => outcome switch
    {
        ItemOutcome.Succeeded => this with { Succeeded = Succeeded + 1 },
        ItemOutcome.Canceled => this with { Canceled = Canceled + 1 },
        ItemOutcome.Expired => this with { Expired = Expired + 1 },
        _ => this with { Errored = Errored + 1 },
    };
}
