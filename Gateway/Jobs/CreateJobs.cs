using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Makes jobs, one or many.</summary>
internal static class CreateJobs
{
    public static async Task<IResult> Create(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits)
    {
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = CreateJobBody.Read(body.Root, "$", limits.Value, errors);
        var key = IdempotencyKey.Read(http.Request, limits.Value, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        var id = JobId.New(clock);
        ProblemExceptionHandler.CommandFor(http, id);
        return Answer(http, await grains.CreateNewJobAsync(id, http.Caller(), Keyed(command, key)));
    }

    /// <summary>
    /// Ids are taken in the order of the entries, so that this is the jobs' order in every list, however the work interleaves.
    /// </summary>
    public static async Task<IResult> CreateMany(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits)
    {
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var entries = BulkCreateBody.Entries(body.Root, limits.Value, errors);
        var key = IdempotencyKey.Read(http.Request, limits.Value, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        var (caller, trace) = (http.Caller(), http.TraceIdentifier);
        var work = entries.Select((entry, index) => (Entry: entry, Index: index, Id: JobId.New(clock))).ToArray();
        var results = new BulkResultView[work.Length];
        // Not cancelled with the request: entries under way are stored anyway, and the rest are soon done.
        await Parallel.ForEachAsync(work, Together(limits.Value), async (item, _) =>
        {
            var made = await CreateEntryAsync(
                grains, caller, item.Id, item.Entry, key is null ? null : IdempotencyKey.ForEntry(key, item.Index), limits.Value);
            results[item.Index] = made.Problem is { } wrong ? made with { Problem = wrong with { TraceId = trace } } : made;
        });
        return new JsonResult<BulkResultsView>(new BulkResultsView(results), GatewayJson.Wire.BulkResultsView);
    }

    private static ParallelOptions Together(GatewayLimits limits) => new() { MaxDegreeOfParallelism = limits.BulkConcurrency };

    private static async Task<BulkResultView> CreateEntryAsync(
        IGrainFactory grains, Caller caller, JobId id, JsonElement entry, string? key, GatewayLimits limits)
    {
        var errors = new RequestErrors();
        var command = CreateJobBody.Read(entry, "$", limits, errors);
        if (errors.Any)
            return Failed(errors.ToProblem());
        try
        {
            return await grains.CreateNewJobAsync(id, caller, Keyed(command, key)) switch
            {
                JobOutcome.Accepted { Job: var job } => new BulkResultView(StatusCodes.Status201Created, JobView.Of(job), null),
                JobOutcome.AlreadyDone { Job: var job } => new BulkResultView(StatusCodes.Status200OK, JobView.Of(job), null),
                JobOutcome.Refused { Reason: var reason } => Failed(ProblemMap.Of(reason)),
                _ => Failed(ProblemMap.JobNotFound),
            };
        }
        catch (Exception fault) when (ProblemMap.Of(fault, isCommand: true, id) is { Status: StatusCodes.Status503ServiceUnavailable })
        {
            // The other entries have outcomes of their own: a fault of one is its result, not the request's.
            return Failed(ProblemMap.Of(fault, isCommand: true, id));
        }
    }

    private static BulkResultView Failed(Problem problem) => new(problem.Status, null, problem);

    private static CreateJob Keyed(CreateJob command, string? key) =>
        key is null ? command : command with { IdempotencyKey = key, Fingerprint = CreateFingerprint.Of(command) };

    private static IResult Answer(HttpContext http, JobOutcome outcome)
    {
        if (outcome is JobOutcome.Accepted { Job: var made })
        {
            http.Response.Headers.Location = $"{http.Request.PathBase}/v1/jobs/{made.Id}";
            return new JobResult(made, StatusCodes.Status201Created);
        }
        if (outcome is JobOutcome.AlreadyDone { Job: var earlier })
        {
            http.Response.Headers.Location = $"{http.Request.PathBase}/v1/jobs/{earlier.Id}";
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }
        return JobResult.Of(outcome);
    }
}
