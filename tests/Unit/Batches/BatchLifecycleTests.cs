using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Tests.Support;
using static JobTracker.Batches.BatchPhase;

namespace JobTracker.Tests.Unit.Batches;

public sealed class BatchLifecycleTests
{
    /// <summary>Rows leave, columns are entered.</summary>
    private const string Table = """
                             submitting  submission_unknown  polling  ingesting  reconciling  done  receiving  post_processing
        submitting           yes         yes                 yes      -          yes          -     yes        -
        submission_unknown   yes         yes                 yes      -          -            -     -          -
        polling              -           -                   yes      yes        yes          -     -          -
        ingesting            -           -                   yes      yes        yes          -     -          -
        reconciling          -           -                   -        -          yes          -     -          yes
        done                 yes         -                   -        -          -            yes   yes        -
        receiving            yes         -                   -        -          -            -     yes        -
        post_processing      -           -                   -        -          -            yes   -          yes
        """;

    private static readonly BatchPhase[] Phases = Enum.GetValues<BatchPhase>();

    public static TheoryData<BatchPhase> EachPhase => [.. Phases];

    [Fact]
    public void Every_transition_is_as_the_table_says()
    {
        var lines = Table.ReplaceLineEndings("\n")
            .Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(Phases.Select(phase => phase.Word), lines[0]);
        var actual = Phases.Select(
            from => string.Join(' ', [from.Word, .. Phases.Select(to => BatchLifecycle.Allows(from, to) ? "yes" : "-")]));
        Assert.Equal(lines.Skip(1).Select(line => string.Join(' ', line)), actual);
    }

    [Fact]
    public void A_batch_begins_as_a_draft_or_adopted() =>
        Assert.Equal([Polling, Receiving], Phases.Where(phase => BatchLifecycle.Allows(null, phase)));

    [Theory]
    [MemberData(nameof(EachPhase))]
    public void A_batch_enters_what_the_table_allows_and_nothing_else(BatchPhase from)
    {
        var batch = BatchSamples.Draft.Snapshot with { Phase = from };
        foreach (var to in Phases)
        {
            if (BatchLifecycle.Allows(from, to))
                Assert.Equal(batch with { Phase = to }, batch.Enter(to));
            else
                Assert.Equal($"A batch does not go from {from.Word} to {to.Word}.", Assert.Throws<InvalidOperationException>(
                    () => { batch.Enter(to); }).Message);
        }
    }

    [Theory]
    [MemberData(nameof(EachPhase))]
    public void Every_phase_has_a_way_to_the_end(BatchPhase from)
    {
        HashSet<BatchPhase> reached = [from];
        while (Phases.Where(to => reached.Any(at => BatchLifecycle.Allows(at, to))).Any(reached.Add))
        {
            // Until nothing new is reached.
        }

        Assert.Contains(Done, reached);
    }

    [Fact]
    public void The_document_shows_what_the_code_does()
    {
        var generated = BatchLifecycleDocument.Text();
        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "batch-lifecycle.md"), generated), generated);
    }
}
