using System.Net;
using JobTracker.Audit;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Gateway.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway.Audit;

/// <summary>Refusals that wait to be written.</summary>
public sealed class RefusedCredentialsTests
{
    private const int Limit = 3;

    private readonly RefusedCredentials _refused = new(
        Options.Create(new GatewayLimits { RefusedCredentials = Limit }), TimeProvider.System);

    [Fact]
    public void Refusals_of_one_kind_are_one_event_with_their_number()
    {
        for (var i = 0; i < 5; i++)
            _refused.Note(From("192.0.2.1"), "key-a", "expired", "org");

        var said = Assert.Single(_refused.Take());

        Assert.Equal(
            new AuditEntry
            {
                OrganizationId = "org",
                KeyId = "key-a",
                Address = "192.0.2.1",
                Action = "credential.refused"
            },
            said.Entry);
        Assert.Equal((AuditOutcome.Refused, 5, "expired"), (said.Outcome, said.Count, said.Reason));
    }

    [Fact]
    public void Another_address_key_reason_or_organization_is_another_event()
    {
        var wide = new RefusedCredentials(Options.Create(new GatewayLimits()), TimeProvider.System);
        wide.Note(From("192.0.2.1"), "key-a", "expired");
        wide.Note(From("192.0.2.2"), "key-a", "expired");
        wide.Note(From("192.0.2.1"), "key-b", "expired");
        wide.Note(From("192.0.2.1"), null, "expired");
        wide.Note(From("192.0.2.1"), "key-a", "revoked");
        wide.Note(From("192.0.2.1"), "key-a", "expired", "org");

        var taken = wide.Take();

        Assert.Equal([1, 1, 1, 1, 1, 1], taken.Select(said => said.Count));
        Assert.Equal(taken.OrderBy(said => said.Id.Value), taken);
    }

    [Fact]
    public void Beyond_the_limit_everything_new_is_counted_as_one()
    {
        for (var i = 0; i < Limit; i++)
            _refused.Note(From("192.0.2.1"), $"key-{i}", "unknown");
        _refused.Note(From("192.0.2.9"), "key-8", "unknown");
        _refused.Note(From("192.0.2.8"), "key-9", "expired");
        _refused.Note(From("192.0.2.1"), "key-0", "unknown");

        Assert.Equal(
            [("192.0.2.1", "key-0", 2, "unknown"), ("192.0.2.1", "key-1", 1, "unknown"), ("192.0.2.1", "key-2", 1, "unknown"),
                (null, null, 2, "others")],
            _refused.Take().Select(said => (said.Entry.Address, said.Entry.KeyId, said.Count, said.Reason)));
    }

    [Fact]
    public void What_was_taken_is_over_and_its_repetition_is_a_new_event()
    {
        _refused.Note(From("192.0.2.1"), null, "malformed");
        var first = Assert.Single(_refused.Take());
        Assert.Empty(_refused.Take());

        _refused.Note(From("192.0.2.1"), null, "malformed");

        var second = Assert.Single(_refused.Take());
        Assert.Equal(1, second.Count);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public void None_is_lost_between_threads()
    {
        Parallel.For(0, 1_000, i => _refused.Note(From("192.0.2.1"), $"key-{i % 7}", "unknown"));

        var taken = _refused.Take();

        Assert.Equal((Limit + 1, 1_000), (taken.Length, taken.Sum(said => said.Count)));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData(null, null)]
    public void An_address_has_one_spelling(string? remote, string? spelled) => Assert.Equal(spelled, RemoteAddress.Of(From(remote)));

    private static DefaultHttpContext From(string? address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return http;
    }
}
