using System.Text;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Jobs;

/// <summary>Writes docs/job-lifecycle.md from the transition table itself.</summary>
internal static class JobLifecycleDocument
{
    private static readonly JobStatus[] Statuses = Enum.GetValues<JobStatus>();

    public static string Text() => $"""
        # The life of a job

        Written by `JobLifecycleTests` from `Grains/Jobs/Life/JobLifecycle.cs`; after a change of the table run the tests once with
        `{GeneratedFile.UpdateVariable}=1`.

        ```mermaid
        {Diagram()}
        ```

        {Table()}

        - A job is created in the status that its maker asks for, created, pending or running; the transitions in between happen in the same write.
        - A caller may ask for every transition marked yes. Those marked *service* are made by the service alone.
        - Nothing leaves a terminal status ({string.Join(", ", Statuses.Where(status => status.IsTerminal).Select(status => status.Word))}).
        - Asking for the status that a job has already is no transition: it is accepted and changes nothing.

        """.ReplaceLineEndings("\n");

    private static string Diagram()
    {
        var lines = new StringBuilder("stateDiagram-v2\n    direction LR\n");
        foreach (var first in Statuses.Where(status => !JobLifecycle.PathTo(status).IsEmpty))
            lines.Append($"    [*] --> {first.Word}\n");
        foreach (var (from, to) in Statuses.SelectMany(
            from => Statuses.Where(to => JobLifecycle.Allows(from, to)).Select(to => (from, to))))
            lines.Append($"    {from.Word} --> {to.Word}{(JobLifecycle.MayAskFor(to) ? "" : ": service")}\n");
        foreach (var last in Statuses.Where(status => status.IsTerminal))
            lines.Append($"    {last.Word} --> [*]\n");
        return lines.ToString().TrimEnd('\n');
    }

    private static string Table()
    {
        var lines = new StringBuilder($"| from \\ to | {string.Join(" | ", Statuses.Select(status => status.Word))} |\n|---|{string.Concat(Statuses.Select(_ => "---|"))}\n");
        foreach (var from in Statuses)
            lines.Append($"| **{from.Word}** | {string.Join(" | ", Statuses.Select(to => Cell(from, to)))} |\n");
        return lines.ToString().TrimEnd('\n');
    }

    private static string Cell(JobStatus from, JobStatus to) => (JobLifecycle.Allows(from, to), JobLifecycle.MayAskFor(to)) switch
    {
        (true, true) => "yes",
        (true, false) => "*service*",
        _ => "",
    };
}
