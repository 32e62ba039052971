using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Gateway.Calls;

/// <summary>How long this process waits for the cluster. Section <c>Calls</c>.</summary>
internal sealed class CallOptions : IValidatableObject
{
    public const string Section = "Calls";

    /// <summary>
    /// How long a request waits for the cluster, its repetitions included; then its answer is a 503. What takes long by itself (asking a
    /// provider, taking a batch in) may take five times as long.
    /// </summary>
    [Within("00:00:00.500", "00:05:00")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>After how long a silence a call that may be made twice is made a second time; whichever is answered first counts.</summary>
    [Within("00:00:00.050", "00:05:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How many calls may be made a second time, because of a silence, at the same time: where all of the cluster is slow, asking twice
    /// would make it slower.
    /// </summary>
    [Within(0, 100_000)]
    public int Repeats { get; set; } = 64;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Silence >= Longest)
            yield return new ValidationResult("must be less than Calls:Longest: no call would be repeated.", [nameof(Silence)]);
    }
}
