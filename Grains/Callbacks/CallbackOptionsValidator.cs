using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Callbacks;

/// <summary>Names every bad key of the section in full, such as <c>Callbacks:Schedule:2</c>; never the text of a secret.</summary>
internal sealed class CallbackOptionsValidator : IValidateOptions<CallbackOptions>
{
    private const int MaxAttempts = 50;
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    public ValidateOptionsResult Validate(string? name, CallbackOptions options)
    {
        List<string> failures =
        [
            .. Schedule(options.Schedule),
            .. Networks(options.AllowedNetworks),
            .. Secret(options.SigningSecret),
            .. Range(nameof(options.Jitter), options.Jitter, 0, 1),
            .. Range(nameof(options.Timeout), options.Timeout, TimeSpan.FromMilliseconds(1), MaxWait),
            .. Range(nameof(options.RotationOverlap), options.RotationOverlap, TimeSpan.Zero, TimeSpan.FromDays(30)),
            .. Range(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 10_000),
            .. Range(nameof(options.MaxConcurrencyPerHost), options.MaxConcurrencyPerHost, 1, options.MaxConcurrency),
            .. Range(nameof(options.FailuresBeforeProbing), options.FailuresBeforeProbing, 1, 1_000),
            .. Range(nameof(options.QueueLimit), options.QueueLimit, 1, 1_000_000),
            .. Range(nameof(options.QueueLimitPerHost), options.QueueLimitPerHost, 1, options.QueueLimit),
            .. Range(nameof(options.ResponseBodyLimit), options.ResponseBodyLimit, 0, 1 << 20),
            .. Range(nameof(options.StopTimeout), options.StopTimeout, TimeSpan.Zero, MaxWait),
        ];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Schedule(IList<TimeSpan> delays)
    {
        if (delays.Count > MaxAttempts)
            yield return $"{Key("Schedule")} has {delays.Count} entries; at most {MaxAttempts} are allowed.";
        for (var i = 0; i < delays.Count; i++)
        {
            foreach (var failure in Range($"Schedule:{i}", delays[i], TimeSpan.Zero, MaxDelay))
                yield return failure;
        }
    }

    private static IEnumerable<string> Networks(IList<string> networks)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            if (!IPNetwork.TryParse(networks[i], out _))
                yield return $"{Key($"AllowedNetworks:{i}")} is '{networks[i]}', which is not a network such as 10.0.0.0/8 or fd00::/8.";
        }
    }

    private static IEnumerable<string> Secret(string? text)
    {
        if (text is not null && !CallbackSecret.TryParse(text, out _, out var error))
            yield return $"{Key("SigningSecret")}: {error}.";
    }

    private static IEnumerable<string> Range<T>(string key, T value, T least, T most)
        where T : IComparable<T>, IFormattable
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Key(key)} is {value}; it must be between {least} and {most}.");
    }

    private static string Key(string key) => $"{CallbackOptions.Section}:{key}";
}
