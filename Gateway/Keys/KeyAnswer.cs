using JobTracker.Gateway.Problems;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>What became of a change of a key. Prints without the secret.</summary>
/// <param name="Key">As it is after the change; null: nothing was changed.</param>
/// <param name="Secret">The whole key, where it was given a secret.</param>
/// <param name="Problem">Why nothing was changed; null: it is done.</param>
internal sealed record KeyAnswer(ApiKeySnapshot? Key, ApiKey? Secret, Problem? Problem)
{
    /// <summary>Another key has the name that was drawn. Nobody is told: another one is drawn.</summary>
    public static KeyAnswer NameTaken { get; } = new(null, null, null);

    public static KeyAnswer Changed(ApiKeySnapshot key, ApiKey? secret = null) => new(key, secret, null);

    public static KeyAnswer Refused(Problem problem) => new(null, null, problem);

    /// <summary>How it ended, for the audit event.</summary>
    public IResult End => this switch
    {
        { Problem: { } problem } => new ProblemResult(problem),
        { Key: null } => TypedResults.StatusCode(StatusCodes.Status409Conflict),
        _ => TypedResults.Ok(),
    };
}
