using JobTracker.Gateway.Calls;
using JobTracker.Storage;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Messaging;

namespace JobTracker.Tests.Unit.Gateway.Calls;

public sealed class BoundedCallsTests : IDisposable
{
    private static readonly CallOptions Limits = new()
    {
        Longest = TimeSpan.FromSeconds(4),
        Silence = TimeSpan.FromSeconds(1),
        Repeats = 2,
    };

    private readonly ObservedClock _clock = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ClusterLink _link;
    private readonly BoundedCalls _calls;
    private readonly List<TaskCompletionSource<int>> _made = [];

    public BoundedCallsTests()
    {
        _lifetime.NotifyStarted();
        _link = new ClusterLink(_lifetime);
        _calls = new BoundedCalls(_link, Options.Create(Limits), _clock);
    }

    public void Dispose() => _link.Dispose();

    [Fact]
    public async Task A_read_is_asked_again_after_a_silence_and_the_second_answer_counts()
    {
        var read = ReadAsync();
        Assert.Equal(Limits.Silence, await _clock.ArmedAsync());
        _clock.Advance(Limits.Silence);
        Assert.Equal(Limits.Silence, await _clock.ArmedAsync());
        _made[1].SetResult(2);

        Assert.Equal(2, await read.Soon());
    }

    [Fact]
    public async Task The_first_answer_counts_although_it_was_asked_again_meanwhile()
    {
        var read = ReadAsync();
        await _clock.ArmedAsync();
        _clock.Advance(Limits.Silence);
        await _clock.ArmedAsync();
        _made[0].SetResult(1);

        Assert.Equal(1, await read.Soon());
    }

    [Fact]
    public async Task A_read_ends_when_its_time_is_up()
    {
        var read = ReadAsync();
        await SilenceToTheEndAsync();

        await Assert.ThrowsAsync<TimeoutException>(() => read.Soon());
        Assert.Equal(3, _made.Count);
    }

    [Fact]
    public async Task So_many_reads_are_asked_a_second_time_and_no_more()
    {
        Task<int>[] reads = [ReadAsync(), ReadAsync(), ReadAsync()];
        foreach (var _ in reads)
            await _clock.ArmedAsync();
        _clock.Advance(Limits.Silence);
        foreach (var _ in reads)
            await _clock.ArmedAsync();

        Assert.Equal(reads.Length + Limits.Repeats, _made.Count);
        foreach (var made in _made)
            made.SetResult(1);
        await Task.WhenAll(reads).Soon();
    }

    [Fact]
    public async Task One_that_was_not_asked_again_for_all_the_others_is_after_the_next_silence()
    {
        Task<int>[] others = [ReadAsync(), ReadAsync()];
        var last = ReadAsync();
        for (var read = 0; read < 3; read++)
            await _clock.ArmedAsync();
        _clock.Advance(Limits.Silence);
        for (var read = 0; read < 3; read++)
            await _clock.ArmedAsync();
        foreach (var made in _made.Except([_made[2]]))
            made.SetResult(1);
        await Task.WhenAll(others).Soon();
        _clock.Advance(Limits.Silence);
        await _clock.ArmedAsync();

        Assert.Equal(6, _made.Count);
        _made[^1].SetResult(2);
        Assert.Equal(2, await last.Soon());
    }

    [Fact]
    public async Task A_part_of_the_cluster_that_is_lost_makes_reads_be_asked_again_at_once()
    {
        var read = ReadAsync();
        await _clock.ArmedAsync();
        _link.NotifyGatewayCountChanged(currentNumberOfGateways: 2, previousNumberOfGateways: 3, connectionRecovered: false);
        await _clock.ArmedAsync();
        _made[1].SetResult(2);

        Assert.Equal(2, await read.Soon());
    }

    [Fact]
    public async Task What_never_came_to_its_grain_is_sent_again()
    {
        var sent = SendAsync();
        await _clock.ArmedAsync();
        _made[0].SetException(new ConnectionFailedException("refused"));
        await RestAsync();
        _made[1].SetResult(2);

        Assert.Equal(2, await sent.Soon());
    }

    [Fact]
    public async Task A_command_that_may_have_been_carried_out_is_not_sent_again()
    {
        var sent = SendAsync();
        Assert.Equal(Limits.Longest, await _clock.ArmedAsync());
        _clock.Advance(Limits.Longest);

        await Assert.ThrowsAsync<TimeoutException>(() => sent.Soon());
        Assert.Single(_made);
    }

    [Fact]
    public async Task What_the_service_itself_says_is_not_repeated()
    {
        var (read, sent) = (ReadAsync(), SendAsync());
        _made[0].SetException(new StorageUnavailableException("down"));
        _made[1].SetException(new StorageOverloadedException("full"));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => read.Soon());
        await Assert.ThrowsAsync<StorageOverloadedException>(() => sent.Soon());
        Assert.Equal(2, _made.Count);
    }

    [Fact]
    public async Task A_process_that_is_not_connected_yet_sends_nothing()
    {
        using var link = new ClusterLink(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        var calls = new BoundedCalls(link, Options.Create(Limits), _clock);

        await Assert.ThrowsAsync<ClusterUnavailableException>(() => calls.OnceAsync(() => Made(1), calls.Usual));
        await Assert.ThrowsAsync<ClusterUnavailableException>(async () => await calls.AgainAsync(Made, calls.Usual));
        Assert.Empty(_made);
    }

    [Fact]
    public async Task A_parked_call_is_made_however_long_its_request_has_been_in_trouble()
    {
        var app = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        CallBudget.Use(app);
        app.Run(AskAsync);

        await app.Build()(new DefaultHttpContext());

        async Task AskAsync(HttpContext http)
        {
            CallBudget.Here.Trouble(_clock.GetTimestamp());
            _clock.Advance(10 * Limits.Longest);
            Assert.Equal(1, await _calls.ParkAsync(_ => Task.FromResult(1), TimeSpan.FromSeconds(5), http.RequestAborted));
        }
    }

    [Fact]
    public async Task A_parked_call_ends_a_second_after_its_time()
    {
        var parked = _calls.ParkAsync(_ => Made(1), TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(6), await _clock.ArmedAsync());
        _clock.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<TimeoutException>(() => parked.Soon());
    }

    [Fact]
    public async Task A_parked_call_ends_as_soon_as_a_part_of_the_cluster_is_lost()
    {
        var token = default(CancellationToken);
        var parked = _calls.ParkAsync(
            given =>
            {
                token = given;
                return Made(1);
            }, TimeSpan.FromSeconds(5), CancellationToken.None);
        _link.NotifyClusterConnectionLost();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => parked.Soon());
        Assert.True(token.IsCancellationRequested);
    }

    private Task<int> ReadAsync() => _calls.AgainAsync(Made, _calls.Usual);

    private Task<int> SendAsync() => _calls.OnceAsync(() => Made(1), _calls.Usual);

    private Task<int> Made(int attempt)
    {
        var made = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _made.Add(made);
        return made.Task;
    }

    /// <summary>The pause before the next attempt, and that attempt.</summary>
    private async Task RestAsync()
    {
        _clock.Advance(await _clock.ArmedAsync());
        await _clock.ArmedAsync();
    }

    private async Task SilenceToTheEndAsync()
    {
        for (var waited = TimeSpan.Zero; waited < Limits.Longest;)
        {
            var wait = await _clock.ArmedAsync();
            waited += wait;
            _clock.Advance(wait);
        }
    }
}
