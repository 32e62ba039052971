using JobTracker.Grains.Callbacks.Secrets;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackSecretTests
{
    [Fact]
    public void A_generated_secret_is_new_has_32_bytes_and_reads_back()
    {
        var (one, other) = (CallbackSecret.Generate(), CallbackSecret.Generate());

        Assert.NotEqual(one.Text, other.Text);
        Assert.Equal(32, one.Key.Length);
        Assert.Equal(one.Text, CallbackSecret.Parse(one.Text).Text);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(33)]
    [InlineData(64)]
    public void A_secret_of_24_to_64_bytes_is_taken(int bytes) =>
        Assert.Equal(bytes, CallbackSecret.Parse("whsec_" + Convert.ToBase64String(new byte[bytes])).Key.Length);

    [Theory]
    [InlineData("", "a signing secret starts with whsec_")]
    [InlineData("WHSEC_AAAA", "a signing secret starts with whsec_")]
    [InlineData("whsec_not base64!", "a signing secret is base64 after whsec_")]
    [InlineData("whsec_", "a signing secret has 24 to 64 bytes, this one 0")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "a signing secret has 24 to 64 bytes, this one 23")]
    public void Anything_else_is_refused_with_a_reason(string text, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => CallbackSecret.Parse(text)).Message);

    [Theory]
    [InlineData(65)]
    [InlineData(10_000)]
    public void A_secret_that_is_too_long_is_refused_with_a_reason(int bytes)
    {
        Assert.False(CallbackSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[bytes]), out _, out var error));
        Assert.StartsWith("a signing secret has ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_does_not_print_itself()
    {
        var secret = CallbackSecret.Generate();

        Assert.Equal("whsec_***", $"{secret}");
        Assert.DoesNotContain(secret.Text, new CallbackSecrets(secret, secret).ToString(), StringComparison.Ordinal);
    }
}
