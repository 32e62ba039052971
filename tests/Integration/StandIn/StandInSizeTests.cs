using System.Net;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>
/// Large bodies both ways. Allocation shows whether a body was held: the large object heap keeps what a buffer had to be.
/// </summary>
public sealed class StandInSizeTests
{
    private const int Items = 100_000;

    [Fact]
    public async Task A_result_file_of_100_000_lines_and_250_MB_is_whole_and_never_held()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        var batch = standIn.Batches.Add(Dialect.Anthropic, "key-1", Enumerable.Range(0, Items).Select(number => $"item-{number}"));
        batch.PaddingBytes = 2_200;
        batch.End();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        using var answer = await http.GetAsync(StandInHttp.PathOf(batch) + "/results");
        var (bytes, lines, peak) = await DrainAsync(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(Items, lines);
        Assert.InRange(bytes, 250_000_000, 280_000_000);
        Assert.InRange(peak - before, long.MinValue, 60_000_000);
    }

    [Fact]
    public async Task A_create_of_250_MB_is_taken_and_only_its_ids_are_kept()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        using var body = new RepeatedItems(Items, paddingBytes: 2_400);
        using var answer = await http.SendAsync(HttpMethod.Post, "v1/messages/batches", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((Items, "item-99999"), (standIn.Batches[0].Items.Count, standIn.Batches[0].Items[^1].CustomId));
        var entry = standIn.Journal.Of(StandInRoute.AnthropicCreate)[0];
        await entry.Answered;
        Assert.True(entry.RequestBytes > 245_000_000);
    }

    [Fact]
    public async Task A_create_over_the_limits_is_refused()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        using var tooMany = new RepeatedItems(Items + 1, paddingBytes: 0);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.SendAsync(HttpMethod.Post, "v1/messages/batches", tooMany)).StatusCode);
        Assert.Empty(standIn.Batches.All);
    }

    private static async Task<(long Bytes, int Lines, long Peak)> DrainAsync(Stream body)
    {
        var (buffer, bytes, lines, peak) = (new byte[64 * 1024], 0L, 0, 0L);
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            bytes += read;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            // Measured live at every 25 MB, garbage excluded.
            if (bytes / 25_000_000 != (bytes - read) / 25_000_000)
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }

        return (bytes, lines, peak);
    }

    /// <summary>A create of so many requests, written while it is sent.</summary>
    private sealed class RepeatedItems(int items, int paddingBytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var padding = new string('y', paddingBytes);
            await using var writer = new StreamWriter(stream, bufferSize: 64 * 1024, leaveOpen: true);
            await writer.WriteAsync("""{"requests":[""");
            for (var item = 0; item < items; item++)
                await writer.WriteAsync(
                    $$$"""{{{(item > 0 ? "," : "")}}}{"custom_id":"item-{{{item}}}","params":{"model":"m","system":"{{{padding}}}"}}""");
            await writer.WriteAsync("]}");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
