using JobTracker.Pages.Shell;

namespace JobTracker.Tests.Unit.Pages.Shell;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/ui/")]
    [InlineData("/ui/jobs?status=failed&tag=a%20b")]
    public void A_page_of_ours_is_gone_on_to(string path) => Assert.Equal(path, LocalPath.Of(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://evil.example/ui/")]
    [InlineData("//evil.example/ui/")]
    [InlineData("/\\evil.example")]
    [InlineData("/ui/\\evil.example")]
    [InlineData("/v1/jobs")]
    [InlineData("/ui/\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    public void Whatever_else_a_form_says_leads_to_the_overview(string? path) => Assert.Equal("/ui/", LocalPath.Of(path));
}
