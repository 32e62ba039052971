using JobTracker.Operations;
using JobTracker.Pages.Jobs;
using JobTracker.Pages.Operations;
using JobTracker.Tests.Unit.Pages.Jobs;

namespace JobTracker.Tests.Unit.Pages.Operations;

public sealed class FilterWordsTests
{
    [Theory]
    [InlineData("", "every job of the organization")]
    [InlineData("?status=failed,running&tag=a,b&any_tag=c,d", "jobs with status running or failed, tag a and b, any tag of c or d")]
    [InlineData("?background=false&user_id=%3Cb%3E", "jobs with user <b>, background false")]
    [InlineData("?created_before=2026-01-01T00:00:00Z", "jobs with created before 2026-01-01T00:00:00Z")]
    public void A_filter_is_told_in_words_and_leads_to_its_jobs(string search, string words)
    {
        var query = JobFilter.Parse(search).Read(PageJobs.Door, PageJobs.Now).Query;
        var filter = FilterText.Of(query);
        Assert.Equal(words, FilterWords.Of(filter));
        var list = JobFilter.Parse(new Uri("http://x" + FilterWords.Address(filter)).Query);
        Assert.Equal(filter, FilterText.Of(list.Read(PageJobs.Door, PageJobs.Now).Query));
    }
}
