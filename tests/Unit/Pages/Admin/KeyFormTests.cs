using JobTracker.Callers;
using JobTracker.Keys;
using JobTracker.Pages.Admin;
using JobTracker.Pages.Admin.Keys;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Pages.Admin;

public sealed class KeyFormTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly ApiKeySnapshot Key = new(
        ApiKey.New().Id, "own", "somebody", "worker", [Scopes.JobsRead], Now, "somebody", Now.AddDays(1), null, null, null);

    [Fact]
    public void A_revoked_key_is_that_whether_it_has_expired_or_not()
    {
        Assert.Equal(KeyState.Active, KeyState.Of(Key, Now));
        Assert.Equal(KeyState.Active, KeyState.Of(Key with { ExpiresAt = null }, Now));
        Assert.Equal(KeyState.Expired, KeyState.Of(Key, Now.AddDays(1)));
        Assert.Equal(KeyState.Revoked, KeyState.Of(Key with { RevokedAt = Now }, Now.AddDays(1)));
    }

    [Fact]
    public void Who_is_no_admin_is_offered_what_he_has_and_no_key_for_ever()
    {
        var who = Who(Scopes.KeysManage, Scopes.JobsRead);

        Assert.Equal([Scopes.JobsRead, Scopes.KeysManage], NewKeyFields.ScopesOf(who));
        Assert.Equal(["30", "90", "365"], NewKeyFields.Lifetimes(who).Select(time => time.Value));
        Assert.Equal(Scopes.All, NewKeyFields.ScopesOf(Who(Scopes.Admin)));
        Assert.Contains("never", NewKeyFields.Lifetimes(Who(Scopes.Admin)).Select(time => time.Value));
    }

    [Theory]
    [InlineData("30", 30.0, false)]
    [InlineData("365", 365.0, false)]
    [InlineData("", null, false)]
    [InlineData("90", null, false)]
    [InlineData("soon", null, false)]
    [InlineData("never", null, true)]
    public void The_usual_time_is_left_to_the_API(string lives, double? days, bool neverEnds)
    {
        var form = NewKeyFields.Read(Posted(("name", "worker"), ("lives", lives))).For(organization: null);

        Assert.Equal((days is { } some ? TimeSpan.FromDays(some) : null, neverEnds), (form.Lives, form.NeverEnds));
    }

    [Fact]
    public void What_was_typed_goes_on_to_the_door()
    {
        var form = NewKeyFields.Read(Posted(("name", "worker"), ("scopes", "a"), ("scopes", "b"), ("user_id", " bob "))).For("acme");

        Assert.Equal(("worker", "bob", "acme"), (form.Name, form.UserId, form.Organization));
        Assert.Equal(["a", "b"], form.Scopes);
        Assert.Null(NewKeyFields.Read(Posted(("user_id", " "))).For("acme").UserId);
    }

    [Theory]
    [InlineData("worker", true)]
    [InlineData(" worker ", true)]
    [InlineData("Worker", false)]
    [InlineData("work", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_name_is_typed_letter_by_letter(string? typed, bool isIt) => Assert.Equal(isIt, Confirmation.Is(typed, "worker"));

    private static FormCollection Posted(params (string Name, string Value)[] fields) => new(fields
        .GroupBy(field => field.Name)
        .ToDictionary(field => field.Key, field => new StringValues([.. field.Select(one => one.Value)])));

    private static PageCaller Who(params string[] scopes) =>
        new(new Caller("own", "somebody", scopes.Contains(Scopes.Admin)), [.. scopes]);
}
