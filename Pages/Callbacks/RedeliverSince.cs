using System.Collections.Immutable;
using JobTracker.Pages.Parts;

namespace JobTracker.Pages.Callbacks;

/// <summary>A time since when all that failed may be sent again.</summary>
/// <param name="Text">How long ago.</param>
/// <param name="Value">The moment, RFC 3339.</param>
internal sealed record RedeliverSince(string Text, string Value)
{
    private static readonly ImmutableArray<(string Text, TimeSpan Ago)> Choices =
    [
        ("1 hour ago", TimeSpan.FromHours(1)),
        ("24 hours ago", TimeSpan.FromHours(24)),
        ("7 days ago", TimeSpan.FromDays(7)),
    ];

    /// <summary>What is offered.</summary>
    public static ImmutableArray<RedeliverSince> At(DateTimeOffset now) =>
        [.. Choices.Select(choice => new RedeliverSince(choice.Text, Moment.Utc(now - choice.Ago)))];
}
