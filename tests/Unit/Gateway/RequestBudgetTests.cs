using JobTracker.Gateway;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Organizations;
using JobTracker.Tests.Support;
using JobTracker.Tests.Unit.Gateway.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class RequestBudgetTests : IDisposable
{
    private readonly RequestBudget _budget = new(Options.Create(new GatewayLimits { Burst = 3, RequestsPerSecond = 2 }));

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void A_key_may_send_as_many_as_its_bucket_holds_and_each_answer_tells_how_it_stands()
    {
        Assert.Equal(
            [
                (null, "\"requests\";q=3;w=2", "\"requests\";r=2;t=1"),
                (null, "\"requests\";q=3;w=2", "\"requests\";r=1;t=1"),
                (null, "\"requests\";q=3;w=2", "\"requests\";r=0;t=2"),
                (429, "\"requests\";q=3;w=2", "\"requests\";r=0;t=2"),
            ],
            Enumerable.Range(0, 4).Select(_ => Spend("key-a")));
    }

    [Fact]
    public void One_past_it_is_told_by_the_registered_type_and_when_to_come_back()
    {
        for (var i = 0; i < 3; i++)
            Spend("key-a");

        var problem = _budget.Spend(SignedInRequest.Of("key-a"))!;

        Assert.Equal((ProblemKind.TooManyRequests, 429, 1), (problem.Kind, problem.Status, problem.RetryAfterSeconds));
    }

    [Fact]
    public void Each_key_has_a_bucket_of_its_own()
    {
        for (var i = 0; i < 4; i++)
            Spend("key-a");

        Assert.Equal((null, "\"requests\";q=3;w=2", "\"requests\";r=2;t=1"), Spend("key-b"));
    }

    [Fact]
    public void An_organization_of_its_own_limits_has_those_and_new_ones_count_at_once()
    {
        Assert.Equal(
            (null, "\"requests\";q=1;w=1", "\"requests\";r=0;t=1"), Spend("key-a", new OrganizationLimits(RequestsPerSecond: 5, Burst: 1)));
        Assert.Equal(429, Spend("key-a", new OrganizationLimits(RequestsPerSecond: 5, Burst: 1)).Status);
        Assert.Equal(
            (null, "\"requests\";q=7;w=4", "\"requests\";r=6;t=1"), Spend("key-a", new OrganizationLimits(Burst: 7)));
    }

    [Fact]
    public async Task It_fills_again_with_time()
    {
        for (var i = 0; i < 4; i++)
            Spend("key-a");
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        async Task FilledAsync()
        {
            while (Spend("key-a").Status is not null)
                await looks.WaitForNextTickAsync();
        }

        await FilledAsync().Soon();
    }

    [Fact]
    public void Who_is_not_told_apart_is_not_counted_and_told_nothing()
    {
        var stranger = new DefaultHttpContext();
        var developer = SignedInRequest.Of(budget: null);

        Assert.Equal((null, null), (_budget.Spend(stranger), _budget.Spend(developer)));
        Assert.Empty(stranger.Response.Headers);
        Assert.Empty(developer.Response.Headers);
    }

    private (int? Status, string Policy, string Left) Spend(string key, OrganizationLimits? own = null)
    {
        var http = SignedInRequest.Of(key, own);
        var problem = _budget.Spend(http);
        return (problem?.Status, http.Response.Headers[RequestBudget.PolicyHeader]!, http.Response.Headers[RequestBudget.Header]!);
    }
}
