using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using JobTracker.Identity;

namespace JobTracker.Audit;

/// <summary>
/// An audit event's id: <c>audit-</c> and a lower-case UUID v7, made and
/// ordered as a job's id is: its milliseconds are the event's <c>at</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.AuditEventId")]
public readonly record struct AuditEventId([property: Id(0)] Guid Value)
{
    private const string Prefix = "audit-";

    /// <summary>When the id was made, to the millisecond.</summary>
    public DateTimeOffset At => OrderedId.MomentOf(Value);

    /// <summary>A new id, greater than every one this process made before.</summary>
    public static AuditEventId New(TimeProvider clock) => new(OrderedId.New(clock));

    /// <summary>The least id of that moment: what was made before has a lesser one.</summary>
    public static AuditEventId FirstAt(DateTimeOffset moment) => new(OrderedId.FirstAt(moment));

    /// <summary>
    /// Reads exactly what <see cref="ToString"/> writes, of any UUID version; upper case, braces and other prefixes are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AuditEventId id)
    {
        var isId = OrderedId.TryParse(Prefix, text, out var value);
        id = new AuditEventId(value);
        return isId;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Value:D}");
}
