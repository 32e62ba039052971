using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>One account, from <c>Batches:Providers:NAME</c>.</summary>
internal sealed class BatchProviderOptions : IValidatableObject
{
    public const string Section = "Batches:Providers";

    private const string Zero = "00:00:00";
    private const string Month = "30.00:00:00";

    /// <summary><c>anthropic</c> or <c>openai</c>.</summary>
    public string Dialect { get; set; } = "";

    /// <summary>http or https, without query or user; with or without the closing <c>/v1</c>. Null: the dialect's own address.</summary>
    public string? BaseUrl { get; set; }

    public string ApiKey { get; set; } = "";

    /// <summary>
    /// anthropic: the <c>anthropic-version</c> header (2023-06-01); openai:
    /// the <c>api-version</c> parameter some compatible endpoints ask for.
    /// </summary>
    public string? ApiVersion { get; set; }

    /// <summary>The account's token bucket: how fast it fills and how much it holds.</summary>
    [Within(1, int.MaxValue)]
    public int RequestsPerSecond { get; set; } = 50;

    [Within(1, int.MaxValue)]
    public int RequestBurst { get; set; } = 100;

    /// <summary>Calls that may wait for a token; the next one is not attempted.</summary>
    [Within(0, int.MaxValue)]
    public int RequestQueue { get; set; } = 1000;

    /// <summary>
    /// The circuit opens when half of at least so many calls within 30 s failed, and stays open for <see cref="CircuitBreak"/>.
    /// </summary>
    [Within(2, int.MaxValue)]
    public int CircuitMinimumCalls { get; set; } = 10;

    [Within("00:00:01", Month)]
    public TimeSpan CircuitBreak { get; set; } = TimeSpan.FromSeconds(30);

    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request's last byte to the answer's headers, and without a byte of a small answer.</summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The same for a create and an upload, whose answers come late; also without progress of the body.</summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan CreateTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Without a byte of a result file.</summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan ReadIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// An upload or a download is given up when it was slower than this for as long as its time without progress allows; 0: however slow it
    /// is. A second of it is earned by so many bytes, so a rate just above is never given up.
    /// </summary>
    [Within(0, int.MaxValue)]
    public int LeastBytesPerSecond { get; set; } = 1024;

    /// <summary>
    /// An upload or a download for which the provider was awaited longer than
    /// this in all is given up, however it goes. Lines that were read are kept.
    /// </summary>
    [Within(Zero, Month, MinimumIsExclusive = true)]
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromHours(2);

    /// <summary>A longer result line is quarantined; bytes.</summary>
    [Within(1 << 10, 1 << 30)]
    public int MaxLineBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Never tells the key.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BaseUrl is { } url && !IsBaseUrl(url))
            yield return new ValidationResult(
                "must be an absolute http or https address without user, query or fragment.", [nameof(BaseUrl)]);
        if (!IsHeaderValue(ApiKey))
            yield return new ValidationResult("must be set, in visible ASCII characters.", [nameof(ApiKey)]);
        if (ApiVersion is { } version && !IsHeaderValue(version))
            yield return new ValidationResult("must be visible ASCII characters.", [nameof(ApiVersion)]);
    }

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" };

    private static bool IsHeaderValue(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\x7f');
}
