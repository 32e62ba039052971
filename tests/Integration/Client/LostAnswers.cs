using JobTracker.Jobs;

namespace JobTracker.Tests.Integration.Client;

/// <summary>
/// Takes the answer of chosen grain calls away, as a broken connection does: after the call was carried out, or instead of it.
/// </summary>
internal sealed class LostAnswers : IIncomingGrainCallFilter
{
    private readonly Lock _gate = new();
    private readonly List<Loss> _losses = [];

    /// <summary>The next <paramref name="times"/> such calls are carried out, and answered by <paramref name="failure"/>.</summary>
    public void AfterCall(string method, string id, Func<Exception> failure, int times = 1) =>
        Arm(method, id, failure, carriedOut: true, times);

    /// <summary>The next <paramref name="times"/> such calls are not carried out.</summary>
    public void InsteadOfCall(string method, string id, Func<Exception> failure, int times = 1) =>
        Arm(method, id, failure, carriedOut: false, times);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var loss = Take(context);
        if (loss is null or { CarriedOut: true })
            await context.Invoke();
        if (loss is not null)
            throw loss.Failure();
    }

    private void Arm(string method, string id, Func<Exception> failure, bool carriedOut, int times)
    {
        lock (_gate)
            _losses.AddRange(Enumerable.Repeat(new Loss(method, id, failure, carriedOut), times));
    }

    private Loss? Take(IIncomingGrainCallContext context)
    {
        lock (_gate)
        {
            var index = _losses.FindIndex(loss => loss.Method == context.MethodName && Ids(context).Contains(loss.Id));
            if (index < 0)
                return null;
            var loss = _losses[index];
            _losses.RemoveAt(index);
            return loss;
        }
    }

    /// <summary>A job that is yet to be made is known by its idempotency key, any other by its id.</summary>
    private static string[] Ids(IIncomingGrainCallContext context) =>
        context.Request.GetArgumentCount() > 1 && context.Request.GetArgument(1) is CreateJob create
        ? [create.IdempotencyKey!, create.JobType]
        : [context.TargetId.Key.ToString()!];

    private sealed record Loss(string Method, string Id, Func<Exception> Failure, bool CarriedOut);
}
