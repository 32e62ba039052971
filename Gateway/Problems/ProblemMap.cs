using System.Globalization;
using JobTracker.Batches;
using JobTracker.Cluster;
using JobTracker.Gateway.Calls;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Storage;
using Microsoft.Net.Http.Headers;

namespace JobTracker.Gateway.Problems;

/// <summary>The one place where refusals, faults and bad requests turn into problems.</summary>
internal static partial class ProblemMap
{
    public static Problem JobNotFound { get; } = new(ProblemKind.JobNotFound, "There is no job with this id in your organization.");

    public static Problem InvalidJobId { get; } = new(ProblemKind.InvalidJobId, "Expected job- and a UUID in lower case.");

    public static Problem TooManyWaits { get; } = new(
        ProblemKind.TooManyWaits, "The organization has as many reads waiting as it may have.");

    public static Problem TooManyLists { get; } = new(
        ProblemKind.TooManyLists, "The organization's lists took longer than one may wait for them.");

    public static Problem TooManyCreates { get; } = new(
        ProblemKind.TooManyCreates, "The organization has as many creates under way as it may have.");

    /// <param name="burst">Requests that may come at once.</param>
    /// <param name="seconds">Until the next may come.</param>
    public static Problem TooManyRequests(int burst, int seconds) => new(
        ProblemKind.TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"The key has spent its budget of {burst} requests."))
    {
        RetryAfterSeconds = Math.Max(seconds, 1),
    };

    public static Problem TooManyStreams { get; } = new(
        ProblemKind.TooManyStreams, "The organization has as many event streams open as it may have.");

    public static Problem TooManyExports { get; } = new(
        ProblemKind.TooManyExports, "The organization exports jobs already, and may have no further export under way.");

    public static Problem TooManyBytesInFlight { get; } = new(
        ProblemKind.TooManyBytesInFlight,
        "Pages that the organization asked for and has not read yet take all the bytes that it may have on their way.");

    public static Problem TooManyBodyBytes { get; } = new(
        ProblemKind.TooManyBodyBytes, "Bodies that the organization is sending take all the bytes that they may take together.");

    public static Problem CallbackSecretConfigured { get; } = new(
        ProblemKind.CallbackSecretConfigured, "Callbacks:SigningSecret is set; it signs for every organization.");

    public static Problem OtherOrganization { get; } = new(
        ProblemKind.InsufficientScope, "Only the admin scope may ask about another organization.")
    {
        Challenge = ChallengeOf(Scopes.Admin),
    };

    /// <summary>Whatever is wrong with them.</summary>
    public static Problem CredentialsRefused { get; } = new(ProblemKind.InvalidToken, "The credentials are not valid.")
    {
        Challenge = "Bearer error=\"invalid_token\"",
    };

    /// <summary>An address that sends one bad credential after the other.</summary>
    public static Problem TooManyRefusals { get; } = new(
        ProblemKind.TooManyRequests, "Too many credentials from this address were refused.")
    {
        RetryAfterSeconds = 1,
    };

    public static Problem ScopeMissing(string scope) => new(ProblemKind.InsufficientScope, $"This needs the scope {scope}.")
    {
        Challenge = ChallengeOf(scope),
    };

    public static Problem MediaType { get; } = new(
        ProblemKind.UnsupportedMediaType, "Send UTF-8 JSON with Content-Type: application/json.");

    public static Problem ContentCoding { get; } = new(
        ProblemKind.UnsupportedContentEncoding, "Send the body as it is, or packed once with gzip or br.");

    public static Problem ForeignHost { get; } = new(
        ProblemKind.MisdirectedRequest,
        "While nobody signs in (Auth:Mode none) the service answers to localhost and loopback addresses alone, because a web page could "
        + "reach it under a name of its own. Call it as localhost, or add the name in the Host header to AllowedHosts in its "
            + "configuration.");

    public static Problem ForeignPage { get; } = new(
        ProblemKind.CrossSiteRequest,
        "While nobody signs in (Auth:Mode none) a web page of another origin may not change anything: the Origin or Sec-Fetch-Site "
        + "header tells that it is one. Nothing was changed. Send it from the service's own page, or from a program.");

    public static Problem NotAcceptable(IEnumerable<MediaTypeHeaderValue> offers) =>
        new(ProblemKind.NotAcceptable, $"The Accept header excludes all that there is: {string.Join(", ", offers)}.");

    /// <summary>What the job's rules said no to.</summary>
    public static Problem Of(Refusal refusal) => refusal switch
    {
        Refusal.TransitionNotAllowed r => new Problem(
            ProblemKind.TransitionNotAllowed, $"The job is {Ended(r.From, r.StopReason)} and cannot become {r.To.Word}.")
        {
            From = r.From,
            To = r.To,
            Allowed = r.Allowed,
            StopReason = r.StopReason,
        },
        Refusal.JobHasEnded r => new Problem(
            ProblemKind.JobHasEnded, $"The job is {Ended(r.Status, r.StopReason)}: {string.Join(", ", r.Fields)} cannot change any more.")
        {
            From = r.Status,
            StopReason = r.StopReason,
            Fields = r.Fields,
        },
        Refusal.VersionMismatch r => new Problem(
            ProblemKind.VersionMismatch, string.Create(CultureInfo.InvariantCulture, $"The job is at version {r.Actual}."))
        {
            ExpectedVersion = r.Expected,
            ActualVersion = r.Actual,
        },
        Refusal.IdempotencyKeyReused => new Problem(
            ProblemKind.IdempotencyKeyReused, "An earlier request with this Idempotency-Key had another body."),
        Refusal.OpenJobsQuota => new Problem(
            ProblemKind.OpenJobsQuota, "No job was made: the organization has as many that have not ended as it may have."),
        Refusal.NothingToRedeliver r => new Problem(ProblemKind.NothingToRedeliver, r.Problem) { From = r.Status },
        Refusal.NothingToRetry r => new Problem(
            ProblemKind.NothingToRetry, $"The job is {r.Status.Word}: only one that failed, expired or was cancelled is done again.")
        {
            From = r.Status,
        },
        Refusal.JobFollowsBatch r => new Problem(ProblemKind.JobFollowsBatch, $"The job follows {r.Batch}, which alone changes it.")
        {
            BatchId = r.Batch.ToString(),
            CancelUrl = $"/v1/batches/{r.Batch}/cancel",
        },
        Refusal.GroupSealed r => new Problem(
            ProblemKind.GroupSealed,
            $"{r.Group} is {(r.Status.IsTerminal ? r.Status.Word : "sealed")}: it takes no more children.")
        {
            From = r.Status,
        },
        Refusal.InvalidField r => Of([new RequestError("body", $"$.{r.Field}", r.Problem)]),
        _ => throw new InvalidOperationException($"A refusal without a problem: {refusal.GetType()}."),
    };

    /// <summary>What the request itself has wrong; at least one error, and <paramref name="unlisted"/> that are not listed.</summary>
    public static Problem Of(IReadOnlyList<RequestError> errors, int unlisted = 0)
    {
        var first = errors[0];
        var kind = first.In switch
        {
            "body" => ProblemKind.InvalidBody,
            "query" => ProblemKind.InvalidParameter,
            _ => ProblemKind.InvalidHeader,
        };
        var others = errors.Count - 1 + unlisted;
        var more = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {others} more)");
        return new Problem(kind, $"{first.Name}: {first.Detail}{more}")
        {
            Errors = errors,
            MoreErrors = unlisted == 0 ? null : unlisted,
        };
    }

    /// <summary>
    /// What broke on the way. <paramref name="isCommand"/> decides what a lost answer means, and the job or the batch is what to read then.
    /// </summary>
    public static Problem Of(Exception fault, bool isCommand, JobId? job, BatchId? batch = null) => fault switch
    {
        BadHttpRequestException { StatusCode: 400 } e => new Problem(ProblemKind.BadRequest, Echo.Cut(e.Message)),
        BadHttpRequestException e => OfStatus(e.StatusCode),
        NoBodyRoomException => TooManyBodyBytes,
        UnauthorizedAccessException => OtherOrganization,
        SignInUnavailableException =>
            new Problem(ProblemKind.ClusterUnavailable, "The credentials cannot be checked now; nothing was changed."),
        StorageUnavailableException => new Problem(ProblemKind.StorageUnavailable, "The database does not answer; nothing was changed."),
        OrleansException e when Outage.IsUnreadState(e) =>
            new Problem(ProblemKind.StorageUnavailable, "The database does not answer; nothing was changed."),
        StorageOverloadedException =>
            new Problem(ProblemKind.Overloaded, "More work waits than the service takes on; nothing was changed."),
        OutcomeUnknownException => UnknownOutcome(job, batch),
        ClusterUnavailableException => new Problem(ProblemKind.ClusterUnavailable, $"{fault.Message} Nothing was changed."),
        // It may have run: only a read is sure to have changed nothing.
        _ when isCommand && CallFailures.Of(fault) == CallFailure.Lost => UnknownOutcome(job, batch),
        _ when Outage.IsPassing(fault) => new Problem(ProblemKind.ClusterUnavailable, "The cluster does not answer; nothing was changed."),
        _ => new Problem(ProblemKind.InternalError, "The service failed in a way it did not expect; the trace_id finds it in the logs."),
    };

    /// <summary>An HTTP status that no handler gave a body.</summary>
    public static Problem OfStatus(int status) => status switch
    {
        401 => new Problem(ProblemKind.Unauthenticated, "The request carries no valid credentials.") { Challenge = "Bearer" },
        403 => new Problem(ProblemKind.InsufficientScope, "The credentials do not carry the scope that this needs."),
        404 => new Problem(ProblemKind.PathNotFound, "No endpoint has this path."),
        405 => new Problem(ProblemKind.MethodNotAllowed, "The Allow header lists the methods of this path."),
        408 => new Problem(ProblemKind.RequestTimeout, "The request did not arrive in time."),
        413 => new Problem(ProblemKind.BodyTooLarge, "The body is larger than this endpoint takes."),
        415 => MediaType,
        < 500 => new Problem(ProblemKind.BadRequest, "The request could not be understood."),
        _ => new Problem(ProblemKind.InternalError, "The service failed in a way it did not expect; the trace_id finds it in the logs."),
    };

    /// <summary>What the server itself refused, because it was no HTTP that it could read.</summary>
    public static Problem OfServer(int status) => status switch
    {
        408 => OfStatus(status),
        413 => OfStatus(status),
        414 => new Problem(ProblemKind.UriTooLong, "The request line is longer than the server takes."),
        431 => new Problem(ProblemKind.HeadersTooLarge, "The headers are larger or more than the server takes."),
        505 => new Problem(ProblemKind.VersionNotSupported, "The server speaks HTTP/1.1 and HTTP/2."),
        < 500 => new Problem(ProblemKind.BadRequest, "The request line, a header or the framing of the body is not what RFC 9112 says."),
        _ => OfStatus(status),
    };

    /// <summary>The status and, where the word for it does not say it already, why.</summary>
    private static string Ended(JobStatus status, string? stopReason) =>
        status.IsTerminal && stopReason is not null && stopReason != status.Word ? $"{status.Word} ({stopReason})" : status.Word;

    private static string ChallengeOf(string scope) => $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";

    private static Problem UnknownOutcome(JobId? job, BatchId? batch)
    {
        var place = job is { } id ? $"/v1/jobs/{id}" : batch is { } other ? $"/v1/batches/{other}" : "the job";
        return new Problem(ProblemKind.OutcomeUnknown, $"The answer was lost: read {place} to learn whether the change was made.")
        {
            JobId = job?.ToString(),
            BatchId = batch?.ToString(),
        };
    }
}
