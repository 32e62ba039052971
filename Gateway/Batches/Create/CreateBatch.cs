using JobTracker.Batches;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>Makes batches, and follows those that were made elsewhere.</summary>
internal static class CreateBatch
{
    /// <summary>The key is read first: the body may be long, and is taken in as it arrives.</summary>
    public static Task<IResult> Create(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            errors => IdempotencyKey.Read(http.Request, limits.Value, errors),
            async key =>
            {
                using var body = await IncomingBatch.OpenAsync(http.Request, limits.Value, http.RequestAborted);
                if (body.Problem is { } problem)
                    return new ProblemResult(problem);
                using var intake = new BatchIntake(New(http, grains, clock), http.Caller(), body, limits.Value);
                var taken = await intake.TakeAsync(key, http.RequestAborted);
                return taken.Problem is { } refusal ? new ProblemResult(refusal) : Answer(taken.Outcome!);
            });

    public static Task<IResult> Adopt(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => Keyed(
                AdoptBatchBody.Read(body, limits.Value, errors), IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async command => Answer(await New(http, grains, clock).AdoptAsync(http.Caller(), command)));

    private static AdoptBatch Keyed(AdoptBatch command, string? key) =>
        key is null ? command : command with { IdempotencyKey = key, Fingerprint = BatchFingerprint.Of(command) };

    private static IBatchGrain New(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var id = BatchId.New(clock);
        ProblemExceptionHandler.CommandFor(http, id);
        return grains.GetGrain<IBatchGrain>(id.ToString());
    }

    private static IResult Answer(BatchOutcome outcome) => outcome switch
    {
        BatchOutcome.Accepted { Batch: var made } => new MadeResult(new BatchResult(made, StatusCodes.Status202Accepted), PathOf(made)),
        BatchOutcome.AlreadyDone { Batch: var earlier } => new MadeResult(new BatchResult(earlier), PathOf(earlier), isReplayed: true),
        _ => BatchResult.Of(outcome, StatusCodes.Status200OK),
    };

    private static string PathOf(BatchSnapshot batch) => $"/v1/batches/{batch.Id}";
}
