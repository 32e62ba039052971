using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin.Keys;

/// <summary>The form for a new key: what it offers, and what was typed, which a refusal leaves in place.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">Those that were ticked.</param>
/// <param name="Lives">One of <see cref="Lifetimes"/>.</param>
/// <param name="UserId">Empty: the caller.</param>
internal sealed record NewKeyFields(string Name, ImmutableArray<string> Scopes, string Lives, string UserId)
{
    private const string Never = "never";

    /// <summary>What the API does where nothing is said.</summary>
    private const string Usual = "90";

    /// <summary>Nothing is ticked: whoever makes a key says what it may do.</summary>
    public static NewKeyFields Empty { get; } = new("", [], Usual, "");

    public static NewKeyFields Read(IFormCollection form) => new(
        form["name"].ToString(),
        [.. form["scopes"].OfType<string>()],
        form["lives"].ToString() is { Length: > 0 } lives ? lives : Usual,
        form["user_id"].ToString().Trim());

    /// <summary>The scopes that a caller can give away: those that he has.</summary>
    public static IEnumerable<string> ScopesOf(PageCaller who) => JobTracker.Keys.Scopes.All.Where(who.May);

    /// <summary>The values of the choice and their words.</summary>
    public static IEnumerable<(string Value, string Text)> Lifetimes(PageCaller who)
    {
        yield return ("30", "in 30 days");
        yield return (Usual, who.Caller.IsAdmin ? "in 90 days" : "in 90 days, or with your own key if that is sooner");
        yield return ("365", "in 365 days");
        if (who.Caller.IsAdmin)
            yield return (Never, "never");
    }

    /// <summary>For the door, which says what is wrong with it.</summary>
    /// <param name="organization">Whose key it will be; null: the caller's.</param>
    public KeyForm For(string? organization) => new(
        Name, Scopes, Time, NeverEnds: Lives == Never, UserId.Length > 0 ? UserId : null, organization);

    private TimeSpan? Time =>
        Lives is not (Never or Usual) && int.TryParse(Lives, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            ? TimeSpan.FromDays(Math.Min(days, 100_000))
            : null;
}
