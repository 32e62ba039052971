using JobTracker.Jobs;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>A create that the gateway sends again because no answer comes, as while a silo is replaced by another.</summary>
public sealed class RepeatedCreateTests
{
    [Fact]
    public async Task The_caller_gets_its_job_whichever_attempt_made_it_and_whichever_is_answered_first()
    {
        var overtaken = new Overtaken();
        await using var host = new GatewayHost(
            services => services.AddSingleton<IOutgoingGrainCallFilter>(overtaken), ("Calls:Silence", "00:00:00.100"));
        await host.InitializeAsync();
        var caller = host.NewCaller();

        var made = (await caller.PostAsync("/v1/jobs", """{"job_type":"twice"}""")).Created();

        Assert.True(overtaken.Attempts >= 2);
        Assert.Equal([made.Text("id")!], (await caller.GetAsync("/v1/jobs")).Ok().Ids);
    }

    /// <summary>The second attempt comes to the grain first, and the first is answered first.</summary>
    private sealed class Overtaken : IOutgoingGrainCallFilter
    {
        private readonly TaskCompletionSource _secondRan = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _firstAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _attempts;

        public int Attempts => _attempts;

        public Task Invoke(IOutgoingGrainCallContext context) => context.MethodName == nameof(IJobGrain.CreateAsync)
            ? Interlocked.Increment(ref _attempts) switch
            {
                1 => FirstAsync(context),
                2 => SecondAsync(context),
                _ => LaterAsync(context),
            }
            : context.Invoke();

        private async Task FirstAsync(IOutgoingGrainCallContext context)
        {
            await _secondRan.Task.Soon();
            await context.Invoke();
            _firstAnswered.SetResult();
        }

        private async Task SecondAsync(IOutgoingGrainCallContext context)
        {
            await context.Invoke();
            _secondRan.SetResult();
            await _firstAnswered.Task.Soon();
        }

        private async Task LaterAsync(IOutgoingGrainCallContext context)
        {
            await _firstAnswered.Task.Soon();
            await context.Invoke();
        }
    }
}
