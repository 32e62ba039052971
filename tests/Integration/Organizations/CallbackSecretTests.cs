using JobTracker.Callers;
using JobTracker.Organizations;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Callbacks;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Organizations;

/// <summary>What an organization's callbacks are signed with.</summary>
public abstract class CallbackSecretTests(CallbackClusterFixture fixture) : CallbackClusterTests(fixture)
{
    [Fact]
    public async Task Each_organization_has_a_secret_of_its_own_which_outlives_its_grain()
    {
        var secret = await SecretOfAsync(Alice);
        Assert.StartsWith("whsec_", secret);
        Assert.NotEqual(secret, await SecretOfAsync(Mallory));
        await Cluster.Orleans.DeactivateAsync(Organization(Alice));
        Assert.Equal(new CallbackSecretInfo(secret, IsConfigured: false, PreviousSignsUntil: null), await Organization(Alice)
            .GetCallbackSecretAsync());
    }

    [Fact]
    public async Task Organizations_whose_ids_read_as_one_hexadecimal_number_are_two()
    {
        string[] alike = ["abc", "ABC", "0abc", "00000000000000000000000000000abc", "00000000-0000-0000-0000-000000000abc"];
        var secrets = await Task.WhenAll(alike.Select(id => SecretOfAsync(new Caller(id, "user"))));
        Assert.Equal(secrets.Length, secrets.Distinct().Count());
    }

    [Fact]
    public async Task The_first_to_ask_all_get_the_same_secret()
    {
        var key = OrganizationKey.Of(Alice.OrganizationId);
        var secrets = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Cluster.Doors[i % Cluster.Doors.Count].GetGrain<IOrganizationGrain>(key).GetCallbackSecretAsync()));
        Assert.Single(secrets.Distinct());
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_a_day_and_then_the_new_one_alone()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var old = await SecretOfAsync(Alice);
        await CompletedAsync(receiver.Url());
        Assert.True((await receiver.NextAsync()).IsSignedWith(old, Now));

        var rotated = await Organization(Alice).RotateCallbackSecretAsync();
        Assert.NotEqual(old, rotated.Secret);
        Assert.Equal(rotated, await Organization(Alice).GetCallbackSecretAsync());
        Clock.Advance(TimeSpan.FromSeconds(2)); // what a silo remembers of a secret
        Assert.Equal((true, true), await SignedAsync(receiver, old, rotated.Secret));
        await Cluster.Orleans.DeactivateAsync(Organization(Alice));
        Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(3));
        Assert.Equal((true, true), await SignedAsync(receiver, old, rotated.Secret));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, true), await SignedAsync(receiver, old, rotated.Secret));
        Assert.Null((await Organization(Alice).GetCallbackSecretAsync()).PreviousSignsUntil);
    }

    private async Task<(bool Old, bool New)> SignedAsync(TestReceiver receiver, string old, string next)
    {
        await CompletedAsync(receiver.Url());
        var request = await receiver.NextAsync();
        return (request.IsSignedWith(old, Now), request.IsSignedWith(next, Now));
    }
}

public sealed class SqliteCallbackSecretTests(SqliteCallbackCluster cluster) : CallbackSecretTests(cluster),
    IClassFixture<SqliteCallbackCluster>
{
    [Fact]
    public async Task A_secret_that_could_not_be_stored_is_not_shown_afterwards()
    {
        var secret = await SecretOfAsync(Alice);

        await Cluster.Database.QueryAsync("alter table orleans_grain_storage rename to elsewhere");
        await Assert.ThrowsAsync<OutcomeUnknownException>(Organization(Alice).RotateCallbackSecretAsync);
        await Cluster.Database.QueryAsync("alter table elsewhere rename to orleans_grain_storage");
        Assert.Equal(secret, await SecretOfAsync(Alice));
    }
}

public sealed class PostgresCallbackSecretTests(PostgresCallbackCluster cluster) : CallbackSecretTests(cluster),
    IClassFixture<PostgresCallbackCluster>;

public sealed class ConfiguredCallbackSecretTests(SignedCallbackCluster cluster) : CallbackClusterTests(cluster),
    IClassFixture<SignedCallbackCluster>
{
    [Fact]
    public async Task A_configured_secret_signs_for_everyone_and_cannot_be_rotated()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var configured = new CallbackSecretInfo(SignedCallbackCluster.Secret, IsConfigured: true, PreviousSignsUntil: null);
        Assert.Equal(configured, await Organization(Alice).RotateCallbackSecretAsync());
        Assert.Equal(configured, await Organization(Mallory).GetCallbackSecretAsync());
        foreach (var caller in new[] { Alice, Mallory })
        {
            await CompletedAsync(receiver.Url(), caller);
            Assert.True((await receiver.NextAsync()).IsSignedWith(SignedCallbackCluster.Secret, Now));
        }
    }
}
