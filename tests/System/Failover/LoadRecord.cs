namespace JobTracker.Tests.Processes.Failover;

/// <summary>One request as its caller saw it.</summary>
/// <param name="Begin">Since the load began.</param>
/// <param name="End">Since the load began.</param>
/// <param name="Method">HTTP's.</param>
/// <param name="Path">With its query.</param>
/// <param name="Status">0: no answer came, for the reason in <paramref name="Note"/>.</param>
/// <param name="Note">Of an answer that is no success: what it says; else null.</param>
internal sealed record LoadRecord(TimeSpan Begin, TimeSpan End, string Method, string Path, int Status, string? Note)
{
    public TimeSpan Took => End - Begin;

    public bool IsSuccess => Status is >= 200 and < 300;
}
