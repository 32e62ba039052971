using System.Text;
using CallbackReceiver;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackSignerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    /// <summary>The vector that the reference libraries of the Standard Webhooks specification test themselves with.</summary>
    [Fact]
    public void The_published_vector_of_the_specification_is_reproduced()
    {
        var secrets = new CallbackSecrets(CallbackSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

        var header = CallbackSigner.Signatures(secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", Now, "{\"test\": 2432232314}"u8);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", header);
        Assert.Equal("1614265330", CallbackSigner.Timestamp(Now));
    }

    [Fact]
    public void An_independent_receiver_accepts_what_we_sign_and_nothing_else()
    {
        var secret = CallbackSecret.Generate();
        var body = Encoding.UTF8.GetBytes("""{"name":"Zoë"}""");
        var signature = CallbackSigner.Signatures(new CallbackSecrets(secret), "msg_1", Now, body);
        bool Verify(string? id = null, byte[]? of = null, int late = 0) =>
            CallbackVerifier.Verify(secret.Text, id ?? "msg_1", CallbackSigner.Timestamp(Now), signature, of ?? body, Now.AddSeconds(late));

        Assert.True(Verify());
        Assert.True(Verify(late: 300));
        Assert.False(Verify(late: 301));
        Assert.False(Verify(late: -301));
        Assert.False(Verify(id: "msg_2"));
        Assert.False(Verify(of: [.. body, (byte)' ']));
    }

    [Fact]
    public void Both_secrets_sign_until_the_overlap_ends()
    {
        var (old, next) = (CallbackSecret.Generate(), CallbackSecret.Generate());
        var rotated = new CallbackSecrets(old).Rotate(next, Now, TimeSpan.FromHours(24));
        string[] Signed(DateTimeOffset at) => CallbackSigner.Signatures(rotated, "msg_1", at, "{}"u8).Split(' ');
        string Alone(CallbackSecret secret, DateTimeOffset at) =>
            CallbackSigner.Signatures(new CallbackSecrets(secret), "msg_1", at, "{}"u8);

        var before = Now.AddHours(24).AddTicks(-1);
        Assert.Equal([Alone(next, before), Alone(old, before)], Signed(before));
        Assert.Equal([Alone(next, Now.AddHours(24))], Signed(Now.AddHours(24)));
    }

    [Fact]
    public void A_second_rotation_within_the_overlap_drops_the_oldest_secret()
    {
        CallbackSecret[] secrets = [CallbackSecret.Generate(), CallbackSecret.Generate(), CallbackSecret.Generate()];
        var day = TimeSpan.FromHours(24);

        var rotated = new CallbackSecrets(secrets[0]).Rotate(secrets[1], Now, day).Rotate(secrets[2], Now.AddHours(1), day);

        Assert.Equal([secrets[2], secrets[1]], rotated.At(Now.AddHours(2)));
    }
}
