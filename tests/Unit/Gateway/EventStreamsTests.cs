using JobTracker.Gateway;
using JobTracker.Gateway.Jobs.Watching;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class EventStreamsTests
{
    private readonly EventStreams _streams = new(Options.Create(new GatewayLimits { StreamsPerOrganization = 2 }));

    [Fact]
    public void An_organization_has_so_many_streams_and_no_more()
    {
        Assert.True(_streams.TryOpen("a"));
        Assert.True(_streams.TryOpen("a"));
        Assert.False(_streams.TryOpen("a"));
        Assert.True(_streams.TryOpen("b"));
    }

    [Fact]
    public void A_closed_stream_makes_room()
    {
        _streams.TryOpen("a");
        _streams.TryOpen("a");
        _streams.TryOpen("a");
        _streams.Close("a");

        Assert.True(_streams.TryOpen("a"));
        Assert.False(_streams.TryOpen("a"));
    }
}
