using System.Text.Json;
using JobTracker.Audit;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Audit;

/// <summary>Who did what, as HTTP shows it, and that nothing is done unseen.</summary>
public sealed class AuditApiTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private const string Rotation = "/v1/callback-secret/rotate";
    private const string Events = "/v1/audit-events";
    private const string Scopes = "jobs:read jobs:write audit:read callbacks:manage";

    private readonly string _organization = JobRows.NewOrganization();

    [Fact]
    public async Task An_action_is_listed_with_who_did_it_with_which_key_from_where_and_how_it_ended()
    {
        (await Caller().PostAsync(Rotation, null, (TestCallers.Key, "key-abc"))).Ok();

        var said = Assert.Single((await Caller().GetAsync(Events)).Ok().Body.EnumerateArray().ToList());

        Assert.True(AuditEventId.TryParse(said.GetProperty("id").GetString(), out var id));
        Assert.Equal(id.At, said.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(
            $$"""{"organization_id":"{{_organization}}","actor":"user-1","key_id":"key-abc","address":"127.0.0.1","action":"callback_secret.rotate","subject":null,"outcome":"succeeded","count":1,"reason":null,"note":null}""",
            Rest(said));
    }

    [Fact]
    public async Task An_action_that_is_refused_is_listed_with_the_reason()
    {
        await using var configured = new GatewayHost(("Callbacks:SigningSecret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        await configured.InitializeAsync();
        var api = configured.Caller(_organization, scopes: Scopes);
        Assert.Equal("409 callback_secret_configured", (await api.PostAsync(Rotation, null)).Problem);

        var said = Assert.Single((await api.GetAsync(Events)).Ok().Body.EnumerateArray().ToList());

        Assert.Equal(("refused", "callback_secret_configured", JsonValueKind.Null), (
            said.GetProperty("outcome").GetString(), said.GetProperty("reason").GetString(), said.GetProperty("key_id").ValueKind));
    }

    [Fact]
    public async Task An_action_whose_event_cannot_be_written_is_not_done()
    {
        var api = Caller();
        var secret = (await api.GetAsync("/v1/callback-secret")).Ok().Text("secret");
        await host.QueryAsync("alter table audit_events rename to elsewhere");
        Answer refused, unread;
        try
        {
            refused = await api.PostAsync(Rotation, null);
            unread = await api.GetAsync(Events);
        }
        finally
        {
            await host.QueryAsync("alter table elsewhere rename to audit_events");
        }

        Assert.Equal(("503 storage_unavailable", "2"), (refused.Problem, refused.Header("Retry-After")));
        Assert.Equal("503 storage_unavailable", unread.Problem);
        Assert.Equal(secret, (await api.GetAsync("/v1/callback-secret")).Ok().Text("secret"));
        Assert.Equal("[]", (await api.GetAsync(Events)).Ok().Raw);
    }

    [Fact]
    public async Task An_end_that_cannot_be_written_leaves_the_event_begun_and_the_answer_as_it_is()
    {
        var api = Caller();
        var secret = (await api.GetAsync("/v1/callback-secret")).Ok().Text("secret");
        await host.QueryAsync($"""
            create trigger no_end before update on audit_events when new.organization_id = '{_organization}'
            begin select raise(abort, 'planned: no end'); end
            """);
        Answer rotated;
        try
        {
            rotated = (await api.PostAsync(Rotation, null)).Ok();
        }
        finally
        {
            await host.QueryAsync("drop trigger no_end");
        }

        Assert.NotEqual(secret, rotated.Text("secret"));
        Assert.Equal(rotated.Text("secret"), (await api.GetAsync("/v1/callback-secret")).Ok().Text("secret"));
        var said = Assert.Single((await api.GetAsync(Events)).Ok().Body.EnumerateArray().ToList());
        Assert.Equal("begun", said.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Links_lead_through_all_events_in_either_order()
    {
        var api = Caller();
        for (var i = 0; i < 3; i++)
            (await api.PostAsync(Rotation, null)).Ok();
        var all = (await api.GetAsync(Events)).Ok().Ids;
        Assert.Equal(all.Order(StringComparer.Ordinal).Reverse(), all);

        var first = (await api.GetAsync($"{Events}?limit=2&action=callback_secret.rotate")).Ok();
        var second = (await api.GetAsync(first.Link("next")!)).Ok();
        var back = (await api.GetAsync(second.Link("prev")!)).Ok();

        Assert.Equal(all, first.Ids.Concat(second.Ids));
        Assert.Equal((null, null), (first.Link("prev"), second.Link("next")));
        Assert.Equal(first.Ids, back.Ids);
        Assert.Equal(all.Reverse(), (await api.GetAsync($"{Events}?order=asc")).Ok().Ids);
        Assert.Empty((await api.GetAsync($"{Events}?action=key.create")).Ok().Ids);
    }

    [Fact]
    public async Task Another_organizations_events_are_never_listed()
    {
        (await Caller().PostAsync(Rotation, null)).Ok();
        var id = Assert.Single((await Caller().GetAsync(Events)).Ok().Ids);
        var other = host.Caller(JobRows.NewOrganization(), scopes: Scopes);

        string[] queries = ["", $"?before={id}", $"?order=asc&after={id}", "?action=callback_secret.rotate", "?unattributed=false"];
        foreach (var query in queries)
            Assert.Equal("[]", (await other.GetAsync(Events + query)).Ok().Raw);
        Assert.Equal("403 insufficient_scope", (await other.GetAsync($"{Events}?organization_id={_organization}")).Problem);
        Assert.Equal("403 insufficient_scope", (await other.GetAsync($"{Events}?organization_id=nobody")).Problem);
        Assert.Equal("403 insufficient_scope", (await other.GetAsync($"{Events}?unattributed=true")).Problem);
    }

    [Fact]
    public async Task An_admin_reads_those_of_any_organization_and_those_of_none()
    {
        (await Caller().PostAsync(Rotation, null)).Ok();
        var nobodys = new AuditEvent
        {
            Id = AuditEventId.New(TimeProvider.System),
            Entry = new AuditEntry { Address = "192.0.2.1", Action = AuditActions.CredentialRefused },
            Outcome = AuditOutcome.Refused,
            Count = 7,
            Reason = "unknown",
        };
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IAuditGrain>(0).AppendAsync([nobodys]);
        var admin = host.Caller(JobRows.NewOrganization(), scopes: $"{Scopes} admin");

        Assert.Single((await admin.GetAsync($"{Events}?organization_id={_organization}")).Ok().Ids);
        Assert.Equal("[]", (await admin.GetAsync(Events)).Ok().Raw);
        var listed = (await admin.GetAsync($"{Events}?unattributed=true&action=credential.refused")).Ok();
        var said = listed.Body.EnumerateArray().Single(one => one.GetProperty("id").GetString() == nobodys.Id.ToString());
        Assert.Equal(
            """{"organization_id":null,"actor":null,"key_id":null,"address":"192.0.2.1","action":"credential.refused","subject":null,"outcome":"refused","count":7,"reason":"unknown","note":null}""",
            Rest(said));
    }

    [Fact]
    public async Task Reading_needs_its_scope_and_a_question_that_is_right()
    {
        Assert.Equal("401 unauthenticated", (await host.Stranger().GetAsync(Events)).Problem);
        Assert.Equal("403 insufficient_scope", (await host.Caller(_organization, scopes: "jobs:read jobs:write").GetAsync(Events)).Problem);
        Assert.Equal("422 invalid_parameter", (await Caller().GetAsync($"{Events}?limit=1001")).Problem);
        Assert.Equal("422 invalid_parameter", (await Caller().GetAsync($"{Events}?user_id=u")).Problem);
        (await host.Caller(_organization, scopes: "audit:read").GetAsync(Events)).Ok();
    }

    private ApiClient Caller() => host.Caller(_organization, scopes: Scopes);

    /// <summary>All but what differs every time.</summary>
    private static string Rest(JsonElement said) => "{" + string.Join(',', said.EnumerateObject()
        .Where(field => field.Name is not ("id" or "at")).Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}")) + "}";
}
