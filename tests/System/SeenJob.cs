namespace JobTracker.Tests.Processes;

/// <summary>What these tests look at in a job that HTTP showed them.</summary>
internal sealed record SeenJob(string Id, string Status, long Version);
