using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Ways to sign in, most of which are none. A K stands for a good key.</summary>
internal static class HostileCredentials
{
    private const string NoSignature =
        "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJvcmdfaWQiOiJvcmctb3duIiwic3ViIjoieCIsInNjb3BlIjoiYWRtaW4ifQ.";

    /// <summary>Each lets its holder in.</summary>
    private static readonly string[] Good = ["Bearer K", "bearer K", "BEARER K", "bEaReR K", "Bearer  K", "Bearer K "];

    private static readonly string[] Bad =
    [
        "", " ", "K", "Bearer", "Bearer ", "Bearer\tK", "BearerK", "Bearer:K", "Bearer \"K\"", "Bearer K K", "Bearer K,Bearer K",
        "Bearer K;",
        "Token K", "ApiKey K", "Basic K", "Digest username=\"K\"", "Negotiate K", "Bearer=K", "Bearer Bearer K", "Bearer null",
        "Bearer \xff",
        "Bearer \xc3\xa9", "Bearer jtk_", "Bearer jtk_0123456789_", "Bearer jtk_0123456789_00000000000000000000000000000000000000",
        "Bearer K0",
        "Bearer .", "Bearer ..", "Bearer a.b.c", "Bearer " + NoSignature, "Bearer %00", "Bearer ${jndi}", "Bearer K.K.K", "Bearer K\x7f",
    ];

    /// <summary>Signs a request in, or not: whether it must be let in is told by <see cref="FuzzRequest.IsSignedIn"/>.</summary>
    public static void Add(FuzzRequest request, string key, Random random)
    {
        string Header(string[] from) => Hostile.Pick(from, random).Replace("K", key, StringComparison.Ordinal);
        request.IsSignedIn = false;
        switch (random.Next(10))
        {
            case 0 or 1:
                request.IsSignedIn = true;
                request.Headers.Add(("Authorization", Header(Good)));
                break;
            case 2: // which of two should count?
                var isGoodFirst = random.Next(2) == 0;
                request.Headers.Add(("Authorization", Header(isGoodFirst ? Good : Bad)));
                request.Headers.Add(("authorization", Header(isGoodFirst ? Bad : Good)));
                break;
            case 3:
                request.Headers.Add(
                    ("Authorization", "Bearer " + new string(Hostile.Pick(['x', '.', '_', '\xff'], random), random.Next(30_000))));
                break;
            case 4: // a character of it is another one
                var place = random.Next(key.Length);
                var other = Hostile.Pick(["0", "z", "_", "-", "\xb5", "", "AA"], random);
                if (other != key[place].ToString())
                    request.Headers.Add(("Authorization", $"Bearer {key[..place]}{other}{key[(place + 1)..]}"));
                break;
            case 5:
                request.Headers.Add(
                    (Hostile.Pick(["Proxy-Authorization", "X-Api-Key", "X-Authorization", "Cookie"], random), $"Bearer {key}"));
                break;
            case 6: // RFC 7617
                request.Headers.Add(("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{key}:{key}"))));
                break;
            case 7: // another case of letters is another key
                request.Headers.Add(("Authorization", $"Bearer {key.ToUpperInvariant()}"));
                break;
            default:
                request.Headers.Add(("Authorization", Header(Bad)));
                break;
        }
    }
}
