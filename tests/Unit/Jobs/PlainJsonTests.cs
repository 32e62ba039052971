using System.Text.Json.Nodes;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.PlainText;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class PlainJsonTests
{
    [Theory]
    [InlineData("""{"a":"é 中 😀 < > & ' + \u00a0"}""", "{\"a\":\"é 中 😀 < > & ' + \u00a0\"}")]
    [InlineData("""{"a":"\ud83d\ude00","\ud83d\ude00":1}""", """{"a":"😀","😀":1}""")]
    [InlineData("""{"a":"\\ud83d \" \\ \n \u0001 \u0000"}""", """{"a":"\\ud83d \" \\ \n \u0001 \u0000"}""")]
    public void Nothing_is_escaped_but_what_JSON_asks_for(string given, string written) =>
        Assert.Equal(written, PlainJson.Of(JsonNode.Parse(given)!));

    [Fact]
    public void A_patch_makes_no_text_longer() =>
        Assert.Equal("""{"a":"😀😀","b":1}""", MergePatch.Apply("""{"a":"😀😀"}""", """{"b":1}"""));
}
