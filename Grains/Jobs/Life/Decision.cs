using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Life;

/// <summary>What a rule makes of a command.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Store this, then announce it.</summary>
    /// <param name="MayWait">No more than a sign of life or of progress: it
    /// may wait in memory for the next one, and be lost with it.</param>
    public sealed record Store(Job Next, bool MayWait = false) : Decision;

    /// <summary>Remove the row.</summary>
    public sealed record Remove : Decision;

    /// <summary>The job is as the command wants it already.</summary>
    public sealed record Keep : Decision;

    public sealed record Refuse(Refusal Reason) : Decision;

    public static Decision Invalid(string field, string problem) => new Refuse(new Refusal.InvalidField(field, problem));
}
