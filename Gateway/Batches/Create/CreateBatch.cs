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
    public static async Task<IResult> Create(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits)
    {
        var errors = new RequestErrors();
        var key = IdempotencyKey.Read(http.Request, limits.Value, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        using var body = await BatchCreateBody.OpenAsync(http.Request, limits.Value, http.RequestAborted);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        using var intake = new BatchIntake(New(http, grains, clock), http.Caller(), body, limits.Value);
        var taken = await intake.TakeAsync(key, http.RequestAborted);
        return taken.Problem is { } refusal ? new ProblemResult(refusal) : Answer(http, taken.Outcome!);
    }

    public static async Task<IResult> Adopt(HttpContext http, IGrainFactory grains, TimeProvider clock, IOptions<GatewayLimits> limits)
    {
        using var body = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (body.Problem is { } problem)
            return new ProblemResult(problem);
        var errors = new RequestErrors();
        var command = AdoptBatchBody.Read(body.Root, limits.Value, errors);
        var key = IdempotencyKey.Read(http.Request, limits.Value, errors);
        if (errors.Any)
            return new ProblemResult(errors.ToProblem());
        var keyed = key is null ? command : command with { IdempotencyKey = key, Fingerprint = BatchFingerprint.Of(command) };
        return Answer(http, await New(http, grains, clock).AdoptAsync(http.Caller(), keyed));
    }

    private static IBatchGrain New(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var id = BatchId.New(clock);
        ProblemExceptionHandler.CommandFor(http, id);
        return grains.GetGrain<IBatchGrain>(id.ToString());
    }

    private static IResult Answer(HttpContext http, BatchOutcome outcome)
    {
        if (outcome is BatchOutcome.Accepted { Batch: var made })
        {
            http.Response.Headers.Location = $"{http.Request.PathBase}/v1/batches/{made.Id}";
            return new BatchResult(made, StatusCodes.Status202Accepted);
        }
        if (outcome is BatchOutcome.AlreadyDone { Batch: var earlier })
        {
            http.Response.Headers.Location = $"{http.Request.PathBase}/v1/batches/{earlier.Id}";
            http.Response.Headers["Idempotent-Replayed"] = "true";
        }
        return BatchResult.Of(outcome, StatusCodes.Status200OK);
    }
}
