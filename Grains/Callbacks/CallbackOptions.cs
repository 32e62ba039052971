using System.ComponentModel.DataAnnotations;
using System.Net;
using JobTracker.Configuration;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Grains.Callbacks;

/// <summary>The section <c>Callbacks</c> of the configuration.</summary>
internal sealed class CallbackOptions : IValidatableObject
{
    public const string Section = "Callbacks";

    private const int MostAttempts = 50;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    /// <summary>The delays of a configuration that names none: eight attempts over about 28 hours.</summary>
    public static readonly IReadOnlyList<TimeSpan> DefaultSchedule =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(10),
    ];

    /// <summary>Delay before each attempt, the first included; as many attempts as entries. Empty: <see cref="DefaultSchedule"/>.</summary>
    /// <remarks>Starts empty because the configuration binder adds to a list's defaults instead of replacing them.</remarks>
    public IList<TimeSpan> Schedule { get; } = [];

    /// <summary>Each delay varies by up to this share of itself, either way; 0 to 1.</summary>
    [Within(0.0, 1.0)]
    public double Jitter { get; set; } = 0.2;

    /// <summary>One attempt, name resolution and connection included; 1 ms to 5 min.</summary>
    [Within("00:00:00.001", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>CIDRs that callbacks may reach although <see cref="CallbackAddressRules"/> would refuse them.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>A <c>whsec_</c> secret for every organization; null: each has its own.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>How long a replaced secret signs beside the new one; 0 to 30 days.</summary>
    [Within("00:00:00", "30.00:00:00")]
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Attempts under way in one silo; 1 to 10,000.</summary>
    [Within(1, 10_000)]
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>
    /// Attempts under way in one silo for one organization; 1 to <see cref="MaxConcurrency"/>. Null: three quarters of that, so that there
    /// is a place for another's at once however slow the hosts of one are.
    /// </summary>
    public int? MaxConcurrencyPerOrganization { get; set; }

    /// <summary>The same to one host and port; 1 to <see cref="MaxConcurrency"/>.</summary>
    public int MaxConcurrencyPerHost { get; set; } = 32;

    /// <summary>
    /// After so many failures of an organization's callbacks in a row a host gets one attempt at a time, until one succeeds; 1 to 1,000.
    /// </summary>
    [Within(1, 1_000)]
    public int FailuresBeforeProbing { get; set; } = 5;

    /// <summary>Callbacks waiting in one silo's memory, at some 500 bytes each; further ones wait in storage. 1 to 1,000,000.</summary>
    [Within(1, 1_000_000)]
    public int QueueLimit { get; set; } = 100_000;

    /// <summary>The same for one organization; 1 to <see cref="QueueLimit"/>. Null: three quarters of that.</summary>
    public int? QueueLimitPerOrganization { get; set; }

    /// <summary>
    /// The same for one host and port of it, so that one stuck host cannot fill the queue; 1 to <see cref="QueueLimit"/>.
    /// </summary>
    public int QueueLimitPerHost { get; set; } = 20_000;

    /// <summary>Bytes of a response body that are read (and dropped) to keep the connection; 0 to 1 MiB.</summary>
    [Within(0, 1 << 20)]
    public int ResponseBodyLimit { get; set; } = 1_024;

    /// <summary>How long a stopping silo waits for the attempts under way; 0 to 5 min.</summary>
    [Within("00:00:00", "00:05:00")]
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Schedule.Count > MostAttempts)
            yield return Wrong(nameof(Schedule), $"has {Schedule.Count} entries; at most {MostAttempts} are allowed.");
        foreach (var (index, delay) in Schedule.Index())
        {
            if (WithinAttribute.Problem(delay, TimeSpan.Zero, LongestDelay) is { } problem)
                yield return Wrong($"{nameof(Schedule)}:{index}", problem);
        }
        foreach (var (index, network) in AllowedNetworks.Index())
        {
            if (!IPNetwork.TryParse(network, out _))
                yield return Wrong(
                    $"{nameof(AllowedNetworks)}:{index}", $"is '{network}', which is not a network such as 10.0.0.0/8 or fd00::/8.");
        }
        if (SigningSecret is { } secret && !CallbackSecret.TryParse(secret, out _, out var error)) // never its text
            yield return Wrong(nameof(SigningSecret), $": {error}.");
        if (WithinAttribute.Problem(MaxConcurrencyPerHost, 1, MaxConcurrency) is { } perHost)
            yield return Wrong(nameof(MaxConcurrencyPerHost), perHost);
        if (WithinAttribute.Problem(QueueLimitPerHost, 1, QueueLimit) is { } waiting)
            yield return Wrong(nameof(QueueLimitPerHost), waiting);
        if (MaxConcurrencyPerOrganization is { } places && WithinAttribute.Problem(places, 1, MaxConcurrency) is { } perOrganization)
            yield return Wrong(nameof(MaxConcurrencyPerOrganization), perOrganization);
        if (QueueLimitPerOrganization is { } most && WithinAttribute.Problem(most, 1, QueueLimit) is { } waitingOfOne)
            yield return Wrong(nameof(QueueLimitPerOrganization), waitingOfOne);
    }

    /// <summary>What <see cref="MaxConcurrencyPerOrganization"/> comes to.</summary>
    public int PlacesPerOrganization => MaxConcurrencyPerOrganization ?? ThreeQuarters(MaxConcurrency);

    /// <summary>What <see cref="QueueLimitPerOrganization"/> comes to.</summary>
    public int WaitingPerOrganization => QueueLimitPerOrganization ?? ThreeQuarters(QueueLimit);

    public CallbackSchedule ToSchedule() => new(Schedule.Count == 0 ? DefaultSchedule : [.. Schedule], Jitter);

    private static int ThreeQuarters(int of) => of - (of / 4);

    private static ValidationResult Wrong(string key, string problem) => new(problem, [key]);
}
