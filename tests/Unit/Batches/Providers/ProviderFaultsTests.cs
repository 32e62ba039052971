using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.OpenAI;

namespace JobTracker.Tests.Unit.Batches.Providers;

/// <summary>Why something failed, in every form that was seen.</summary>
public sealed class ProviderFaultsTests
{
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"invalid_request_error","param":"p","code":"c"}}""", "c|m||p")]
    [InlineData("""{"type":"error","error":{"type":"api_error","message":"m"}}""", "api_error|m||")]
    [InlineData("""{"error":"just text"}""", "|just text||")]
    [InlineData("""{"error":"invalid_request","error_description":"m"}""", "invalid_request|m||")]
    [InlineData("""{"code":"c","message":"m"}""", "c|m||")]
    [InlineData("""{"code":42,"message":"m"}""", "42|m||")]
    [InlineData("""{"detail":"just text"}""", "|just text||")]
    [InlineData("""{"detail":[{"loc":["body","items",3],"msg":"m1","type":"missing"},{"loc":[],"msg":"m2","type":"t"}]}""", "missing|m1||body.items.3", "t|m2||")]
    [InlineData("""{"type":"about:blank","title":"Bad","status":400,"detail":"m"}""", "about:blank|m||")]
    [InlineData("""{"errors":[{"code":"a","message":"1"},"2"]}""", "a|1||", "|2||")]
    [InlineData("""["text"]""", "|text||")]
    [InlineData("""[{"error":{"message":"m"}}]""", "|m||")]
    [InlineData("\"text\"", "|text||")]
    [InlineData("plain words", "|plain words||")]
    [InlineData("<!DOCTYPE html><HTML><Title>\n 502 Bad &lt;Gateway&gt; </Title>", "|502 Bad <Gateway>||")]
    [InlineData("<html><body><h1>Too large</h1>", "|Too large||")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null", "|null||")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"code":"","type":"","message":"m"}}""", "|m||")]
    [InlineData("""{"error":{"code":"c","message":null}}""", "c|||")]
    [InlineData("""{"error":{"message":"half \ud83d"}}""", "|half \uFFFD||")]
    [InlineData("{broken", "|{broken||")]
    [InlineData("")]
    public void An_answer_says_why(string body, params string[] faults) => Assert.Equal(faults, ProviderFaults.InText(body).Select(Show));

    [Theory]
    [InlineData("""{"object":"list","data":[{"code":"c","message":"m","line":3,"param":"p"},{"code":"d","message":"n","line":null,"param":null}]}""", "c|m|3|p", "d|n||")]
    [InlineData("""[{"code":"c","message":"m","line":3}]""", "c|m|3|")]
    [InlineData("""["text", "more"]""", "|text||", "|more||")]
    [InlineData("\"text\"", "|text||")]
    [InlineData("""{"message":"m"}""", "|m||")]
    [InlineData("""{"data":["text"]}""", "|text||")]
    [InlineData("""[{"odd":1}]""", """|{"odd":1}||""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"object":"list","data":[]}""")]
    [InlineData("""{"object":"list","data":null}""")]
    [InlineData("\"\"")]
    public void A_failed_batch_says_why(string errors, params string[] faults)
    {
        var batch = OpenAIBatch.Read(JsonElement.Parse($$"""{"id":"b","status":"failed","errors":{{errors}}}"""))!;

        Assert.Equal(faults, batch.Faults.Select(Show));
    }

    [Theory]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    public void Of_many_reasons_the_first_hundred_are_kept(int given, int kept)
    {
        var list = $"[{string.Join(',', Enumerable.Range(1, given).Select(line => $$"""{"code":"c","message":"m","line":{{line}}}"""))}]";
        var batch = OpenAIBatch.Read(
            JsonElement.Parse($$$"""{"id":"b","status":"failed","errors":{"object":"list","data":{{{list}}}} }"""))!;

        Assert.Equal(kept, batch.Faults.Count);
        Assert.Equal(kept, ProviderFaults.InText(list).Count);
    }

    private static string Show(ProviderFault fault) => $"{fault.Word}|{fault.Message}|{fault.Line}|{fault.Param}";
}
