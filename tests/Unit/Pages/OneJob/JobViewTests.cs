using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Pages.OneJob;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit.Pages.OneJob;

/// <summary>What a live page keeps of a job.</summary>
public sealed class JobViewTests
{
    private static readonly JobSnapshot Job = JobRows.New("org").Snapshot with
    {
        Metadata = """{"a": 1}""",
        RequestConfig = """{"b": 2}""",
    };

    [Fact]
    public void It_has_all_but_the_documents_and_knows_them_from_others()
    {
        var view = JobView.Of(Job, null);
        Assert.Equal(Job with { Metadata = "{}", RequestConfig = null }, view.Job);
        Assert.Equal(JobView.MarkOf(Job), view.Documents);
        Assert.Equal(view, JobView.Of(Job with { Metadata = new string(Job.Metadata) }, null));
    }

    [Fact]
    public void Other_documents_have_another_mark_wherever_the_change_is()
    {
        string[] marks =
        [
            JobView.MarkOf(Job),
            JobView.MarkOf(Job with { Metadata = """{"a": 2}""" }),
            JobView.MarkOf(Job with { RequestConfig = """{"b": 3}""" }),
            JobView.MarkOf(Job with { RequestConfig = null }),
            JobView.MarkOf(Job with { Metadata = Job.Metadata + Job.RequestConfig, RequestConfig = null }),
        ];
        Assert.Equal(marks.Length, marks.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(marks[0], JobView.MarkOf(Job with { Version = 7, Status = JobStatus.Failed }));
    }

    [Theory]
    [InlineData("batch", """{"batch_id": "batch-01890a5d-ac96-774b-bcce-b302099a8057"}""", true)]
    [InlineData("other", """{"batch_id": "batch-01890a5d-ac96-774b-bcce-b302099a8057"}""", false)]
    [InlineData("batch", """{"batch_id": "<script>"}""", false)]
    [InlineData("batch", """{"batch_id": ["batch-01890a5d-ac96-774b-bcce-b302099a8057"]}""", false)]
    [InlineData("batch", "{}", false)]
    public void A_batchs_job_names_its_batch(string type, string metadata, bool names) => Assert.Equal(
        names ? BatchId.Parse("batch-01890a5d-ac96-774b-bcce-b302099a8057") : null,
        JobDocuments.BatchOf(Job with { JobType = type, Metadata = metadata }));
}
