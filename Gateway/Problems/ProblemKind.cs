using System.Collections.Immutable;

namespace JobTracker.Gateway.Problems;

/// <summary>
/// One kind of error answer. <see cref="Code"/> and <see cref="Type"/> never change once released; docs/problems.md lists them all.
/// </summary>
/// <param name="Code">What programs branch on; snake_case.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same words for every occurrence.</param>
/// <param name="Advice">What a caller does about it.</param>
/// <param name="RetryAfterSeconds">Sent as <c>Retry-After</c> (RFC 9110, 10.2.3).</param>
/// <param name="Uri">Where somebody else named the kind; else it is ours.</param>
/// <param name="IsFinal">Repeating the request cannot help: sent as
/// <c>x-should-retry: false</c>, because common SDKs retry every 409.</param>
internal sealed record ProblemKind(
    string Code, int Status, string Title, string Advice, int? RetryAfterSeconds = null, bool IsFinal = false, string? Uri = null)
{
    public static readonly ProblemKind MalformedJson = new("malformed_json", 400, "The body is not JSON",
        "Correct the body; `detail` tells the place.");

    public static readonly ProblemKind BadRequest = new("bad_request", 400, "The request is not valid HTTP",
        "Correct the request.");

    public static readonly ProblemKind Unauthenticated = new("unauthenticated", 401, "Nobody is signed in",
        "Send valid credentials.");

    public static readonly ProblemKind InvalidToken = new("invalid_token", 401, "The credentials are not valid",
        "Send others: they are malformed, unknown, expired or revoked, or their organization is suspended; these are not told apart.");

    public static readonly ProblemKind InsufficientScope = new("insufficient_scope", 403, "The credentials do not allow this",
        "Ask for the scope in `WWW-Authenticate`, or ask about your own organization.");

    public static readonly ProblemKind CrossSiteRequest = new("cross_site_request", 403, "A web page of another origin may not do this",
        "Send it from the service's own page or from a program. Only a service where nobody signs in refuses so.", IsFinal: true);

    public static readonly ProblemKind JobNotFound = new("job_not_found", 404, "There is no such job",
        "The job never existed, was deleted, or belongs to another organization; these are not told apart.");

    public static readonly ProblemKind BatchNotFound = new("batch_not_found", 404, "There is no such batch",
        "The batch never existed, was deleted, or belongs to another organization; these are not told apart.");

    public static readonly ProblemKind ItemNotFound = new("item_not_found", 404, "The batch has no such item",
        "List the batch's items. An adopted batch has none before its results are read.");

    public static readonly ProblemKind KeyNotFound = new("key_not_found", 404, "There is no such key",
        "The key never existed, ended long ago, or belongs to another organization; these are not told apart.");

    public static readonly ProblemKind OrganizationNotFound = new("organization_not_found", 404, "There is no such organization",
        "POST to `/v1/organizations` makes one.");

    public static readonly ProblemKind OperationNotFound = new("operation_not_found", 404, "There is no such operation",
        "The operation never existed, ended long ago, or belongs to another organization; these are not told apart.");

    public static readonly ProblemKind PathNotFound = new("path_not_found", 404, "There is nothing at this path",
        "See `/openapi/v1.json` for the paths.");

    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "The path has no such method",
        "Use one of the methods in `Allow`.");

    public static readonly ProblemKind NotAcceptable = new("not_acceptable", 406, "The answer is of no type that is accepted",
        "Accept `application/json`; for events `text/event-stream`, for a batch's results `application/jsonl`.");

    public static readonly ProblemKind RequestTimeout = new("request_timeout", 408, "The request did not arrive in time",
        "Send it again.");

    public static readonly ProblemKind TransitionNotAllowed = new("transition_not_allowed", 409, "The job cannot enter this status",
        "Do not repeat it. `from` is where the job stands, `allowed` is where it can go; `stop_reason` tells why it ended.", IsFinal: true);

    public static readonly ProblemKind JobHasEnded = new("job_has_ended", 409, "The job has ended",
        "Do not repeat it. Of an ended job only metadata may change; `fields` are the others that were sent.", IsFinal: true);

    public static readonly ProblemKind NothingToRedeliver = new("nothing_to_redeliver", 409, "The job has no callback to send again",
        "Do not repeat it before the job has ended; `detail` tells why there is none.", IsFinal: true);

    public static readonly ProblemKind NothingToRetry = new("nothing_to_retry", 409, "The job has no work to do again",
        "Do not repeat it: only a job that failed, expired or was cancelled is retried; `from` is where this one stands.", IsFinal: true);

    public static readonly ProblemKind JobFollowsBatch = new("job_follows_batch", 409, "The job is a batch's own",
        "Do not repeat it. Change the batch `batch_id` instead: POST to `cancel_url` cancels both; once the batch is deleted, the job "
            + "can be, too.", IsFinal: true);

    public static readonly ProblemKind GroupSealed = new("group_sealed", 409, "The group takes no more children",
        "Make the job without `parent_id`, or under a group that is not sealed and has not ended.", IsFinal: true);

    public static readonly ProblemKind CallbackSecretConfigured = new(
        "callback_secret_configured", 409, "The server's configuration sets the callback secret",
        "Ask the operator to change `Callbacks:SigningSecret`.", IsFinal: true);

    public static readonly ProblemKind KeyHasEnded = new("key_has_ended", 409, "The key is revoked or has expired",
        "Do not repeat it: make another key.", IsFinal: true);

    public static readonly ProblemKind TooManyKeys = new("keys_quota", 409, "The organization has as many keys as it may have",
        "Ask the operator to raise `Limits:Keys`; keys that ended count for 90 days.", IsFinal: true);

    public static readonly ProblemKind OrganizationExists = new("organization_exists", 409, "There is an organization with this id",
        "Do not repeat it. PATCH changes the one that there is.", IsFinal: true);

    public static readonly ProblemKind TooManyOrganizations = new(
        "organizations_quota", 409, "There are as many organizations as there may be", "Ask the operator to raise `Limits:Organizations`.",
        IsFinal: true);

    public static readonly ProblemKind OpenJobsQuota = new(
        "open_jobs_quota", 409, "The organization has as many open jobs as it may have",
        "Do not repeat it before some have ended; an admin can raise the organization's `open_jobs`.", IsFinal: true);

    public static readonly ProblemKind TooManyMatches = new("too_many_matches", 409, "More jobs match than were to be",
        "Nothing was begun. Look at what matches with `dry_run`, then narrow the filter or raise `max_items`; `limit` is what it was.",
        IsFinal: true);

    public static readonly ProblemKind OperationHasEnded = new("operation_has_ended", 409, "The operation has ended",
        "Do not repeat it: what it did stays done.", IsFinal: true);

    public static readonly ProblemKind BatchHasEnded = new("batch_has_ended", 409, "The batch has ended",
        "Do not repeat it. `from` is how it ended.", IsFinal: true);

    public static readonly ProblemKind BatchNotEnded = new("batch_not_ended", 409, "The batch has not ended",
        "Wait until its `phase` is `done`; cancel it to have that sooner.", RetryAfterSeconds: 30);

    public static readonly ProblemKind ResultsNotReady = new("results_not_ready", 409, "The results are not complete",
        "Wait until the batch's status is terminal: its job, its callback and its version tell.", RetryAfterSeconds: 30);

    public static readonly ProblemKind NothingToResubmit = new("nothing_to_resubmit", 409, "The batch has nothing to send again",
        "Do not repeat it. Of an adopted batch the requests are not known, so that it can never be sent again.", IsFinal: true);

    public static readonly ProblemKind VersionMismatch = new("version_mismatch", 412, "The job has another version",
        "Read the job, decide anew, and send the new version in `If-Match`.");

    public static readonly ProblemKind BodyTooLarge = new("body_too_large", 413, "The body is too large",
        "Send less at once.");

    public static readonly ProblemKind BatchTooLarge = new("batch_too_large", 413, "The batch is too large for its provider",
        "Make several batches; `limit` is the bytes of requests that the provider takes in one.");

    public static readonly ProblemKind ItemTooLarge = new("item_too_large", 413, "An item of the batch is too large",
        "Make that request smaller; `line` or `errors` tell which it is. Nothing was made.");

    public static readonly ProblemKind UriTooLong = new("uri_too_long", 414, "The request line is too long",
        "Put less into the path and the query.");

    public static readonly ProblemKind UnsupportedMediaType = new("unsupported_media_type", 415, "The body is of another media type",
        "Send UTF-8 JSON with `Content-Type: application/json`.");

    public static readonly ProblemKind UnsupportedContentEncoding = new(
        "unsupported_content_encoding", 415, "The body is packed in a way that is not known",
        "Use one of the codings in `Accept-Encoding`, or none.");

    public static readonly ProblemKind MisdirectedRequest = new("misdirected_request", 421, "The service does not answer to this name",
        "Call it as localhost, or have its operator add the name to `AllowedHosts`. Only a service where nobody signs in refuses so.");

    public static readonly ProblemKind InvalidBody = new("invalid_body", 422, "The body is not what was expected",
        "Correct what `errors` names; `name` is a JSON path.");

    public static readonly ProblemKind InvalidParameter = new("invalid_parameter", 422, "A query parameter is not valid",
        "Correct the parameters that `errors` names.");

    public static readonly ProblemKind InvalidHeader = new("invalid_header", 422, "A header is not valid",
        "Correct the headers that `errors` names.");

    public static readonly ProblemKind InvalidJobId = new("invalid_job_id", 422, "This is not a job id",
        "A job id is `job-` and a UUID in lower case.");

    public static readonly ProblemKind InvalidKeyId = new("invalid_key_id", 422, "This is not a key's id",
        "A key's id is `key-` and 10 letters or digits: those behind `jtk_` in the key.");

    public static readonly ProblemKind InvalidBatchId = new("invalid_batch_id", 422, "This is not a batch id",
        "A batch id is `batch-` and a UUID in lower case.");

    public static readonly ProblemKind InvalidOperationId = new("invalid_operation_id", 422, "This is not an operation's id",
        "An operation's id is `operation-` and a UUID in lower case.");

    public static readonly ProblemKind FilterRequired = new("filter_required", 422, "The filter names nothing",
        "Say which jobs; `{\"all\": true}` says that every one is meant.");

    public static readonly ProblemKind UnknownProvider = new("unknown_provider", 422, "There is no account of this name",
        "Use the name of an account of the service's configuration (`Batches:Providers`). Nothing was made.");

    public static readonly ProblemKind ProviderBatchNotFound = new("provider_batch_not_found", 422, "The provider has no such batch",
        "Check the account and the id: the batch must be one that this account can read, and that nobody else follows.");

    public static readonly ProblemKind DuplicateCustomId = new("duplicate_custom_id", 422, "Two items have the same custom_id",
        "Give each item a custom_id of its own; `line` or `errors` tell where the second one is. Nothing was made.");

    public static readonly ProblemKind TooManyItems = new("too_many_items", 422, "The batch has too many items",
        "Make several batches; `limit` is how many items one takes, and `line` or `errors` tell which is the first beyond. "
            + "Nothing was made.");

    public static readonly ProblemKind IdempotencyKeyReused = new(
        "idempotency_key_reused", 422, "The idempotency key was used for something else",
        "Use a new key for a new request; repeat a request with exactly the body it had.");

    public static readonly ProblemKind TooManyRequests = new("too_many_requests", 429, "The budget of requests is spent",
        "Wait for `Retry-After`, and send fewer: `RateLimit-Policy` tells how many.",
        Uri: "https://iana.org/assignments/http-problem-types#quota-exceeded");

    public static readonly ProblemKind TooManyWaits = new("too_many_waits", 429, "Too many reads wait",
        "Wait for `Retry-After`, or watch several jobs by one list.", RetryAfterSeconds: 5);

    public static readonly ProblemKind TooManyLists = new("too_many_lists", 429, "Too many lists run at the same time",
        "Ask for one page after the other.", RetryAfterSeconds: 1);

    public static readonly ProblemKind TooManyCreates = new("too_many_creates", 429, "Too many creates are under way",
        "Send fewer at the same time; nothing was made.", RetryAfterSeconds: 1);

    public static readonly ProblemKind TooManyStreams = new("too_many_streams", 429, "Too many event streams are open",
        "Close some of the organization's streams, or wait.", RetryAfterSeconds: 5);

    public static readonly ProblemKind TooManyExports = new(
        "too_many_exports", 429, "The organization has as many exports under way as it may",
        "Wait for the other export's end; one that broke off goes on with `after`.", RetryAfterSeconds: 5);

    public static readonly ProblemKind TooManyOperations = new(
        "too_many_operations", 429, "The organization has as many operations waiting as it may",
        "Wait until one of them has ended, or stop one; nothing was begun.", RetryAfterSeconds: 5);

    public static readonly ProblemKind TooManyBytesInFlight = new(
        "too_many_bytes_in_flight", 429, "Too many pages of lists are on their way",
        "Read the organization's other lists to their end, or ask for shorter pages with `limit`; then repeat it.", RetryAfterSeconds: 1);

    public static readonly ProblemKind TooManyBodyBytes = new("too_many_body_bytes", 429, "Too many large bodies are under way",
        "Send fewer of the organization's large requests at the same time; nothing was made.", RetryAfterSeconds: 1);

    public static readonly ProblemKind HeadersTooLarge = new("headers_too_large", 431, "The headers are too large",
        "Send fewer or shorter headers.");

    public static readonly ProblemKind InternalError = new("internal_error", 500, "Something went wrong in the service",
        "Report it with the `trace_id`.");

    public static readonly ProblemKind StorageUnavailable = new("storage_unavailable", 503, "The database does not answer",
        "Nothing was changed. Repeat it after `Retry-After`.", RetryAfterSeconds: 2);

    public static readonly ProblemKind Overloaded = new("overloaded", 503, "More work waits than the service takes on",
        "Nothing was changed. Repeat it after `Retry-After`, and slow down.", RetryAfterSeconds: 1);

    public static readonly ProblemKind ClusterUnavailable = new("cluster_unavailable", 503, "The cluster does not answer",
        "Nothing was changed. Repeat it after `Retry-After`.", RetryAfterSeconds: 2);

    public static readonly ProblemKind OutcomeUnknown = new("outcome_unknown", 503, "It is not known whether the change was made",
        "Read the job or the batch before acting on either (`job_id` or `batch_id` names it where it is known). A create that carried an "
            + "`Idempotency-Key` may simply be repeated with it.",
        RetryAfterSeconds: 1);

    public static readonly ProblemKind VersionNotSupported = new("http_version_not_supported", 505, "The version of HTTP is not known",
        "Use HTTP/1.1 or HTTP/2.");

    /// <summary>Every kind, by status.</summary>
    public static ImmutableArray<ProblemKind> All { get; } =
    [
        MalformedJson, BadRequest, Unauthenticated, InvalidToken, InsufficientScope, CrossSiteRequest, JobNotFound, BatchNotFound,
        ItemNotFound, KeyNotFound, OrganizationNotFound, OperationNotFound, PathNotFound, MethodNotAllowed, NotAcceptable,
        RequestTimeout, TransitionNotAllowed, JobHasEnded, NothingToRedeliver, NothingToRetry, JobFollowsBatch, GroupSealed,
        CallbackSecretConfigured, KeyHasEnded, TooManyKeys, OrganizationExists, TooManyOrganizations, OpenJobsQuota, TooManyMatches,
        OperationHasEnded, BatchHasEnded, BatchNotEnded, ResultsNotReady, NothingToResubmit, VersionMismatch, BodyTooLarge,
        BatchTooLarge, ItemTooLarge, UriTooLong, UnsupportedMediaType, UnsupportedContentEncoding, MisdirectedRequest, InvalidBody,
        InvalidParameter, InvalidHeader, InvalidJobId, InvalidKeyId, InvalidBatchId, InvalidOperationId, FilterRequired,
        UnknownProvider, ProviderBatchNotFound, DuplicateCustomId, TooManyItems, IdempotencyKeyReused, TooManyRequests, TooManyWaits,
        TooManyLists, TooManyCreates, TooManyStreams, TooManyExports, TooManyOperations, TooManyBytesInFlight, TooManyBodyBytes,
        HeadersTooLarge, InternalError, StorageUnavailable, Overloaded, ClusterUnavailable, OutcomeUnknown, VersionNotSupported,
    ];

    /// <summary>A stable URI (RFC 9457, 3.1.1), not meant to be fetched.</summary>
    public string Type => Uri ?? $"urn:jobtracker:problem:{Code}";
}
