using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Gateway.Jobs;

/// <summary>Many jobs at once.</summary>
/// <param name="Jobs">At most 1,000.</param>
internal sealed record BulkCreateBody(CreateJobBody[] Jobs)
{
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.BulkCreateBody);

    /// <summary>The entries, each still to be read; what is wrong with one of them is not looked at here.</summary>
    public static IReadOnlyList<JsonElement> Entries(JsonElement body, GatewayLimits limits, RequestErrors errors)
    {
        var fields = new JsonFields(body, "$", Names, errors);
        if (errors.Problem is not null)
            return [];
        fields.Require("jobs");
        if (fields.Array("jobs") is not { } jobs)
            return [];
        if (jobs.GetArrayLength() > limits.BulkJobs)
            fields.Wrong("jobs", string.Create(CultureInfo.InvariantCulture, $"must not have more than {limits.BulkJobs} entries"));
        return [.. jobs.EnumerateArray()];
    }
}

/// <summary>What became of a bulk request.</summary>
/// <param name="Results">One an entry, in the order of the request.</param>
internal sealed record BulkResultsView(BulkResultView[] Results);

/// <summary>
/// What became of one entry: a job with 201 (or 200, where its idempotency key had made it before), or a problem; the other one is null.
/// </summary>
/// <param name="Status">The status that the entry would have been answered with alone.</param>
/// <param name="Job">The job, where there is one.</param>
/// <param name="Problem">Why there is no job, where there is none.</param>
[HoldsOneOf(nameof(Job), nameof(Problem))]
internal sealed record BulkResultView(int Status, JobView? Job, Problem? Problem);
