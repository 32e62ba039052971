using JobTracker.Gateway.Requests;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("*", true)]
    [InlineData("\"3\"", true)]
    [InlineData("W/\"3\"", true)]
    [InlineData("\"1\", \"3\"", true)]
    [InlineData("\"4\"", false)]
    [InlineData("3", false)]
    [InlineData("\"03\"", false)]
    public void If_None_Match_knows_version_3(string? header, bool expected) =>
        Assert.Equal(expected, EntityTag.IsKnown(Header(header), 3));

    private static StringValues Header(string? text) => text is null ? StringValues.Empty : new StringValues(text);
}
