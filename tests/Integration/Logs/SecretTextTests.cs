using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Keys;
using JobTracker.Tests.Support.Logs;

namespace JobTracker.Tests.Integration.Logs;

/// <summary>Whoever looks for secrets would find them.</summary>
public sealed class SecretTextTests
{
    [Theory]
    [InlineData("{0}")]
    [InlineData("GET /v1/jobs?access_token={0}&limit=1")]
    [InlineData("{{\"authorization\":\"Bearer {0}\"}}")]
    public void A_key_and_a_signing_secret_are_found_wherever_they_stand(string text)
    {
        Assert.NotNull(SecretText.In(text.Replace("{0}", ApiKey.New().Text, StringComparison.Ordinal)));
        Assert.NotNull(SecretText.In(text.Replace("{0}", CallbackSecret.Generate().Text, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Host=db;Username=a;Password=hunter2;Pooling=false")]
    [InlineData("x-api-key: sk-secret-of-claude")]
    public void A_password_and_a_providers_key_are_found(string text) => Assert.NotNull(SecretText.In(text));

    [Theory]
    [InlineData("key-0123456789, jtk_0123456789")]
    [InlineData("whsec_tooshort")]
    [InlineData("Host=db;Username=a;Password=***;Pooling=false")]
    [InlineData("")]
    public void What_is_public_is_no_secret(string text) => Assert.Null(SecretText.In(text));
}
