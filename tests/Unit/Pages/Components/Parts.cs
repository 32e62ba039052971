using System.Security.Claims;
using Bunit;
using JobTracker.Callers;
using JobTracker.Keys;
using JobTracker.Pages.Batches;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Live;
using JobTracker.Pages.OneJob;
using JobTracker.Tests.Unit.Pages.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TestContext = Xunit.TestContext;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>Renders parts of pages: as the server writes them first, or as they live in a circuit.</summary>
internal sealed class Parts : BunitContext, IPageCallers
{
    private const int MostSteps = 1_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private Parts(bool isLive)
    {
        AddAuthorization().SetAuthorized("user");
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<IPageCallers>(this);
        Services.AddSingleton<IJobDoor>(Jobs);
        Services.AddSingleton<IBatchDoor>(Batches);
        Services.AddSingleton<BatchListFeed>();
        Services.AddSingleton<JobViews>();
        Services.AddSingleton<JobListFeed>();
        Services.AddSingleton<LiveFeeds>();
        Services.AddScoped<CurrentCaller>();
        Services.AddScoped<SessionWatch>();
        Services.AddScoped<AntiforgeryStateProvider, NoForgery>();
        SetRendererInfo(new RendererInfo(isLive ? "Server" : "Static", isLive));
    }

    public static Parts OnTheServer() => new(isLive: false);

    public static Parts InACircuit() => new(isLive: true);

    public FakeTimeProvider Clock { get; } = new(PageJobs.Now);

    public EdgeJobDoor Jobs { get; } = new();

    public EdgeBatchDoor Batches { get; } = new();

    public PageCaller Who { get; set; } = new(new Caller("org", "user"), [.. Scopes.All]);

    public PageCaller? CallerOf(ClaimsPrincipal user) => Who;

    /// <summary>Lets time pass, half a second after another, until it holds; what it found wrong at last is the failure.</summary>
    public async Task UntilAsync(Action holds)
    {
        // What waits for the time that passes runs on other threads: they are given a moment at each step.
        using var step = new PeriodicTimer(Moment, TimeProvider.System);
        for (var left = MostSteps; ; left--)
        {
            try
            {
                holds();
                return;
            }
            catch (Exception) when (left > 0)
            {
                Clock.Advance(TimeSpan.FromMilliseconds(500));
                await step.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Forms are posted by browsers, in other tests.</summary>
    private sealed class NoForgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
