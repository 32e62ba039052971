using JobTracker.Callers;

namespace JobTracker.Jobs;

/// <summary>A create whose id was made for it just now: there can be no row under it, and the silo need not look for one.</summary>
/// <remarks>
/// Saves one read of the database a job. It travels as a hint beside the call and names the id, so that it means nothing to any other grain
/// that the call comes to. A wrong hint harms nobody: the insert is guarded, and refuses to make a second row.
/// </remarks>
public static class NewJob
{
    private const string Hint = "jobtracker.new_job";

    /// <summary>
    /// For the first try with a fresh id (<see cref="JobId.New"/>); a
    /// repetition calls <see cref="IJobGrain.CreateAsync"/>, which looks first.
    /// </summary>
    public static Task<JobOutcome> CreateNewJobAsync(this IGrainFactory grains, JobId id, Caller caller, CreateJob command)
    {
        var key = id.ToString();
        RequestContext.Set(Hint, key);
        try
        {
            return grains.GetGrain<IJobGrain>(key).CreateAsync(caller, command);
        }
        finally
        {
            RequestContext.Remove(Hint);
        }
    }

    /// <summary>Whether the call under way says that the job with this key is new.</summary>
    public static bool IsHintedAt(string key) => RequestContext.Get(Hint) is string fresh && fresh == key;
}
