using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class JsonFlawTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", ".a")]
    [InlineData("""{"a":1,"\u0061":2}""", ".a")]
    [InlineData("""{"x":[0,{"a":1,"a":2}]}""", ".x[1].a")]
    [InlineData("""{"a":"\u0000"}""", ".a")]
    [InlineData("""{"a":"x\\\u0000"}""", ".a")]
    [InlineData("""{"\u0000":1}""", "")]
    [InlineData("[1e400]", "[0]")]
    [InlineData("[-1e400]", "[0]")]
    [InlineData("[1e-400]", "[0]")]
    public void What_no_database_keeps_is_found_with_its_path(string json, string path) =>
        Assert.Equal(path, JsonFlaw.Find(Requests.Json(json))?.Path);

    [Theory]
    [InlineData("""{"a":1,"b":{"a":2}}""")]
    [InlineData("""{"a":"\\u0000"}""")]
    [InlineData("""{"a":"\ud83d\ude00 \u00e9 \n"}""")]
    [InlineData("""["😀é"]""")]
    [InlineData("[0,-0,0.0,1.5e300,12345678901234567890123456789]")]
    [InlineData("null")]
    public void What_every_database_keeps_passes(string json) => Assert.Null(JsonFlaw.Find(Requests.Json(json)));

    [Theory]
    [InlineData(128, false)]
    [InlineData(129, true)]
    public void A_number_has_128_characters_at_most(int length, bool isFlawed) =>
        Assert.Equal(isFlawed, JsonFlaw.Find(Requests.Json(new string('1', length))) is not null);
}
