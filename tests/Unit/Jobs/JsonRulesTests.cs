using JobTracker.Grains.Jobs.Rules;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class JsonRulesTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" {} ")]
    [InlineData("""{"a":[1,-0.5e3,true,null,"x",{"b":{}}],"":0}""")]
    [InlineData("""{"emoji":"\ud83d\ude80 🚀","tab":"\u0001"}""")]
    [InlineData("""{"a":{"x":1},"b":{"x":1}}""")]
    public void An_object_is_fine(string json) => Assert.Null(Problem(json));

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Anything_but_an_object_is_refused(string json) => Assert.Equal("must be a JSON object", Problem(json));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":1} // note")]
    public void Malformed_text_is_refused(string json) => Assert.StartsWith("is not valid JSON", Problem(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":{"b":1,"b":2}}""")]
    [InlineData("""{"a":[{"b":1,"b":2}]}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    public void A_name_that_stands_twice_is_refused(string json) => Assert.Contains("uplicate", Problem(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"\u0000":1}""")]
    [InlineData("""{"a":[{"b":"x\u0000y"}]}""")]
    public void A_NUL_is_refused_wherever_it_stands(string json) => Assert.Equal("contains a NUL character", Problem(json));

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\ude80\ud83d"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\ud800":1,"b":2}""")]
    [InlineData("""{"a":["x",{"b":"\udc00"}]}""")]
    public void An_escaped_half_of_a_surrogate_pair_is_refused(string json) =>
        Assert.Equal("contains half of a surrogate pair", Problem(json));

    /// <summary>Not as data of a theory: an attribute keeps its text as UTF-8, which has no such thing.</summary>
    [Fact]
    public void A_bare_half_of_a_surrogate_pair_is_refused()
    {
        Assert.Equal("contains half of a surrogate pair", Problem("{\"a\":\"\ud800\"}"));
        Assert.Equal("contains half of a surrogate pair", Problem("{\"\udc00\":1}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public void Nesting_is_counted_with_the_object_itself(int depth)
    {
        Assert.Null(JsonRules.Problem(Nested(depth), bytes: 1000, depth));
        Assert.Contains($"at most {depth} levels", JsonRules.Problem(Nested(depth + 1), bytes: 1000, depth), StringComparison.Ordinal);
    }

    [Fact]
    public void Size_is_counted_in_bytes_of_UTF_8()
    {
        const string Json = """{"a":"ü🚀"}""";
        Assert.Null(JsonRules.Problem(Json, bytes: 14, depth: 2));
        Assert.Equal("is larger than 13 bytes", JsonRules.Problem(Json, bytes: 13, depth: 2));
    }

    private static string? Problem(string json) => JsonRules.Problem(json, bytes: 1000, depth: 8);

    /// <summary>One object, and arrays in it: levels in all.</summary>
    private static string Nested(int levels) =>
        levels == 1 ? """{"a":1}""" : $"{{\"a\":{new string('[', levels - 1)}1{new string(']', levels - 1)}}}";
}
