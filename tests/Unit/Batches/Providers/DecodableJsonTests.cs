using System.Text;
using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Tests.Unit.Batches.Providers;

public sealed class DecodableJsonTests
{
    [Theory]
    [InlineData(@"{""a"":""cut \ud83d""}", "cut \uFFFD")]
    [InlineData(@"{""a"":""\ud83d\ud83d\ude00""}", "\uFFFD\U0001F600")]
    [InlineData(@"{""a"":""\ude00 first""}", "\uFFFD first")]
    [InlineData(@"{""a"":""\uD83Dx\uDE00""}", "\uFFFDx\uFFFD")]
    [InlineData(@"{""a"":""\ud83d\\ude00""}", "\uFFFD\\ude00")]
    [InlineData(@"{""a"":""\\ud83d""}", @"\ud83d")]
    [InlineData(@"{""a"":""\u12""}", "\uFFFD")]
    [InlineData(@"{""a"":""\ud8""}", "\uFFFD")]
    [InlineData(@"{""a"":""C:\xampp""}", "C:\uFFFDxampp")]
    [InlineData("{\"a\":\"one\ntwo\u0001\"}", "one\ntwo\u0001")]
    [InlineData("\uFEFF{\"a\":\"marked\"}", "marked")]
    public void What_cannot_be_decoded_is_replaced_and_the_rest_stays(string json, string text) =>
        Assert.Equal(text, Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(new byte[] { 0xE9 }, "\uFFFD")]
    [InlineData(new byte[] { 0xC3 }, "\uFFFD")]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD }, "\uFFFD\uFFFD\uFFFD")]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98 }, "\uFFFD")]
    public void Bytes_that_are_not_UTF8_are_replaced(byte[] bytes, string text) =>
        Assert.Equal($"caf{text} \uFFFD", Read([.. "{\"a\":\"caf"u8, .. bytes, .. " \\ud83d\"}"u8]));

    [Theory]
    [InlineData("""{"a": "plain \"quoted\" \\ \/ \u00e9 \ud83d\ude00 é 😀", "b": [1, {"c": null}]}""")]
    [InlineData("{\n\t\"a\": \"spread over\",\r\n \"b\": 2 }")]
    [InlineData("")]
    [InlineData("<html>")]
    public void What_can_be_decoded_is_left_as_it_is(string json)
    {
        ReadOnlyMemory<byte> given = Encoding.UTF8.GetBytes(json);

        Assert.True(DecodableJson.Of(given).Equals(given));
    }

    [Theory]
    [InlineData("{\"a\":\"cut \\")]
    [InlineData("{\"a\":\"cut \\u")]
    [InlineData("{\"a\":\"cut \\ud83d\\u")]
    [InlineData("{\"a\":\"cut \\ud83d")]
    public void A_text_that_has_no_end_stays_broken_JSON(string json) =>
        Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(json)));

    private static string Read(byte[] json) => JsonElement.Parse(DecodableJson.Of(json).Span).GetProperty("a").GetString()!;
}
