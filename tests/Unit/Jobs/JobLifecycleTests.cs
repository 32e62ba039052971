using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using static JobTracker.Jobs.JobStatus;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobLifecycleTests
{
    /// <summary>Rows leave, columns are entered.</summary>
    private const string Table = """
                    created  pending  running  completed  failed  cancelled  expired
        created     -        yes      -        -          -       yes        yes
        pending     -        -        yes      -          -       yes        yes
        running     -        -        -        yes        yes     yes        yes
        completed   -        -        -        -          -       -          -
        failed      -        -        -        -          -       -          -
        cancelled   -        -        -        -          -       -          -
        expired     -        -        -        -          -       -          -
        """;

    public static TheoryData<JobStatus> Statuses => [.. Enum.GetValues<JobStatus>()];

    [Fact]
    public void Every_transition_is_as_the_table_says()
    {
        var lines = Table.ReplaceLineEndings("\n").Split('\n').Select(Words).ToList();
        var statuses = Enum.GetValues<JobStatus>();
        Assert.Equal(statuses.Select(status => status.Word), lines[0]);
        var actual = statuses.Select(
            from => string.Join(' ', [from.Word, .. statuses.Select(to => JobLifecycle.Allows(from, to) ? "yes" : "-")]));
        Assert.Equal(lines.Skip(1).Select(line => string.Join(' ', line)), actual);
    }

    [Fact]
    public void The_document_shows_what_the_code_does()
    {
        var generated = JobLifecycleDocument.Text();
        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "job-lifecycle.md"), generated), generated);
    }

    [Fact]
    public void Callers_may_ask_for_everything_but_expired() =>
        Assert.Equal([Expired], Enum.GetValues<JobStatus>().Where(status => !JobLifecycle.MayAskFor(status)));

    [Theory]
    [InlineData(Created, new[] { Pending, Cancelled })]
    [InlineData(Pending, new[] { Running, Cancelled })]
    [InlineData(Running, new[] { Completed, Failed, Cancelled })]
    [InlineData(Completed, new JobStatus[0])]
    [InlineData(Failed, new JobStatus[0])]
    [InlineData(Cancelled, new JobStatus[0])]
    [InlineData(Expired, new JobStatus[0])]
    public void A_refusal_names_what_a_caller_may_ask_for_instead(JobStatus from, JobStatus[] allowed) =>
        Assert.Equal(allowed, JobLifecycle.AllowedFrom(from));

    [Theory]
    [MemberData(nameof(Statuses))]
    public void The_way_of_a_new_job_to_its_first_status_follows_the_table(JobStatus status)
    {
        var path = JobLifecycle.PathTo(status);
        Assert.Equal(status is Created or Pending or Running, !path.IsEmpty);
        Assert.All(path.Zip(path.Skip(1)), step => Assert.True(JobLifecycle.Allows(step.First, step.Second)));
        if (!path.IsEmpty)
            Assert.Equal((Created, status), (path[0], path[^1]));
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_living_status_has_a_way_to_every_end_and_an_end_has_none(JobStatus from)
    {
        HashSet<JobStatus> reached = [from];
        while (Enum.GetValues<JobStatus>().Where(to => reached.Any(at => JobLifecycle.Allows(at, to))).Any(reached.Add))
        {
            // Until nothing new is reached.
        }

        Assert.Equal(
            from.IsTerminal ? [from] : [Completed, Failed, Cancelled, Expired], reached.Where(status => status.IsTerminal).Order());
        Assert.Equal(from.IsTerminal, reached.Count == 1);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_status_has_a_word_that_reads_back(JobStatus status)
    {
        Assert.Equal(status.ToString().ToLowerInvariant(), status.Word);
        Assert.Equal(status, JobStatus.FromWord(status.Word));
        Assert.Null(JobStatus.FromWord(status.ToString()));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
