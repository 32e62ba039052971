using System.Globalization;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using Microsoft.Extensions.Configuration;

// dotnet run --project tests/Support/ProviderStandIn -- --port 9090 --seconds-to-finish 10
var switches = new ConfigurationBuilder().AddCommandLine(args).Build();
var port = int.Parse(switches["port"] ?? "9090", CultureInfo.InvariantCulture);
var seconds = double.Parse(switches["seconds-to-finish"] ?? "10", CultureInfo.InvariantCulture);

var options = new StandInOptions { Port = port, Pace = BatchPace.FinishingAfter(TimeSpan.FromSeconds(seconds)) };
await using var standIn = await ProviderStandIn.StartAsync(options: options);
Console.WriteLine($"Anthropic: {standIn.BaseUrl.ToString().TrimEnd('/')}   OpenAI: {standIn.OpenAiUrl}   any key");
Console.WriteLine($"A batch takes {seconds:0.#} s. Controls: {standIn.BaseUrl}_standin/...   Ctrl+C stops.");
await standIn.WaitForShutdownAsync();
