namespace JobTracker.Grains.Callbacks;

/// <summary>The section <c>Callbacks</c> of the configuration. <see cref="CallbackOptionsValidator"/> holds the ranges; a bad value stops the process.</summary>
internal sealed class CallbackOptions
{
    public const string Section = "Callbacks";

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
    public double Jitter { get; set; } = 0.2;

    /// <summary>One attempt, name resolution and connection included; 1 ms to 5 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>CIDRs that callbacks may reach although <see cref="CallbackAddressRules"/> would refuse them.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>A <c>whsec_</c> secret for every organization; null: each has its own.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>How long a replaced secret signs beside the new one; 0 to 30 days.</summary>
    public TimeSpan RotationOverlap { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Attempts under way in one silo; 1 to 10,000.</summary>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>Attempts under way in one silo to one host and port; 1 to <see cref="MaxConcurrency"/>.</summary>
    public int MaxConcurrencyPerHost { get; set; } = 32;

    /// <summary>After so many failures in a row a host gets one attempt at a time, until one succeeds; 1 to 1,000.</summary>
    public int FailuresBeforeProbing { get; set; } = 5;

    /// <summary>Callbacks waiting in one silo's memory, at some 500 bytes each; further ones wait in storage. 1 to 1,000,000.</summary>
    public int QueueLimit { get; set; } = 100_000;

    /// <summary>The same for one host and port, so that one stuck host cannot fill the queue; 1 to <see cref="QueueLimit"/>.</summary>
    public int QueueLimitPerHost { get; set; } = 20_000;

    /// <summary>Bytes of a response body that are read (and dropped) to keep the connection; 0 to 1 MiB.</summary>
    public int ResponseBodyLimit { get; set; } = 1_024;

    /// <summary>How long a stopping silo waits for the attempts under way; 0 to 5 min.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public CallbackSchedule ToSchedule() => new(Schedule.Count == 0 ? DefaultSchedule : [.. Schedule], Jitter);
}
