namespace JobTracker.Tests.Integration.Gateway.Batches;

public sealed class BatchListTests(BatchHost host) : IClassFixture<BatchHost>
{
    private readonly BatchCaller _caller = host.NewCaller();

    private ApiClient Api => _caller.Api;

    [Fact]
    public async Task A_walk_sees_each_batch_once_in_either_order_and_back()
    {
        string[] ids = [await NewAsync(), await NewAsync(), await NewAsync()];

        Assert.Equal(ids.Reverse(), (await Api.GetAsync("/v1/batches")).Ok().Ids);
        var first = (await Api.GetAsync("/v1/batches?order=asc&limit=2")).Ok();
        Assert.Equal(ids[..2], first.Ids);
        var second = (await Api.GetAsync(first.Link("next")!)).Ok();
        Assert.Equal([ids[2]], second.Ids);
        Assert.Null(second.Link("next"));
        Assert.Equal(ids[..2], (await Api.GetAsync(second.Link("prev")!)).Ok().Ids);
        Assert.Empty((await Api.GetAsync($"/v1/batches?order=asc&after={ids[2]}")).Ok().Ids);
        Assert.Equal([ids[1]], (await Api.GetAsync($"/v1/batches?order=asc&after={ids[0]}&before={ids[2]}")).Ok().Ids);
    }

    [Fact]
    public async Task Filters_are_joined_by_and()
    {
        var (running, _) = await _caller.RunningAsync("a");
        var (other, provider) = await _caller.RunningAsync("b");
        provider.End();
        await _caller.EndedAsync(other);

        Assert.Equal([running.Text("id")], (await Api.GetAsync("/v1/batches?status=running&provider=claude")).Ok().Ids);
        Assert.Equal([running.Text("id")], (await Api.GetAsync("/v1/batches?active=true")).Ok().Ids);
        Assert.Equal([other.Text("id")], (await Api.GetAsync("/v1/batches?status=completed,failed")).Ok().Ids);
        Assert.Empty((await Api.GetAsync("/v1/batches?active=true&status=completed")).Ok().Ids);
        Assert.Empty((await Api.GetAsync("/v1/batches?provider=gpt")).Ok().Ids);
        Assert.Empty((await Api.GetAsync("/v1/batches?created_before=2020-01-01T00:00:00Z")).Ok().Ids);
    }

    [Theory]
    [InlineData("/v1/batches?limit=1001", "422 invalid_parameter")]
    [InlineData("/v1/batches?status=created", "422 invalid_parameter")]
    [InlineData("/v1/batches?organization_id=other", "403 insufficient_scope")]
    [InlineData("/v1/batches/nothing", "422 invalid_batch_id")]
    [InlineData("/v1/batches/nothing/items", "422 invalid_batch_id")]
    [InlineData("/v1/batches/nothing/items/a", "422 invalid_batch_id")]
    [InlineData("/v1/batches/nothing/results", "422 invalid_batch_id")]
    public async Task What_is_not_understood_is_refused(string path, string problem) =>
        Assert.Equal(problem, (await Api.GetAsync(path)).Problem);

    [Theory]
    [InlineData("items?limit=0")]
    [InlineData("items?limit=1001")]
    [InlineData("items?status=running")]
    public async Task Items_have_their_own_parameters(string path)
    {
        var id = await NewAsync();
        Assert.Equal("422 invalid_parameter", (await Api.GetAsync($"/v1/batches/{id}/{path}")).Problem);
    }

    [Fact]
    public async Task An_item_that_is_not_there_is_told_from_a_batch_that_is_not()
    {
        var id = await NewAsync();

        Assert.Equal("404 item_not_found", (await Api.GetAsync($"/v1/batches/{id}/items/nothing")).Problem);
        Assert.Equal("pending", (await Api.GetAsync($"/v1/batches/{id}/items/a")).Ok().Text("status"));
    }

    private async Task<string> NewAsync() => BatchCaller.Accepted(await Api.PostAsync("/v1/batches", BatchCaller.Object("a"))).Text("id");
}
