using System.Globalization;
using JobTracker.Audit;

namespace JobTracker.Pages.Admin.Audit;

/// <summary>Which audit events a page shows, as its address says it.</summary>
internal sealed class AuditFilter
{
    public const int PageSize = 50;
    private const string Path = "/ui/admin/audit";

    /// <summary>The choices for how far back; beside them a moment may stand in the address.</summary>
    public static IReadOnlyList<(string Value, string Text, TimeSpan Time)> Spans { get; } =
    [
        ("1h", "the last hour", TimeSpan.FromHours(1)),
        ("24h", "the last 24 hours", TimeSpan.FromHours(24)),
        ("7d", "the last 7 days", TimeSpan.FromDays(7)),
        ("30d", "the last 30 days", TimeSpan.FromDays(30)),
    ];

    private readonly List<string> _problems = [];
    private readonly DateTimeOffset? _from;
    private readonly AuditEventId? _after;
    private readonly AuditEventId? _before;

    /// <param name="now">From which <paramref name="since"/> counts back.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="since">One of <see cref="Spans"/>, or a moment (RFC 3339).</param>
    /// <param name="organization">Null: the caller's.</param>
    /// <param name="isUnattributed">Instead those that belong to no organization.</param>
    /// <param name="after">The event before the page, that is the one that was begun next.</param>
    /// <param name="before">The event behind the page.</param>
    public AuditFilter(
        DateTimeOffset now, string? action, string? since, string? organization, bool isUnattributed, string? after, string? before)
    {
        Action = Known(action?.Trim(), AuditActions.All.Contains, "There is no such action");
        (Since, _from) = Read(now, since?.Trim());
        IsUnattributed = isUnattributed;
        Organization = !isUnattributed && organization?.Trim() is { Length: > 0 } named ? named : null;
        _after = Cursor(after);
        _before = Cursor(before);
    }

    /// <summary>Null: any.</summary>
    public string? Action { get; }

    /// <summary>As it stands in the address; null: however long ago.</summary>
    public string? Since { get; }

    public string? Organization { get; }

    public bool IsUnattributed { get; }

    /// <summary>What of the address was not understood, and does not count.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Something narrows the list.</summary>
    public bool IsSet => Action is not null || Since is not null;

    /// <summary>The page begins at some event, not at the newest.</summary>
    public bool HasCursor => _after is not null || _before is not null;

    /// <summary>For the door: newest first.</summary>
    public AuditQuery Query => new()
    {
        Action = Action,
        CreatedAfter = _from,
        OrganizationId = Organization,
        IsUnattributed = IsUnattributed,
        After = _after,
        Before = _before,
        Limit = PageSize,
    };

    /// <summary>The page with these filters that begins behind or ends before an event; with neither the newest.</summary>
    public string Address(AuditEventId? after = null, AuditEventId? before = null) => Address(
        ("action", Action), ("since", Since), ("organization", Organization), ("unattributed", IsUnattributed ? "true" : null),
        ("after", after?.ToString()), ("before", before?.ToString()));

    /// <summary>The same events without a filter.</summary>
    public string Unfiltered => Address(("organization", Organization), ("unattributed", IsUnattributed ? "true" : null));

    private static string Address(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var parts = new List<string>();
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
        return parts.Count == 0 ? Path : $"{Path}?{string.Join('&', parts)}";
    }

    private (string? Since, DateTimeOffset? From) Read(DateTimeOffset now, string? since)
    {
        if (string.IsNullOrEmpty(since))
            return default;
        if (Spans.FirstOrDefault(span => span.Value == since) is { Value: not null } known)
            return (since, now - known.Time);
        var isMoment = DateTimeOffset.TryParse(
            since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment);
        if (isMoment)
            return (since, moment);
        _problems.Add($"This is no moment and no span of time: {since}.");
        return default;
    }

    private string? Known(string? word, Func<string, bool> isKnown, string problem)
    {
        if (string.IsNullOrEmpty(word) || isKnown(word))
            return string.IsNullOrEmpty(word) ? null : word;
        _problems.Add($"{problem}: {word}.");
        return null;
    }

    private AuditEventId? Cursor(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (AuditEventId.TryParse(text, out var id))
            return id;
        _problems.Add($"This is no audit event's id: {text}.");
        return null;
    }
}
