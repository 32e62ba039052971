using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>A new API key: nobody grants more than he has, nor for longer.</summary>
internal sealed record CreateKeyBody
{
    private const int LongestName = 128;
    private static readonly TimeSpan Default = TimeSpan.FromDays(90);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);
    private static readonly FrozenSet<string> Names = JsonFields.NamesOf(GatewayJson.Wire.CreateKeyBody);

    /// <summary>What people call it: 1 to 128 characters.</summary>
    [StringLength(LongestName, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>What it may do: one scope at least, and none that the caller has not.</summary>
    [MinLength(1)]
    public required string[] Scopes { get; init; }

    /// <summary>In 90 days unless given, in 365 at most, and not after the caller's own; null, never, is for admins.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>On whose behalf it acts: the caller unless given; another user is for admins.</summary>
    [StringLength(LongestName, MinimumLength = 1)]
    public string? UserId { get; init; }

    /// <summary>Whose it is: the caller's organization unless given; another one is for admins.</summary>
    [StringLength(LongestName, MinimumLength = 1)]
    public string? OrganizationId { get; init; }

    /// <summary>The command that the body asks for; nothing of it holds where an error was noted.</summary>
    public static CreateKey Read(JsonElement body, CallerIdentity by, DateTimeOffset now, RequestErrors errors)
    {
        if (JsonFlaw.Find(body) is { } flaw)
        {
            errors.InBody("$" + flaw.Path, flaw.Detail);
            body = default;
        }

        var fields = new JsonFields(body, "$", Names, errors);
        fields.Require("name");
        fields.Require("scopes");
        return new CreateKey(
            Word(fields, "organization_id") ?? by.Caller.OrganizationId,
            Word(fields, "user_id") ?? by.Caller.UserId,
            Word(fields, "name") ?? "",
            ScopesOf(fields),
            Expiry(fields, by, now),
            default,
            by.Caller.UserId);
    }

    private static string? Word(JsonFields fields, string name)
    {
        var text = fields.Text(name, LongestName);
        if (text is { Length: 0 } || text?.Any(char.IsControl) == true)
            fields.Wrong(name, "must have 1 to 128 characters, none of them a control character");
        return text;
    }

    private static ImmutableArray<string> ScopesOf(JsonFields fields)
    {
        if (fields.Array("scopes") is not { } array)
            return [];
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && JobTracker.Keys.Scopes.All.Contains(item.GetString()!))
                named.Add(item.GetString()!);
            else
                fields.Wrong("scopes", $"must be an array of these: {string.Join(", ", JobTracker.Keys.Scopes.All)}");
        }

        if (array.GetArrayLength() == 0)
            fields.Wrong("scopes", "must name one scope at least");
        return [.. JobTracker.Keys.Scopes.All.Where(named.Contains)];
    }

    private static DateTimeOffset? Expiry(JsonFields fields, CallerIdentity by, DateTimeOffset now)
    {
        if (fields.IsNull("expires_at"))
        {
            if (!by.Caller.IsAdmin)
                fields.Wrong("expires_at", "must be a moment: only admins make keys that never expire");
            return null;
        }

        var own = by.Caller.IsAdmin ? null : by.ExpiresAt;
        if (fields.Moment("expires_at") is not { } moment)
            return own < now + Default ? own : Whole(now + Default);
        if (moment <= now)
            fields.Wrong("expires_at", "must be in the future");
        else if (moment > now + Longest)
            fields.Wrong("expires_at", "must be in 365 days at most");
        else if (moment > own)
            fields.Wrong("expires_at", "must not be later than the end of your own credential");
        return moment;
    }

    private static DateTimeOffset Whole(DateTimeOffset moment) =>
        new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
