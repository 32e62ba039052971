using System.Net;
using JobTracker.Client;
using JobTracker.Cluster;
using JobTracker.Jobs;
using JobTracker.Silo.Clustering;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace JobTracker.Tests.Integration.Client;

/// <summary>Cluster:ClientSecret: whom the silos serve over Orleans.</summary>
public sealed class ClientSecretTests
{
    private const string Secret = "a secret of the cluster's silos";

    [Fact]
    public async Task Only_a_client_with_the_silos_secret_is_served_and_the_others_are_told_so()
    {
        await using var silo = new GatewayHost(("Cluster:ClientSecret", Secret));
        await silo.InitializeAsync();
        using var right = await ClientOfAsync(silo, Secret);
        using var wrong = await ClientOfAsync(silo, Secret + "!");
        using var none = await ClientOfAsync(silo, secret: null);

        var job = await Tracker(right).CreateAsync(new CreateJob { JobType = "import" });
        using var patience = new CancellationTokenSource();
        var end = Tracker(right).WaitForCompletionAsync(job.Id, TimeSpan.FromSeconds(30), patience.Token);
        await Tracker(right).TryCancelAsync(job.Id);
        Assert.IsType<JobWait.Ended>(await end);

        var another = await RefusalOfAsync(() => Tracker(wrong).GetAsync(job.Id));
        Assert.Equal("The cluster refused this client, which gave another secret than the silos' Cluster:ClientSecret.", another);
        Assert.Contains("which gave no secret", await RefusalOfAsync(() => Tracker(none).CreateAsync(new CreateJob { JobType = "x" })));
        await RefusalOfAsync(() => none.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts());
        Assert.DoesNotContain(Secret, another);

        await StopAsync(right, wrong, none);
    }

    [Fact]
    public async Task The_silos_own_process_is_not_asked_for_the_secret()
    {
        await using var silo = new GatewayHost(("Cluster:ClientSecret", Secret));
        await silo.InitializeAsync();

        var caller = silo.NewCaller();
        var made = (await caller.PostAsync("/v1/jobs", "{}")).Created();
        (await caller.PostAsync($"/v1/jobs/{made.Text("id")}/cancel", "{}")).Ok();
        (await caller.GetAsync("/v1/jobs")).Ok();
    }

    [Fact]
    public async Task Silos_without_a_secret_ask_for_none()
    {
        await using var silo = new GatewayHost();
        await silo.InitializeAsync();
        using var client = await ClientOfAsync(silo, "of no use");

        Assert.Null(await Tracker(client).GetAsync(JobId.New(TimeProvider.System)));

        await StopAsync(client);
    }

    private static async Task<string> RefusalOfAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<ClientRefusedException>(call)).Message;

    private static IJobTracker Tracker(IHost client) => client.Services.GetRequiredService<IJobTracker>();

    private static async Task<IHost> ClientOfAsync(GatewayHost silo, string? secret)
    {
        var cluster = silo.Services.GetRequiredService<IOptions<ClusterSettings>>().Value;
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Logging.ToSuite();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId))
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, cluster.GatewayPort)));
        builder.Services.AddJobTrackerClient(options =>
            (options.OrganizationId, options.UserId, options.ClientSecret) = ("org-1", "user-1", secret));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task StopAsync(params IHost[] clients)
    {
        foreach (var client in clients)
            await client.StopAsync();
    }
}
