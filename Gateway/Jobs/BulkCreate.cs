using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Jobs;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs;

/// <summary>Makes many jobs; each entry stands for itself.</summary>
internal static class BulkCreate
{
    public static Task<IResult> CreateMany(
        HttpContext http, GrainCalls calls, Shares shares, OpenJobs open, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => (Entries: BulkCreateBody.Entries(body, limits.Value, errors),
                Key: IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async asked =>
            {
                using var share = shares.TakeCreates(http, Math.Min(asked.Entries.Count, limits.Value.BulkConcurrency));
                return share is null
                    ? new ProblemResult(ProblemMap.TooManyCreates)
                    : await open.WithinAsync(
                        http, asked.Entries.Count,
                        room => CreateManyAsync(asked.Entries, asked.Key, new Room(room), http, calls, clock, limits.Value));
            });

    /// <summary>
    /// Ids are taken in the order of the entries, so that this is the jobs' order in every list, however the work interleaves.
    /// </summary>
    private static async Task<(IResult Answer, int Made)> CreateManyAsync(
        IReadOnlyList<JsonElement> entries, string? key, Room room, HttpContext http, GrainCalls calls, TimeProvider clock,
        GatewayLimits limits)
    {
        var (caller, trace) = (http.Caller(), http.TraceIdentifier);
        var work = entries.Select((entry, index) => (Entry: entry, Index: index, Id: JobId.New(clock))).ToArray();
        var results = new BulkResultView[work.Length];
        // Not cancelled with the request: entries under way are stored anyway, and the rest are soon done.
        await Parallel.ForEachAsync(work, Together(limits), async (item, _) =>
        {
            var made = await CreateEntryAsync(
                calls, caller, item.Id, item.Entry, key is null ? null : IdempotencyKey.ForEntry(key, item.Index), room, limits);
            results[item.Index] = made.Problem is { } wrong ? made with { Problem = wrong with { TraceId = trace } } : made;
        });
        return (
            new JsonResult<BulkResultsView>(new BulkResultsView(results), GatewayJson.Wire.BulkResultsView),
            Made: results.Count(result => result.Status == StatusCodes.Status201Created));
    }

    private static ParallelOptions Together(GatewayLimits limits) => new() { MaxDegreeOfParallelism = limits.BulkConcurrency };

    private static async Task<BulkResultView> CreateEntryAsync(
        GrainCalls calls, Caller caller, JobId id, JsonElement entry, string? key, Room room, GatewayLimits limits)
    {
        var errors = new RequestErrors();
        var command = CreateJobBody.Read(entry, "$", limits, errors);
        if (errors.Problem is { } problem)
            return Failed(problem);
        var hasRoom = room.Take();
        try
        {
            var outcome = await calls.CreateJobAsync(id, caller, CreateJobs.Keyed(command with { IsBeyondQuota = !hasRoom }, key));
            if (hasRoom && outcome is not JobOutcome.Accepted)
                room.GiveBack();
            return outcome switch
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

    /// <summary>How many more of the request's jobs may be made; what an entry does not need, another takes.</summary>
    private sealed class Room(int jobs)
    {
        private int _left = jobs;

        public bool Take()
        {
            if (Interlocked.Decrement(ref _left) >= 0)
                return true;
            GiveBack();
            return false;
        }

        public void GiveBack() => Interlocked.Increment(ref _left);
    }
}
