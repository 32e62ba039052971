using System.Globalization;
using JobTracker.Tests.Processes.Faults.Checking;

namespace JobTracker.Tests.Processes.Faults.Load;

/// <summary>
/// One caller: makes jobs and leads each to its end, at times with two commands that race, reads what it wrote, and lists all. What has
/// an unknown outcome is asked after, or repeated, until it is known or the run is over.
/// </summary>
internal sealed class LoadClient(RecordedApi api, string name, string callbackUrl, Random random)
{
    private const double AskForCallback = 0.3;
    private const double Race = 0.2;
    private const double List = 0.02;

    private static readonly TimeSpan Think = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Ends = ["completed", "completed", "completed", "failed", "cancelled"];

    private int _operations;

    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            if (random.NextDouble() < List)
                await api.ListAsync();
            else
                await LeadOneJobAsync(over);
        }
    }

    private async Task LeadOneJobAsync(CancellationToken over)
    {
        if (await CreateAsync(over) is not { } job)
            return;
        await PauseAsync(Think, over);
        var end = Ends[random.Next(Ends.Length)];
        if (await MoveAsync(job, "running", random.NextDouble() < Race ? "cancelled" : null, over) is not { IsTerminal: false } running)
            return;
        await PauseAsync(Think, over);
        await MoveAsync(running, end, random.NextDouble() < Race ? "failed" : null, over);
    }

    /// <summary>The idempotency key makes a repetition safe.</summary>
    private async Task<SeenState?> CreateAsync(CancellationToken over)
    {
        var operation = NextOperation();
        var url = random.NextDouble() < AskForCallback ? callbackUrl : null;
        while (true)
        {
            var line = await api.CreateAsync(operation, url);
            if (line.IsAcknowledged || line.IsRefused || over.IsCancellationRequested)
                return line.Job;
            await PauseAsync(AfterTrouble, over);
        }
    }

    /// <summary>From the version that was seen; the other command, where there is one, from the same.</summary>
    private async Task<SeenState?> MoveAsync(SeenState job, string status, string? other, CancellationToken over)
    {
        var moves = other is null
            ? [api.ChangeAsync(NextOperation(), job.Id, job.Version, status)]
            : new[] { api.ChangeAsync(
                NextOperation(), job.Id, job.Version, status), api.ChangeAsync(NextOperation(), job.Id, job.Version, other) };
        var told = await Task.WhenAll(moves);
        if (told.FirstOrDefault(line => line.IsAcknowledged)?.Job is { } moved && told.All(line => line.IsAcknowledged || line.IsRefused))
            return random.NextDouble() < Race ? (await api.ReadAsync(job.Id)).Job ?? moved : moved;
        return await SeeAsync(job.Id, over);
    }

    /// <summary>How it stands, once somebody answers.</summary>
    private async Task<SeenState?> SeeAsync(string id, CancellationToken over)
    {
        while (true)
        {
            var line = await api.ReadAsync(id);
            if (line.IsAcknowledged || line.IsRefused || over.IsCancellationRequested)
                return line.Job;
            await PauseAsync(AfterTrouble, over);
        }
    }

    private string NextOperation() => string.Create(CultureInfo.InvariantCulture, $"{name}-{++_operations}");

    private static Task PauseAsync(TimeSpan pause, CancellationToken over) =>
        Task.Delay(pause, TimeProvider.System, over).ContinueWith(_ => { }, TaskScheduler.Default);
}
