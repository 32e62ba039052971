using JobTracker.Gateway.Requests;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("\"3\"", 3L)]
    [InlineData("W/\"3\"", EntityTag.NoVersion)]
    [InlineData("\"abc\"", EntityTag.NoVersion)]
    [InlineData("\"99999999999999999999\"", EntityTag.NoVersion)]
    public void If_Match_asks_for_one_version(string? header, long? expected)
    {
        var errors = new RequestErrors();

        Assert.Equal(expected, EntityTag.ExpectedVersion(Header(header), errors));
        Assert.False(errors.Any);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("")]
    [InlineData("\"3\", \"4\"")]
    public void If_Match_that_asks_for_no_version_is_refused(string header)
    {
        var errors = new RequestErrors();
        EntityTag.ExpectedVersion(Header(header), errors);

        Assert.Equal(["If-Match"], Requests.Names(errors));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*", true)]
    [InlineData("\"3\"", true)]
    [InlineData("W/\"3\"", true)]
    [InlineData("\"1\", \"3\"", true)]
    [InlineData("\"4\"", false)]
    [InlineData("3", false)]
    public void If_None_Match_knows_version_3(string? header, bool expected) => Assert.Equal(expected, EntityTag.IsKnown(Header(header), 3));

    private static StringValues Header(string? text) => text is null ? StringValues.Empty : new StringValues(text);
}
