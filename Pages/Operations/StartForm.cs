using System.Globalization;
using JobTracker.Operations;
using JobTracker.Pages.Parts;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Operations;

/// <summary>The form that starts an operation: what was shown and typed, checked here whatever the browser did.</summary>
/// <param name="Matched">How many jobs were shown to match.</param>
/// <param name="IsLowerBound">As many at least.</param>
/// <param name="Key">Made when the form was shown: sent twice, it begins one operation.</param>
internal sealed record StartForm(long Matched, bool IsLowerBound, string Key)
{
    /// <summary>Beyond so many, their number is typed.</summary>
    public const int MostWithoutNumber = 1_000;

    /// <summary>Jobs that may have come to match while somebody read: a tenth, and ten.</summary>
    private const int FewMore = 10;

    public string Reason { get; init; } = "";
    public string Rate { get; init; } = StartOperation.DefaultPerSecond.ToString(CultureInfo.InvariantCulture);
    public string Typed { get; init; } = "";

    /// <summary>The number as it is to be typed.</summary>
    public string Number => Matched.ToString(CultureInfo.InvariantCulture);

    /// <summary>One that nobody has filled in yet.</summary>
    public static StartForm Of(OperationPreview preview)
    {
        ArgumentNullException.ThrowIfNull(preview);
        return new StartForm(preview.Matched, preview.IsLowerBound, Guid.CreateVersion7().ToString("N"));
    }

    /// <summary>One that came back.</summary>
    public static StartForm Of(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var isNumber = long.TryParse(form["matched"], NumberStyles.None, CultureInfo.InvariantCulture, out var matched);
        return new StartForm(isNumber ? matched : 0, form["at_least"] == "true", form["key"].ToString())
        {
            Reason = form["reason"].ToString().Trim(),
            Rate = form["max_per_second"].ToString().Trim(),
            Typed = form["confirm"].ToString().Trim().Replace(",", "", StringComparison.Ordinal),
        };
    }

    /// <summary>Whether the number is to be typed: it cannot be undone, it is everything, or it is much.</summary>
    public static bool NeedsNumber(AskedOperation asked, long matched, bool isLowerBound) =>
        asked.Action == OperationAction.Delete || asked.IsEveryJob || isLowerBound || matched > MostWithoutNumber;

    /// <summary>Why it is not started; null: it may be.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="now">What it would come to now.</param>
    public string? Problem(AskedOperation asked, OperationPreview now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (Key.Length is 0 or > 64)
            return "The form is not whole. Look at the preview, and send it again.";
        if (RateOf() is null)
            return $"Jobs a second must be a whole number from 1 to {Words.Of(StartOperation.MostPerSecond)}.";
        if (Reason.Length > StartOperation.LongestReason)
            return $"The reason must have {Words.Of(StartOperation.LongestReason)} characters at most.";
        var needsNumber = NeedsNumber(asked, Matched, IsLowerBound) || NeedsNumber(asked, now.Matched, now.IsLowerBound);
        return needsNumber && Typed != Number ? "What was typed is not the number of jobs." : null;
    }

    /// <summary>What to start, once there is no problem: no more jobs than were shown, and a few.</summary>
    public StartOperation Command(AskedOperation asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return asked.Command with
        {
            Reason = Reason.Length == 0 ? null : Reason,
            MaxPerSecond = RateOf() ?? StartOperation.DefaultPerSecond,
            MaxItems = asked.JobIds.IsEmpty && !IsLowerBound && Most <= StartOperation.MostMaxItems ? (int)Most : null,
            IdempotencyKey = Key,
        };
    }

    private long Most => Matched + (Matched / 10) + FewMore;

    private int? RateOf() =>
        int.TryParse(Rate, NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
        && rate is >= 1 and <= StartOperation.MostPerSecond
            ? rate
            : null;
}
