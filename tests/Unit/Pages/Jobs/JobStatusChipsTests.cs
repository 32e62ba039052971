using JobTracker.Jobs;
using JobTracker.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Jobs;

public sealed class JobStatusChipsTests
{
    private static readonly JobCounts Counts = new(
    [
        new(JobStatus.Running, "chat", 3), new(JobStatus.Failed, "chat", 2), new(JobStatus.Running, "image", 10),
    ]);

    [Theory]
    [InlineData("", "all 15, active 13, created 0, pending 0, running 13, completed 0, failed 2, cancelled 0, expired 0")]
    [InlineData("?job_type=chat", "all 5, active 3, created 0, pending 0, running 3, completed 0, failed 2, cancelled 0, expired 0")]
    [InlineData("?tag=a", "all, active, created, pending, running, completed, failed, cancelled, expired")]
    public void Counts_are_those_of_the_type_or_none(string search, string expected) => Assert.Equal(
        expected,
        string.Join(", ", JobStatusChips.Of(JobFilter.Parse(search), Counts).Select(chip => TextOf(chip.Word, chip.Count))));

    [Theory]
    [InlineData("", "failed", "/ui/jobs?status=failed")]
    [InlineData("?status=running", "failed", "/ui/jobs?status=running&status=failed")]
    [InlineData("?status=running&status=failed", "failed", "/ui/jobs?status=running")]
    [InlineData("?active=true&tag=a", "failed", "/ui/jobs?status=failed&tag=a")]
    [InlineData("?status=wrong&status=running", "failed", "/ui/jobs?status=running&status=failed")]
    [InlineData("?status=running&after=job-1", "all", "/ui/jobs")]
    [InlineData("?status=failed&tag=a", "active", "/ui/jobs?active=true&tag=a")]
    public void A_status_adds_itself_to_those_chosen_or_leaves_them(string search, string word, string address) =>
        Assert.Equal(address, JobStatusChips.Of(JobFilter.Parse(search), Counts).Single(chip => chip.Word == word).Address);

    [Theory]
    [InlineData("", "all")]
    [InlineData("?active=true", "active")]
    [InlineData("?status=failed&status=running", "running failed")]
    public void What_is_in_force_is_marked(string search, string words) => Assert.Equal(
        words, string.Join(' ', JobStatusChips.Of(JobFilter.Parse(search), Counts).Where(chip => chip.IsChosen).Select(chip => chip.Word)));

    [Theory]
    [InlineData("", "chat 5, image 10")]
    [InlineData("?status=failed", "chat 2, image 0")]
    [InlineData("?active=true", "chat 3, image 10")]
    [InlineData("?user_id=u", "chat, image")]
    [InlineData("?job_type=gone", "chat 5, gone, image 10")]
    public void Types_are_those_that_occur_and_the_one_that_is_chosen(string search, string expected) => Assert.Equal(
        expected,
        string.Join(", ", JobStatusChips.TypesOf(JobFilter.Parse(search), Counts).Select(type => TextOf(type.Key, type.Value))));

    private static string TextOf(string word, long? count) => count is null ? word : $"{word} {count}";
}
