using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using CallbackReceiver;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Tests.Integration.Callbacks;

/// <summary>The examples in docs/examples/callbacks say what they claim, as the programs that receivers would run. The third of them,
/// in C#, is what the other tests of signatures verify with.</summary>
public sealed class VerificationExamplesTests
{
    private const long Now = 1_777_863_721;
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"job_id":"job-1","metadata":{"name":"Zoë"}}""");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(Now);

    public static TheoryData<string, string> Programs => new() { { "python3", "verify.py" }, { "node", "verify.mjs" } };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task An_example_accepts_what_we_sign_and_refuses_anything_else(string program, string script)
    {
        var secret = CallbackSecret.Generate();
        var signature = CallbackSigner.Signatures(new CallbackSecrets(secret), "msg_1", At, Body);

        Assert.Equal("genuine", await RunAsync(program, script, secret, signature, Body, Now));
        Assert.Equal("genuine", await RunAsync(program, script, secret, signature, Body, Now + 300));
        Assert.Equal("refused", await RunAsync(program, script, secret, signature, Body, Now + 301));
        Assert.Equal("refused", await RunAsync(program, script, secret, signature, [.. Body, (byte)' '], Now));
        Assert.Equal("refused", await RunAsync(program, script, CallbackSecret.Generate(), signature, Body, Now));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task An_example_accepts_either_secret_during_a_rotation(string program, string script)
    {
        var (old, next) = (CallbackSecret.Generate(), CallbackSecret.Generate());
        var signatures = CallbackSigner.Signatures(new CallbackSecrets(old).Rotate(next, At, TimeSpan.FromHours(24)), "msg_1", At, Body);

        Assert.Equal("genuine", await RunAsync(program, script, old, signatures, Body, Now));
        Assert.Equal("genuine", await RunAsync(program, script, next, signatures, Body, Now));
    }

    [Fact]
    public async Task The_callback_shown_in_the_document_is_genuine_and_ours()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Examples(), "../../callbacks.md"));
        var shown = text.Split("```http\n")[1].Split("```")[0].TrimEnd().Split('\n');
        string Header(string name) => shown.Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
        var secret = "whsec_" + text.Split("`whsec_")[1].Split('`')[0];
        var ours = CallbackBody.Of(
            "job-01932f3c-8a10-7c61-b6a5-3f0a5f2f9d11", "completed", At.AddMicroseconds(123_456), "{\"source_id\": \"42\"}");

        Assert.Equal(Encoding.UTF8.GetString(ours), shown[^1]);
        Assert.Equal(CallbackMessage.IdOf("job-01932f3c-8a10-7c61-b6a5-3f0a5f2f9d11", "completed"), Header("webhook-id"));
        Assert.True(
            CallbackVerifier.Verify(secret, Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), ours, At));
    }

    private static async Task<string> RunAsync(
        string program, string script, CallbackSecret secret, string signatures, byte[] body, long now)
    {
        var start = new ProcessStartInfo(
            program, [Path.Combine(Examples(), script), "msg_1", CallbackSigner.Timestamp(At), signatures, $"{now}"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["CALLBACK_SECRET"] = secret.Text },
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(body);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(said.Trim() == "genuine" ? 0 : 1, process.ExitCode);
        return said.Trim();
    }

    private static string Examples([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/examples/callbacks"));
}
