using JobTracker.Jobs;

namespace JobTracker.Pages.Live;

/// <summary>A job as one organization sees it.</summary>
public readonly record struct JobKey(string Organization, JobId Id);
