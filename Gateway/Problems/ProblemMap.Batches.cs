using System.Globalization;
using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Problems;

internal static partial class ProblemMap
{
    public static Problem BatchNotFound { get; } = new(ProblemKind.BatchNotFound, "There is no batch with this id in your organization.");

    public static Problem InvalidBatchId { get; } = new(ProblemKind.InvalidBatchId, "Expected batch- and a UUID in lower case.");

    public static Problem ItemNotFound { get; } = new(ProblemKind.ItemNotFound, "The batch has no item with this custom_id.");

    public static Problem ResultsNotReady(BatchStatus status) =>
        new(ProblemKind.ResultsNotReady, $"The batch is {status.Word}: its results are not complete.") { From = Word(status) };

    /// <summary>What the batch's rules said no to.</summary>
    public static Problem Of(BatchRefusal refusal) => refusal switch
    {
        BatchRefusal.InvalidField { Field: "provider" } r => Of(ProblemKind.UnknownProvider, InBody("$.provider", r.Problem)),
        BatchRefusal.InvalidField r => Of([InBody($"$.{r.Field}", r.Problem)]),
        BatchRefusal.InvalidItem r =>
            Of([InBody(string.Create(CultureInfo.InvariantCulture, $"$.items[{r.Position}].{r.Field}"), r.Problem)]),
        BatchRefusal.DuplicateCustomId r => new Problem(ProblemKind.DuplicateCustomId, $"The custom_id '{r.CustomId}' came before."),
        BatchRefusal.TooManyItems r => PastLimit(ProblemKind.TooManyItems, r.Limit, "items"),
        BatchRefusal.TooLarge r => PastLimit(ProblemKind.BatchTooLarge, r.LimitBytes, "bytes"),
        BatchRefusal.IdempotencyKeyReused => Of(new Refusal.IdempotencyKeyReused("")),
        BatchRefusal.NotAtProvider r => new Problem(
            ProblemKind.ProviderBatchNotFound,
            $"The account has no batch '{Echo.Cut(r.ProviderBatchId)}', or none that your organization may follow."),
        BatchRefusal.HasEnded r => new Problem(ProblemKind.BatchHasEnded, $"The batch is {r.Status.Word}: there is nothing to cancel.")
        {
            From = Word(r.Status),
            To = JobStatus.Cancelled,
            Allowed = [],
        },
        BatchRefusal.NotEnded r =>
            new Problem(ProblemKind.BatchNotEnded, $"The batch is {r.Status.Word}, or what follows its end is not done yet.")
            {
                From = Word(r.Status)
            },
        BatchRefusal.NothingToResubmit =>
            new Problem(ProblemKind.NothingToResubmit, "No item failed or expired whose request is known here."),
        _ => throw new InvalidOperationException($"A refusal that no request can bring about: {refusal}."),
    };

    /// <summary>One thing that is wrong with a request, and has a kind of its own.</summary>
    public static Problem Of(ProblemKind kind, RequestError error) => new(kind, $"{error.Name}: {error.Detail}") { Errors = [error] };

    private static Problem PastLimit(ProblemKind kind, long limit, string unit)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"The provider takes at most {limit} {unit} in one batch.");
        return new Problem(kind, detail) { Limit = limit };
    }

    private static RequestError InBody(string name, string detail) => new("body", name, detail);

    /// <summary>Every status of a batch is one of a job, too.</summary>
    private static JobStatus? Word(BatchStatus status) => JobStatus.FromWord(status.Word);
}
