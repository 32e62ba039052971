using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using JobTracker.Client;
using JobTracker.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace JobTracker.Tests.Integration.Client;

/// <summary>docs/client.md and README show no C# that does not stand here, or in the tests of batches.</summary>
public sealed partial class GuideTests(ClientCluster cluster) : IClassFixture<ClientCluster>
{
    [Fact]
    public async Task Every_snippet_of_the_guide_is_code_of_this_file()
    {
        var code = Squeezed(await File.ReadAllTextAsync(ThisFile())
            + await File.ReadAllTextAsync(ThisFile().Replace("GuideTests", "BatchTrackerTests", StringComparison.Ordinal)));
        var guide = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/client.md"));
        var snippets = Snippet().Matches(guide).Select(match => Squeezed(match.Groups["code"].Value)).ToList();
        var readme = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../README.md"));
        // The session stands whole in one method, but for the line that gives back what the test looks at.
        snippets.Add(
            Squeezed(
                Snippet().Match(readme).Groups["code"].Value.Replace("\n\nstatic", "\nreturn late;\n\nstatic", StringComparison.Ordinal)));
        Assert.Equal(6, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(snippet, code, StringComparison.Ordinal));
    }

    [Fact]
    public void The_guides_host_has_a_tracker()
    {
        using var host = HostOf("Host=127.0.0.1;Database=jobtracker");
        Assert.NotNull(host.Services.GetRequiredService<IJobTracker>());
    }

    [Fact]
    public async Task The_guides_work_is_done_waited_for_and_listed()
    {
        var tracker = cluster.Tracker("org-guide");
        var result = await WorkAsync(tracker);
        Assert.Equal((true, "end_turn", new JobProgress(3, 3, null)), (result.Won, result.Job.StopReason, result.Job.Progress));
        Assert.Equal("it is Completed", await FollowAsync(tracker, result.Job.Id));
        var running = await tracker.CreateAsync(new CreateJob { JobType = "import", Status = JobStatus.Running });
        await CancelAllAsync(tracker);
        Assert.Equal(JobStatus.Cancelled, (await running.GetAsync())!.Status);
    }

    [Fact]
    public async Task The_readmes_session_ends_in_a_refusal()
    {
        var late = Assert.IsType<JobOutcome.Refused>(await SessionAsync(cluster.Tracker("org-readme")));
        Assert.Equal((JobStatus.Cancelled, JobStatus.Completed), late.Reason is Refusal.TransitionNotAllowed refused
            ? (refused.From, refused.To)
            : default);
    }

    private static IHost HostOf(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("jobtracker", "jobtracker"))
            .UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", connectionString)));
        builder.Services.AddJobTrackerClient(options =>
        {
            options.OrganizationId = "org-1";
            options.UserId = "importer";
        });
        return builder.Build();
    }

    private static async Task<RunResult> WorkAsync(IJobTracker tracker)
    {
        var job = await tracker.CreateAsync(new CreateJob { JobType = "import", Metadata = """{"source_id": "orders-7"}""" });

        var result = await job.RunAsync(async (run, cancellation) =>
        {
            for (var page = 0; page < 3; page++)
            {
                await ImportAsync(page, cancellation);
                await run.ReportProgressAsync(page + 1, total: 3, cancellation: cancellation);
            }

            run.CompleteWith(new JobCompletion { StopReason = "end_turn" });
        });
        return result;

        static Task ImportAsync(int page, CancellationToken cancellation) =>
            page < 0 ? Task.FromCanceled(cancellation) : Task.CompletedTask;
    }

    private static async Task<string> FollowAsync(IJobTracker tracker, JobId jobId)
    {
        var said = await tracker.WaitForCompletionAsync(jobId, TimeSpan.FromSeconds(30)) switch
        {
            JobWait.Ended { Job: var ended } => $"it is {ended.Status}",
            JobWait.TimedOut { Job: var late } => $"it is still {late.Status}",
            _ => "there is no such job",
        };

        await foreach (var seen in tracker.WatchAsync(jobId))
            Console.WriteLine($"version {seen.Version}: {seen.Status}");
        return said;
    }

    private static async Task<JobOutcome> SessionAsync(IJobTracker tracker)
    {
        var job = await tracker.CreateAsync(new CreateJob { JobType = "run", Metadata = """{"source_id": "s1"}""" });
        var watching = WatchAsync(job);
        await job.UpdateAsync(new UpdateJob { Status = JobStatus.Pending });
        await job.UpdateAsync(new UpdateJob { Status = JobStatus.Running });
        await foreach (var running in tracker.ListAsync(new JobQuery { Statuses = [JobStatus.Running], SourceId = "s1" }))
            Console.WriteLine($"{running.Id} runs since {running.StartedAt:O}");
        await job.CancelAsync();
        await watching;
        var late = await tracker.TryUpdateAsync(job.Id, new UpdateJob { Status = JobStatus.Completed });
        // late is JobOutcome.Refused { Reason: TransitionNotAllowed { From: Cancelled, To: Completed } }
        return late;

        static async Task WatchAsync(JobHandle job)
        {
            await foreach (var seen in job.WatchAsync())
                Console.WriteLine($"version {seen.Version}: {seen.Status}");
        }
    }

    private static async Task CancelAllAsync(IJobTracker tracker)
    {
        await foreach (var running in tracker.ListAsync(new JobQuery { Statuses = [JobStatus.Running], JobType = "import" }))
            await tracker.TryCancelAsync(running.Id);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string Squeezed(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spaces();
}
