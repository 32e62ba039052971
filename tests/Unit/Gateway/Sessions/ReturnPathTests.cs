using JobTracker.Gateway.Sessions;

namespace JobTracker.Tests.Unit.Gateway.Sessions;

/// <summary>Whoever signs in comes to a page of ours, whatever led him to the form.</summary>
public sealed class ReturnPathTests
{
    [Theory]
    [InlineData("/ui/")]
    [InlineData("/ui/jobs")]
    [InlineData("/ui/jobs?status=running&tag=%C3%BC#row")]
    [InlineData("/ui//jobs")]
    [InlineData("/ui/jobs?next=//elsewhere.example")]
    public void A_page_of_ours_is_where_one_comes_back_to(string path) => Assert.Equal(path, ReturnPath.Of(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/ui")]
    [InlineData("/uix/")]
    [InlineData("/v1/jobs")]
    [InlineData("//elsewhere.example/ui/")]
    [InlineData("/\\elsewhere.example/ui/")]
    [InlineData("\\\\elsewhere.example")]
    [InlineData("/ui/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/ui/")]
    [InlineData("javascript:alert(1)")]
    [InlineData(" /ui/jobs")]
    [InlineData("/ui/jobs\r\nSet-Cookie: a=b")]
    [InlineData("/ui/jobs\tx")]
    [InlineData("/ui/jobs?tag=ü")]
    [InlineData("/ui/login")]
    [InlineData("/ui/Login/oidc?return=/ui/")]
    public void Anything_else_is_the_overview(string? path) => Assert.Equal("/ui/", ReturnPath.Of(path));

    [Fact]
    public void A_path_of_2_048_characters_is_kept_and_none_longer()
    {
        var longest = "/ui/" + new string('a', 2_044);

        Assert.Equal((longest, "/ui/"), (ReturnPath.Of(longest), ReturnPath.Of(longest + "a")));
    }

    [Theory]
    [InlineData("/ui/jobs?a=b&c", null, "/ui/login?return=%2Fui%2Fjobs%3Fa%3Db%26c")]
    [InlineData("//elsewhere.example", "refused", "/ui/login?error=refused&return=%2Fui%2F")]
    public void The_form_is_told_where_one_comes_back_to_and_what_went_wrong(string path, string? error, string login) =>
        Assert.Equal(login, ReturnPath.ToLogin(path, error));
}
