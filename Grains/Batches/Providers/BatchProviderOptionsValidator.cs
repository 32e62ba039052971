using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>Refuses an account at start, naming the key that is wrong and never its value.</summary>
internal sealed class BatchProviderOptionsValidator(IEnumerable<IBatchDialect> dialects) : IValidateOptions<BatchProviderOptions>
{
    private readonly string[] _dialects = [.. dialects.Select(dialect => dialect.Name).Order()];

    public ValidateOptionsResult Validate(string? name, BatchProviderOptions options)
    {
        string[] problems = [.. Problems(options).Select(problem => $"{BatchProviderOptions.Section}:{name}:{problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(BatchProviderOptions account)
    {
        if (!_dialects.Contains(account.Dialect)) yield return $"Dialect must be one of {string.Join(", ", _dialects)}.";
        if (account.BaseUrl is { } url && !IsBaseUrl(url)) yield return "BaseUrl must be an absolute http or https address without user, query or fragment.";
        if (!IsHeaderValue(account.ApiKey)) yield return "ApiKey must be set, in visible ASCII characters.";
        if (account.ApiVersion is { } version && !IsHeaderValue(version)) yield return "ApiVersion must be visible ASCII characters.";
        if (account.RequestsPerSecond < 1) yield return "RequestsPerSecond must be at least 1.";
        if (account.RequestBurst < 1) yield return "RequestBurst must be at least 1.";
        if (account.RequestQueue < 0) yield return "RequestQueue must not be negative.";
        if (account.CircuitMinimumCalls < 2) yield return "CircuitMinimumCalls must be at least 2.";
        if (account.CircuitBreak < TimeSpan.FromSeconds(1)) yield return "CircuitBreak must be at least a second.";
        if (account.ConnectTimeout <= TimeSpan.Zero) yield return "ConnectTimeout must be above zero.";
        if (account.AnswerTimeout <= TimeSpan.Zero) yield return "AnswerTimeout must be above zero.";
        if (account.CreateTimeout <= TimeSpan.Zero) yield return "CreateTimeout must be above zero.";
        if (account.ReadIdleTimeout <= TimeSpan.Zero) yield return "ReadIdleTimeout must be above zero.";
        if (account.LeastBytesPerSecond < 0) yield return "LeastBytesPerSecond must not be negative.";
        if (account.TransferTimeout <= TimeSpan.Zero) yield return "TransferTimeout must be above zero.";
        if (account.MaxLineBytes is < 1024 or > 1024 * 1024 * 1024) yield return "MaxLineBytes must be from 1 KiB to 1 GiB.";
    }

    private static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" };

    private static bool IsHeaderValue(string text) => text.Length > 0 && text.All(character => character is > ' ' and < '\x7f');
}
