using JobTracker.Jobs;
using JobTracker.Pages.Overview;

namespace JobTracker.Tests.Unit.Pages.Overview;

/// <summary>The table of types by status.</summary>
public sealed class TypeTableTests
{
    [Fact]
    public void Each_type_is_a_row_in_the_order_of_the_alphabet_with_a_number_for_each_status()
    {
        var table = TypeTable.Of(new JobCounts(
        [
            new(JobStatus.Failed, "train", 2),
            new(JobStatus.Completed, "chat", 1_000),
            new(JobStatus.Completed, "train", 3),
        ]));

        Assert.Equal(0, table.More);
        Assert.Equal(["chat", "train"], table.Rows.Select(row => row.JobType));
        Assert.Equal([0, 0, 0, 3, 2, 0, 0], table.Rows[1].Counts);
        Assert.Equal([1_000, 5], table.Rows.Select(row => row.Total));
    }

    [Fact]
    public void Of_many_types_those_with_the_most_jobs_are_shown_and_the_others_counted()
    {
        var counts = Enumerable.Range(1, TypeTable.MostTypes + 3)
            .Select(number => new JobCount(JobStatus.Running, $"type-{number:000}", number));

        var table = TypeTable.Of(new JobCounts([.. counts]));

        Assert.Equal(3, table.More);
        Assert.Equal(TypeTable.MostTypes, table.Rows.Length);
        Assert.Equal(("type-004", "type-053"), (table.Rows[0].JobType, table.Rows[^1].JobType));
    }

    [Fact]
    public void A_type_whose_jobs_are_all_gone_is_no_row() =>
        Assert.Empty(TypeTable.Of(new JobCounts([new(JobStatus.Running, "gone", 0)])).Rows);
}
