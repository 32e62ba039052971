using System.Collections.Immutable;
using System.Net;
using JobTracker.Audit;
using JobTracker.Callers;
using JobTracker.Gateway;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Integration.Gateway.Audit;

/// <summary>Refused credentials on their way into the database of a real silo.</summary>
public sealed class RefusalsWriterTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly string _organization = JobRows.NewOrganization();
    private readonly ObservedClock _clock = new();
    private readonly KeptLog<RefusalsWriter> _log = new();
    private readonly RefusedCredentials _refused = new(Options.Create(new GatewayLimits()), TimeProvider.System);

    [Fact]
    public async Task They_are_written_each_second_and_at_the_end()
    {
        using var writer = Writer();
        await writer.StartAsync(default);
        await _clock.ArmedAsync();
        Note("expired");
        Note("expired");

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _clock.ArmedAsync().Soon();
        Note("revoked");
        await writer.StopAsync(default);

        Assert.Equal([("revoked", 1), ("expired", 2)], await WrittenAsync());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task They_wait_for_a_database_that_is_away_and_are_written_once()
    {
        using var writer = Writer();
        Note("expired");
        await host.QueryAsync("alter table audit_events rename to elsewhere");
        try
        {
            await writer.FlushAsync(default);
            Note("expired");
            Note("expired");
            await writer.FlushAsync(default);
        }
        finally
        {
            await host.QueryAsync("alter table elsewhere rename to audit_events");
        }

        await writer.FlushAsync(default);
        await writer.FlushAsync(default);

        Assert.Equal([("expired", 2), ("expired", 1)], await WrittenAsync());
        Assert.Equal([5210, 5211], _log.Lines.Select(line => line.EventId));
    }

    [Fact]
    public async Task What_could_not_be_written_before_the_end_is_said()
    {
        using var writer = Writer();
        Note("expired");
        await host.QueryAsync("alter table audit_events rename to elsewhere");
        try
        {
            await writer.FlushAsync(default);
            Note("expired");
            await writer.StopAsync(default);
        }
        finally
        {
            await host.QueryAsync("alter table elsewhere rename to audit_events");
        }

        Assert.Equal("2 refusals of credentials could not be written before the end", _log.Lines[^1].Text);
        Assert.Equal([5210, 5212], _log.Lines.Select(line => line.EventId));
    }

    [Fact]
    public void A_gateway_has_one() => Assert.Single(host.Services.GetServices<IHostedService>().OfType<RefusalsWriter>());

    private RefusalsWriter Writer() => new(_refused, Grains, _clock, _log);

    private IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    private void Note(string reason)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        _refused.Note(http, "key-a", reason, _organization);
    }

    /// <summary>Newest first.</summary>
    private async Task<ImmutableArray<(string? Reason, long Count)>> WrittenAsync()
    {
        var page = await Grains.GetGrain<IAuditGrain>(0).ListAsync(new Caller(_organization, "auditor"), new AuditQuery());
        return ImmutableArray.CreateRange(page.Events, said => (said.Reason, said.Count));
    }
}
