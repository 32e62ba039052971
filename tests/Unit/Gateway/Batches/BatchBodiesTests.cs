using System.Text;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Batches.Create;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway.Batches;

public sealed class BatchBodiesTests
{
    [Fact]
    public void A_create_is_read_field_by_field()
    {
        var errors = new RequestErrors();
        var command = CreateBatchHeadBody.Read(
            """{"provider":"p","endpoint":"/v1/x","metadata":{"a": 1},"callback_url":"https://a.example/","callback_events":["completed","expired"]}"""u8.ToArray(), Requests.Limits, errors);

        Assert.Null(errors.Problem);
        Assert.Equal(("p", "/v1/x", """{"a":1}""", "https://a.example/"),
            (command.Provider, command.Endpoint, command.Metadata, command.CallbackUrl));
        Assert.Equal([JobStatus.Completed, JobStatus.Expired], command.CallbackEvents!.Value);
    }

    [Theory]
    [InlineData("{}", "$.provider")]
    [InlineData("""{"provider":null}""", "$.provider")]
    [InlineData("""{"provider":7}""", "$.provider")]
    [InlineData("""{"provider":"p","provider":"q"}""", "$.provider")]
    [InlineData("""{"provider":"p","endpoint":[]}""", "$.endpoint")]
    [InlineData("""{"provider":"p","metadata":"x"}""", "$.metadata")]
    [InlineData("""{"provider":"p","metadata":{"a":"\u0000"}}""", "$.metadata.a")]
    [InlineData("""{"provider":"p","callback_events":["done"]}""", "$.callback_events")]
    [InlineData("""{"provider":"p","items":[]}""", "$.items")]
    [InlineData("""{"provider":"p","model":"m"}""", "$.model")]
    public void What_is_wrong_with_a_create_is_told_by_its_path(string head, string path)
    {
        var errors = new RequestErrors();
        CreateBatchHeadBody.Read(Encoding.UTF8.GetBytes(head), Requests.Limits, errors);

        Assert.Contains(path, Requests.Names(errors));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Metadata_and_url_have_their_limits(int beyond, bool refused)
    {
        var errors = new RequestErrors();
        var (filler, url) = (new string('x', Requests.Limits.MetadataBytes - """{"a":""}""".Length + beyond),
            "https://a.example/".PadRight(Requests.Limits.UrlLength + beyond, 'x'));
        CreateBatchHeadBody.Read(
            Encoding.UTF8.GetBytes($$"""{"provider":"p","metadata": {"a":"{{filler}}"},"callback_url":"{{url}}"}"""), Requests.Limits,
            errors);

        Assert.Equal(refused ? ["$.metadata", "$.callback_url"] : [], Requests.Names(errors));
    }

    [Fact]
    public void An_adoption_is_read_field_by_field()
    {
        var errors = new RequestErrors();
        var command = AdoptBatchBody.Read(
            Requests.Json("""{"provider":"p","provider_batch_id":"b","metadata":{"a":1}}"""), Requests.Limits, errors);

        Assert.Equal(
            ("p", "b", """{"a":1}""", false), (command.Provider, command.ProviderBatchId, command.Metadata, errors.Problem is not null));
    }

    [Theory]
    [InlineData("""{"provider":"p"}""", "$.provider_batch_id")]
    [InlineData("""{"provider_batch_id":"b"}""", "$.provider")]
    [InlineData("""{"provider":"p","provider_batch_id":"b","items":[]}""", "$.items")]
    [InlineData("[]", "$")]
    public void What_is_wrong_with_an_adoption_is_told_by_its_path(string body, string path)
    {
        var errors = new RequestErrors();
        AdoptBatchBody.Read(Requests.Json(body), Requests.Limits, errors);

        Assert.Contains(path, Requests.Names(errors));
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, 1)]
    public void A_providers_batch_id_has_255_characters_at_most(int length, int wrong)
    {
        var errors = new RequestErrors();
        AdoptBatchBody.Read(
            Requests.Json($$"""{"provider":"p","provider_batch_id":"{{new string('b', length)}}"}"""), Requests.Limits, errors);

        Assert.Equal(wrong, Requests.Names(errors).Length);
    }
}
