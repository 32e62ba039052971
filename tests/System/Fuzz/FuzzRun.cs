using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Sends so many requests on a few connections at once, and judges each answer.</summary>
internal sealed class FuzzRun(Uri address, int seed, int requests)
{
    public const int Connections = 6;
    private const int MostBody = 1 << 20;

    private readonly FuzzReport _report = new(seed);

    /// <summary>By connection; none: nobody signs in.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whose neighbour must stay unknown; null: he may know everybody.</summary>
    public FuzzTenants? Tenants { get; init; }

    public async Task<FuzzReport> SendAllAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(SendAsync));
        return _report;
    }

    private async Task SendAsync(int connection)
    {
        await Task.Yield(); // all of them at once
        var random = new Random(seed + connection);
        var known = new KnownIds(Tenants?.Foreign ?? []);
        var maker = new RequestMaker(ApiDocument.Current.Text, known, random);
        var classes = Enum.GetValues<FuzzClass>().Where(kind => kind != FuzzClass.Credential || Keys.Count > 0).ToArray();
        using var http = new RawConnection(address);
        for (var number = connection; number < requests; number += Connections)
        {
            var request = known.HasJobs ? maker.Make(classes[random.Next(classes.Length)]) : RequestMaker.NewJob();
            if (Keys.Count > 0 && request.Class == FuzzClass.Credential)
                HostileCredentials.Add(request, Keys[connection], random);
            else if (Keys.Count > 0)
                request.SignIn(Keys[connection]);
            var answer = (await http.SendAsync(request))?.Unpacked();
            _report.Count(request.Class, answer?.Status ?? 0);
            foreach (var fault in answer is null ? OfNoAnswer(request) : Faults(request, answer))
                _report.Fault(request, number, fault);
            if (answer is { Status: >= 200 and < 300, Body: { } body })
                known.Learn(body);
        }
    }

    /// <summary>A server may hang up on what is no HTTP, and on a body that is too large to be read to its end.</summary>
    private static IEnumerable<string> OfNoAnswer(FuzzRequest request) =>
        request.Class is FuzzClass.Framing or FuzzClass.Header or FuzzClass.Method or FuzzClass.Credential || request.Body.Length > MostBody
            ? []
            : ["no answer"];

    private IEnumerable<string> Faults(FuzzRequest request, RawAnswer answer)
    {
        // 501 and 505 are about HTTP itself; 503 is what a server under load may say.
        if (answer.Status >= 500 && answer.Status is not (501 or 503 or 505))
            yield return $"{answer.Status} {answer.Text}";
        if (!request.IsSignedIn && !IsOpen(request) && answer.Status is not (400 or 401 or 408 or 414 or 431))
            yield return $"{answer.Status} for a credential that is none";
        foreach (var leak in Tenants?.LeaksIn(request, answer) ?? [])
            yield return leak;
        // What the request was is known only where it was whole, and what is no HTTP never reaches the API.
        if (IsOfTheServer(answer) || request.Raw is not null || !request.Target.StartsWith('/'))
            yield break;
        var exchange = new Exchange
        {
            Method = request.Method.ToUpperInvariant(), // as ASP.NET's routing reads it
            Target = request.Target,
            RequestHeaders = request.Headers,
            RequestBody = request.Body,
            Status = answer.Status,
            AnswerHeaders = answer.Headers,
            AnswerBody = answer.Body,
        };
        foreach (var fault in ApiContract.Faults(exchange))
            yield return $"{answer.Status}: {fault}";
    }

    /// <summary>What anybody may ask.</summary>
    private static bool IsOpen(FuzzRequest request) =>
        request.Method == "OPTIONS" || request.Target.StartsWith("/healthz/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The server's own refusal of what is no HTTP: a problem, as docs/problems.md says, and the end of the connection.</summary>
    private static bool IsOfTheServer(RawAnswer answer) =>
        answer is { Status: 400 or 408 or 414 or 431 or 501 or 505, Body: [(byte)'{', ..] }
        && answer.Headers.Any(header => header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value == "close");
}
