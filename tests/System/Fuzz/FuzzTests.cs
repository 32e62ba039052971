using System.Globalization;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.Support.Contract;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>
/// Requests made from the document, most of them wrong on purpose, to a real silo. JOBTRACKER_FUZZ_REQUESTS asks for more of them,
/// JOBTRACKER_SEED repeats a run: every connection then sends what it sent before, but for the ids that it learnt.
/// </summary>
[Collection("processes")]
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    private const int Connections = 6;
    private const int MostBody = 1 << 20;

    /// <summary>
    /// What the suite sends is the same in every run, so that a commit that passed passes again; whoever asks for more gets new ones.
    /// </summary>
    private const int SuiteSeed = 1;

    private static readonly int Requests = Setting("JOBTRACKER_FUZZ_REQUESTS") ?? 5_000;

    private readonly int _seed = Setting("JOBTRACKER_SEED")
        ?? (Setting("JOBTRACKER_FUZZ_REQUESTS") is null ? SuiteSeed : Random.Shared.Next());
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_request_breaks_the_server_or_gets_an_answer_that_the_document_does_not_have()
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        await using var silo = await SiloProcess.StartEmbeddedAsync(
            Path.Combine(_folder.FullName, "jobs.db"), "--Limits:Wait=00:00:00.100", "--Batches:Providers:claude:Dialect=anthropic",
            $"--Batches:Providers:claude:BaseUrl={standIn.BaseUrl.AbsoluteUri}", "--Batches:Providers:claude:ApiKey=key");
        var report = new FuzzReport(_seed);

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => SendAllAsync(silo.Api.Address, connection, report)));

        output.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
        Assert.True(silo.IsRunning, silo.Story());
        Assert.True(silo.Complaints.Length == 0, $"{report}\n{silo.Complaints}");
        await silo.Api.CreateAsync();
        Assert.Equal(0, await silo.StopAsync());
    }

    private async Task SendAllAsync(Uri address, int connection, FuzzReport report)
    {
        await Task.Yield(); // all of them at once
        var random = new Random(_seed + connection);
        var known = new KnownIds();
        var maker = new RequestMaker(ApiDocument.Current.Text, known, random);
        var classes = Enum.GetValues<FuzzClass>();
        using var http = new RawConnection(address);
        for (var number = connection; number < Requests; number += Connections)
        {
            var request = known.HasJobs ? maker.Make(classes[random.Next(classes.Length)]) : RequestMaker.NewJob();
            var answer = await http.SendAsync(request);
            report.Count(request.Class, answer?.Status ?? 0);
            foreach (var fault in answer is null ? OfNoAnswer(request) : Faults(request, answer))
                report.Fault(request, number, fault);
            if (answer is { Status: >= 200 and < 300, Body: { } body })
                known.Learn(body);
        }
    }

    /// <summary>A server may hang up on what is no HTTP, and on a body that is too large to be read to its end.</summary>
    private static IEnumerable<string> OfNoAnswer(FuzzRequest request) =>
        request.Class is FuzzClass.Framing or FuzzClass.Header or FuzzClass.Method || request.Body.Length > MostBody ? [] : ["no answer"];

    private static IEnumerable<string> Faults(FuzzRequest request, RawAnswer answer)
    {
        // 501 and 505 are about HTTP itself; 503 is what a server under load may say.
        if (answer.Status >= 500 && answer.Status is not (501 or 503 or 505))
            yield return $"{answer.Status} {System.Text.Encoding.UTF8.GetString(answer.Body ?? [])}";
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

    /// <summary>The server's own refusal of what is no HTTP: a problem, as docs/problems.md says, and the end of the connection.</summary>
    private static bool IsOfTheServer(RawAnswer answer) =>
        answer is { Status: 400 or 408 or 414 or 431 or 501 or 505, Body: [(byte)'{', ..] }
        && answer.Headers.Any(header => header.Name.Equals("Connection", StringComparison.OrdinalIgnoreCase) && header.Value == "close");

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
