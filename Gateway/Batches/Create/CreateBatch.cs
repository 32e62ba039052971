using JobTracker.Batches;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Gateway.Requests.Bodies;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>Makes batches, and follows those that were made elsewhere.</summary>
internal static class CreateBatch
{
    /// <summary>The key is read first: the body may be long, and is taken in as it arrives.</summary>
    public static Task<IResult> Create(HttpContext http, GrainCalls calls, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            errors => IdempotencyKey.Read(http.Request, limits.Value, errors),
            async key =>
            {
                using var body = await IncomingBatch.OpenAsync(http.Request, limits.Value, http.RequestAborted);
                if (body.Problem is { } problem)
                    return new ProblemResult(problem);
                var id = NewId(http, clock);
                using var intake = new BatchIntake(calls.Batch(id), http.Caller(), body, limits.Value);
                var taken = await intake.TakeAsync(key, http.RequestAborted);
                return taken.Problem is { } refusal ? new ProblemResult(refusal) : Answer(taken.Outcome!, id);
            });

    public static Task<IResult> Adopt(HttpContext http, GrainCalls calls, TimeProvider clock, IOptions<GatewayLimits> limits) =>
        http.AnswerAsync(
            BodyNeed.Required,
            (body, errors) => Keyed(
                AdoptBatchBody.Read(body, limits.Value, errors), IdempotencyKey.Read(http.Request, limits.Value, errors)),
            async command =>
            {
                var id = NewId(http, clock);
                return Answer(
                    await calls.Batch(id).Patiently.SendSafelyAsync(batch => batch.AdoptAsync(http.Caller(), command)), id);
            });

    private static AdoptBatch Keyed(AdoptBatch command, string? key) =>
        key is null ? command : command with { IdempotencyKey = key, Fingerprint = BatchFingerprint.Of(command) };

    private static BatchId NewId(HttpContext http, TimeProvider clock)
    {
        var id = BatchId.New(clock);
        ProblemExceptionHandler.CommandFor(http, id);
        return id;
    }

    /// <param name="id">Minted for this request: what stands under it was made by it, though it took two tries.</param>
    private static IResult Answer(BatchOutcome outcome, BatchId id) => outcome switch
    {
        BatchOutcome.Accepted { Batch: var made } => Made(made),
        BatchOutcome.AlreadyDone { Batch: var made } when made.Id == id => Made(made),
        BatchOutcome.AlreadyDone { Batch: var earlier } => new MadeResult(new BatchResult(earlier), PathOf(earlier), isReplayed: true),
        _ => BatchResult.Of(outcome, StatusCodes.Status200OK),
    };

    private static MadeResult Made(BatchSnapshot batch) => new(new BatchResult(batch, StatusCodes.Status202Accepted), PathOf(batch));

    private static string PathOf(BatchSnapshot batch) => $"/v1/batches/{batch.Id}";
}
