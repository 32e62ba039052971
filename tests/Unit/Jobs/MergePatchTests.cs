using CsCheck;
using JobTracker.Grains.Jobs.Rules;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class MergePatchTests
{
    /// <summary>The test cases of RFC 7396, appendix A, whose original and patch are objects: all that metadata can meet.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    public void The_vectors_of_the_RFC_hold(string target, string patch, string merged) =>
        Assert.Equal(merged, MergePatch.Apply(target, patch));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":{"b":null,"c":2}}""", """{"a":{"c":2}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[null]}""", """{"a":[null]}""")]
    [InlineData("""{"a":null}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    public void A_null_inside_a_new_object_is_dropped_and_inside_an_array_kept(string target, string patch, string merged) =>
        Assert.Equal(merged, MergePatch.Apply(target, patch));

    [Theory]
    [InlineData("""{ "a" : 1.0 }""", """{}""")]
    [InlineData("""{ "a" : 1 }""", """{"a":1}""")]
    [InlineData("""{ "a" : 1 }""", """{"b":null}""")]
    public void A_patch_that_changes_nothing_gives_back_the_text_itself(string target, string patch) =>
        Assert.Same(target, MergePatch.Apply(target, patch));

    [Fact]
    public void Text_stays_as_it_is_and_numbers_keep_their_digits() =>
        Assert.Equal("""{"n":12345678901234567890.10,"s":"Grüße <&>","t":1}""", MergePatch.Apply(
            """{"n":12345678901234567890.10,"s":"Grüße <&>"}""", """{"t":1}"""));

    /// <summary>Objects of small names, so that patches meet.</summary>
    [Fact]
    public void A_patch_applied_twice_is_a_patch_applied_once() =>
        Gen.Select(Objects(3), Objects(3)).Sample(pair =>
        {
            var once = MergePatch.Apply(pair.Item1, pair.Item2);
            Assert.Equal(once, MergePatch.Apply(once, pair.Item2));
        });

    private static Gen<string> Objects(int depth) =>
        Gen.Select(Gen.Char['a', 'c'], depth == 0 ? Scalars : Gen.OneOf(Scalars, Objects(depth - 1)))
            .Array[0, 3]
            .Select(members => $"{{{string.Join(',', members.DistinctBy(member => member.Item1).Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");

    private static Gen<string> Scalars => Gen.OneOf("null", "1", "\"x\"", "[null,1]", "true");
}
