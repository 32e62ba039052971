using System.Text;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>Writes docs/batch-lifecycle.md from the transition table itself.</summary>
internal static class BatchLifecycleDocument
{
    public static string Text() => $"""
        # The life of a batch

        Written by `BatchLifecycleTests` from `Grains/Batches/Rules/BatchLifecycle.cs`; after a change of the table run the tests once with
        `{GeneratedFile.UpdateVariable}=1`. docs/batches.md says what each phase means.

        ```mermaid
        {Diagram()}
        ```

        | from | to | when |
        |---|---|---|
        {string.Join('\n', BatchLifecycle.Changes.Select(change => $"| {change.From?.Word ?? ""} | {change.To.Word} | {change.Why} |"))}

        - The phase says what the service does for a batch; callers branch on its status. The status is terminal from `post_processing` on.
        - A batch that is in a phase may enter it anew, as with each poll: that is no transition.
        - A draft, and what is deleted until its rows are gone, is `receiving`: nobody sees it in a list.
        - Anything else is refused before it is stored.

        """.ReplaceLineEndings("\n");

    private static string Diagram()
    {
        var lines = new StringBuilder("stateDiagram-v2\n");
        foreach (var change in BatchLifecycle.Changes)
            lines.Append($"    {change.From?.Word ?? "[*]"} --> {change.To.Word}: {change.Why}\n");
        return lines.Append($"    {BatchPhase.Done.Word} --> [*]").ToString();
    }
}
