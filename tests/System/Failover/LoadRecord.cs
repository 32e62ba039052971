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
    private const string Mark = "\"code\":\"";

    public TimeSpan Took => End - Begin;

    /// <summary>Of an answer that is no success: its problem's code, or the note as it is.</summary>
    public string Code => Note is { } note && note.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at
        ? note[(at + Mark.Length)..note.IndexOf('"', at + Mark.Length)]
        : Note ?? "";

    public bool IsSuccess => Status is >= 200 and < 300;
}
