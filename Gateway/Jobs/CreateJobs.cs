using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Makes jobs, one or many.</summary>
internal static class CreateJobs
{
    public static Task<IResult> Create(
        HttpContext http, IGrainFactory grains, Shares shares, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => Keyed(
                CreateJobBody.Read(body, "$", limits.Value, errors), IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async command =>
            {
                using var share = shares.TakeCreates(http, 1);
                if (share is null)
                    return new ProblemResult(ProblemMap.TooManyCreates);
                var id = JobId.New(clock);
                ProblemExceptionHandler.CommandFor(http, id);
                return Answer(await grains.CreateNewJobAsync(id, http.Caller(), command));
            });

    public static Task<IResult> CreateMany(
        HttpContext http, IGrainFactory grains, Shares shares, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => (Entries: BulkCreateBody.Entries(body, limits.Value, errors),
                Key: IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async asked =>
            {
                using var share = shares.TakeCreates(http, Math.Min(asked.Entries.Count, limits.Value.BulkConcurrency));
                return share is null
                    ? new ProblemResult(ProblemMap.TooManyCreates)
                    : await CreateManyAsync(asked.Entries, asked.Key, http, grains, clock, limits.Value);
            });

    /// <summary>
    /// Ids are taken in the order of the entries, so that this is the jobs' order in every list, however the work interleaves.
    /// </summary>
    private static async Task<IResult> CreateManyAsync(
        IReadOnlyList<JsonElement> entries, string? key, HttpContext http, IGrainFactory grains, TimeProvider clock, GatewayLimits limits)
    {
        var (caller, trace) = (http.Caller(), http.TraceIdentifier);
        var work = entries.Select((entry, index) => (Entry: entry, Index: index, Id: JobId.New(clock))).ToArray();
        var results = new BulkResultView[work.Length];
        // Not cancelled with the request: entries under way are stored anyway, and the rest are soon done.
        await Parallel.ForEachAsync(work, Together(limits), async (item, _) =>
        {
            var made = await CreateEntryAsync(
                grains, caller, item.Id, item.Entry, key is null ? null : IdempotencyKey.ForEntry(key, item.Index), limits);
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
        if (errors.Problem is { } problem)
            return Failed(problem);
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

    private static IResult Answer(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Accepted { Job: var made } => new MadeResult(new JobResult(made, StatusCodes.Status201Created), PathOf(made)),
        JobOutcome.AlreadyDone { Job: var earlier } => new MadeResult(new JobResult(earlier), PathOf(earlier), isReplayed: true),
        _ => JobResult.Of(outcome),
    };

    private static string PathOf(JobSnapshot job) => $"/v1/jobs/{job.Id}";
}
