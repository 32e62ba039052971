using System.Collections.Immutable;
using JobTracker.Jobs;
using JobTracker.Jobs.Tags;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JobTagsTests
{
    private static readonly JobLimits Limits = new();

    [Fact]
    public void A_job_has_ten_tags_of_64_characters_at_most()
    {
        Assert.Null(Problem([.. Enumerable.Range(0, 10).Select(i => $"{i}{new string('x', 63)}")]));
        Assert.NotNull(Problem([.. Enumerable.Range(0, 11).Select(i => $"{i}")]));
        Assert.NotNull(Problem([new string('x', 65)]));
    }

    [Theory]
    [InlineData("AZaz09_.:/@-", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("a b", false)]
    [InlineData("a,b", false)]
    [InlineData("é", false)]
    [InlineData("a\n", false)]
    [InlineData("a\0", false)]
    [InlineData("%", false)]
    public void A_tag_is_made_of_few_characters(string tag, bool isOne) => Assert.Equal(isOne, Problem([tag]) is null);

    [Fact]
    public void A_tag_stands_once_and_its_case_counts()
    {
        Assert.Equal("names a tag twice", Problem(["a", "b", "a"]));
        Assert.Null(Problem(["a", "A"]));
    }

    [Fact]
    public void None_is_fine_however_it_is_said()
    {
        Assert.Null(JobTags.Problem(null, Limits));
        Assert.Null(Problem(default));
        Assert.Null(Problem([]));
    }

    private static string? Problem(ImmutableArray<string> tags) => JobTags.Problem(tags, Limits);
}
