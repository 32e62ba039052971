namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>A promise that a history shows to be broken, and by what.</summary>
internal sealed record Breach(Promise Promise, string What)
{
    public override string ToString() => $"{Promise}: {What}";
}

/// <summary>What the service promises, whatever fails.</summary>
internal enum Promise
{
    NothingAcknowledgedIsLost,
    OneSuccessFromOneVersion,
    NothingAfterTheEnd,
    CompletedOnce,
    OwnWritesAreRead,
    ListsAreCompleteAndCountsExact,
    OwedCallbacksCome,
}
