using System.Text;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""["\ud800\u0041"]""")]
    [InlineData("""["\ud800\n"]""")]
    [InlineData("""["\udc00\ud800"]""")]
    [InlineData("""["\uD83D\\uDE00"]""")]
    [InlineData("""["\ud83d\ude00\ude00"]""")]
    [InlineData("""["\ud800""")]
    public void Half_a_character_is_a_flaw_wherever_it_stands(string json) =>
        Assert.Contains("surrogate", JsonText.Flaw(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("[\"\u00ff\"]")]
    [InlineData("{\"\u00c3(\":1}")]
    [InlineData("[\"\u00ed\u00a0\u0080\"]")]
    public void Bytes_that_are_no_UTF8_are_a_flaw(string bytes) =>
        Assert.Equal("It is not UTF-8.", JsonText.Flaw(Encoding.Latin1.GetBytes(bytes)));

    [Theory]
    [InlineData("""{"a":"\ud83d\ude00 \u00e9 \n \\ud800 😀"}""")]
    [InlineData("""["\\\\ud800","\"\u0000"]""")]
    [InlineData("""["\u12""")]
    [InlineData("[\"\\")]
    [InlineData("")]
    public void Whole_characters_are_none(string json) => Assert.Null(JsonText.Flaw(Encoding.UTF8.GetBytes(json)));
}
