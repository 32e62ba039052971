using System.Reflection;
using JobTracker.Client;
using JobTracker.Gateway;
using JobTracker.Grains;
using JobTracker.Jobs;
using JobTracker.Pages;

namespace JobTracker.Tests.Unit;

/// <summary>That a project's folders can be read one after another: none uses another that leads back to it.</summary>
public sealed class FolderCirclesTests
{
    [Fact]
    public void No_folder_of_the_gateway_leads_back_to_itself() => None(typeof(GatewaySetup).Assembly, "JobTracker.Gateway", []);

    [Fact]
    public void No_folder_of_the_pages_leads_back_to_itself() => None(typeof(PagesSetup).Assembly, "JobTracker.Pages", []);

    [Fact]
    public void No_folder_of_the_client_leads_back_to_itself() => None(typeof(JobTrackerClientOptions).Assembly, "JobTracker.Client", []);

    [Fact]
    public void No_folder_of_the_silo_leads_back_to_itself() => None(Assembly.Load("JobTracker.Silo"), "JobTracker.Silo", []);

    [Fact]
    public void No_folder_of_the_contracts_leads_back_to_itself() => None(typeof(JobId).Assembly, "JobTracker",
    [
        // A batch's items name jobs, and a job's refusal names the batch that the job follows: by the id alone.
        ("Jobs", "Batches"),
    ]);

    [Fact]
    public void No_folder_of_the_grains_leads_back_to_itself() => None(typeof(JobsSetup).Assembly, "JobTracker.Grains",
    [
        // What the storage of Orleans' idiom fills is the grain's state, and it stands beside the grain.
        ("Storage.Jobs", "Jobs"),
        // A job carries its callback's log; who decides about it is beside the log.
        ("Jobs.Life", "Jobs.Callbacks"),
        // The pure core in two folders: a rule asks who acts and when, and what the table allows; a plan asks where a batch stands.
        ("Jobs.Rules", "Jobs.Life"),
        ("Batches.Rules", "Batches.Life"),
    ]);

    [Fact]
    public void Gateway_and_client_are_compiled_against_no_database() => Assert.DoesNotContain(
        new[] { typeof(GatewaySetup).Assembly, typeof(JobTrackerClientOptions).Assembly, typeof(PagesSetup).Assembly }
            .SelectMany(project => project.GetReferencedAssemblies().Select(used => $"{project.GetName().Name}: {used.Name}")),
        use => use.Contains("Npgsql", StringComparison.OrdinalIgnoreCase) || use.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));

    /// <param name="known">Circles that read better than their mend. One that is there no more has to go from the list.</param>
    private static void None(Assembly project, string root, (string From, string To)[] known)
    {
        var references = new FolderReferences(project, root);
        var circles = references.Circles(known).Select(use => $"{use.From} -> {use.To}: {use.Types}");
        var gone = known.Except(references.Circles().Select(use => (use.From, use.To)))
            .Select(use => $"{use.From} -> {use.To} is known, and gone");
        if (string.Join('\n', circles.Concat(gone).Order()) is { Length: > 0 } found)
            Assert.Fail(found);
    }
}
