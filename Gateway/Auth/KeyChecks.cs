using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Organizations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>Whom an API key lets in, as the cluster told at most three seconds ago.</summary>
internal sealed class KeyChecks(GrainCalls calls, IOptionsMonitor<AuthOptions> options, TimeProvider clock)
{
    /// <summary>Who signs in with <c>Auth:BootstrapKey</c>.</summary>
    private const string Bootstrap = "bootstrap";

    private readonly CheckedCredentials<Credential, CallerIdentity> _checked = new(options.CurrentValue.CachedKeys, clock);

    /// <summary>Null: nobody. A key of another form, or with a wrong checksum, is not even looked up.</summary>
    /// <exception cref="SignInUnavailableException">It cannot be found out now.</exception>
    public ValueTask<CallerIdentity?> OfAsync(string text)
    {
        if (text.Length != ApiKey.Length)
            return default;
        var credential = new Credential(text);
        // What is remembered was found to be a key when it was asked for.
        return _checked.TryFind(credential, out var known) ? StillGood(new(known)) : FindOutAsync(text, credential);
    }

    private ValueTask<CallerIdentity?> FindOutAsync(string text, Credential credential)
    {
        if (!ApiKey.TryParse(text, out var key))
            return default;
        if (options.CurrentValue.BootstrapKey is { Length: > 0 } bootstrap && IsSame(text, bootstrap))
            return new(OfBootstrap(text));
        return StillGood(_checked.OfAsync(credential, _ => AskAsync(key)));
    }

    /// <summary>A key may expire between two questions.</summary>
    private ValueTask<CallerIdentity?> StillGood(ValueTask<CallerIdentity?> answer)
    {
        return answer.IsCompletedSuccessfully ? new(Good(answer.Result)) : new(WaitAsync());

        async Task<CallerIdentity?> WaitAsync() => Good(await answer);

        CallerIdentity? Good(CallerIdentity? identity) => identity?.ExpiresAt <= clock.GetUtcNow() ? null : identity;
    }

    private async Task<CallerIdentity?> AskAsync(ApiKey key)
    {
        var standing = await SignInUnavailableException.UnlessAnsweredAsync(
            () => calls.Key(key.Id).ReadAsync(grain => grain.CheckAsync(key.Hash())));
        if (standing is null)
            return null;
        var id = standing.Id.ToString();
        return new CallerIdentity(
            KeyAuthentication.SchemeName,
            CallerIdentity.CallerOf(standing.OrganizationId, standing.UserId, standing.Scopes),
            standing.Scopes)
        {
            KeyId = id,
            ExpiresAt = standing.ExpiresAt,
            Limits = standing.Limits,
            Budget = id,
            Stands = async () => await OfAsync(key.Text) is not null,
        };
    }

    private CallerIdentity OfBootstrap(string text) => new(
        KeyAuthentication.SchemeName, CallerIdentity.CallerOf(OrganizationId.Default, Bootstrap, Scopes.All), Scopes.All)
    {
        KeyId = Bootstrap,
        Budget = Bootstrap,
        Stands = async () => await OfAsync(text) is not null,
    };

    private static bool IsSame(string text, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(text.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));

    /// <summary>A credential by the SHA-256 of all of it: the cache holds no key that could be read out of it by name.</summary>
    private readonly record struct Credential
    {
        private readonly Digest _hash;

        /// <param name="text">As long as a key is.</param>
        public Credential(string text)
        {
            Span<byte> bytes = stackalloc byte[ApiKey.Length];
            Encoding.ASCII.GetBytes(text, bytes);
            SHA256.HashData(bytes, MemoryMarshal.AsBytes(new Span<Digest>(ref _hash)));
        }

        public bool Equals(Credential other) => CryptographicOperations.FixedTimeEquals(
            MemoryMarshal.AsBytes(new ReadOnlySpan<Digest>(in _hash)), MemoryMarshal.AsBytes(new ReadOnlySpan<Digest>(in other._hash)));

        public override int GetHashCode() => (int)_hash.First;

        private readonly record struct Digest(ulong First, ulong Second, ulong Third, ulong Fourth);
    }
}
