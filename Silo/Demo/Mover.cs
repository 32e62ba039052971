using JobTracker.Jobs;

namespace JobTracker.Silo.Demo;

/// <summary>
/// Makes about two changes a second for as long as the process lives: moves one of the open jobs, or makes another where there are few. It
/// knows of them by listing, so that it goes on after a restart, and leaves alone what people end.
/// </summary>
internal sealed class Mover(People people, Catalogue catalogue, Occasions occasions, TimeProvider clock, ILogger<Mover> log)
{
    private const int MostOpen = 45;
    private const int BetweenLists = 30;

    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MostPause = TimeSpan.FromMilliseconds(600);

    private readonly Random _random = new(Seed: 2);
    private readonly List<JobSnapshot> _open = [];

    public async Task RunAsync(CancellationToken end)
    {
        for (var round = 0; ; round++)
        {
            await Task.Delay(LeastPause + ((MostPause - LeastPause) * _random.NextDouble()), clock, end);
            try
            {
                await MoveAsync(round, end);
            }
            catch (Exception problem) when (!end.IsCancellationRequested)
            {
                // The show goes on: the database may be away for a while, or somebody has filled a queue.
                log.RoundFailed(problem.Message);
            }
        }
    }

    private async Task MoveAsync(int round, CancellationToken end)
    {
        if (round % BetweenLists == 0)
            await ListAsync(end);
        await (round switch
        {
            _ when round % 500 == 400 => occasions.BeginNightAsync(end),
            _ when round % 300 == 50 => occasions.WithdrawThumbnailsAsync(end),
            _ when round % 200 == 150 => occasions.SendBatchAsync(end),
            _ when round % 60 == 20 => occasions.TryAgainAsync(end),
            _ when _open.Count == 0 || (_open.Count < MostOpen && _random.In100(25)) => MakeAsync(end),
            _ => MoveOneAsync(end),
        });
    }

    private async Task ListAsync(CancellationToken end)
    {
        _open.Clear();
        var query = new JobQuery { Tags = [Catalogue.Tag], Statuses = [JobStatus.Created, JobStatus.Pending, JobStatus.Running] };
        await foreach (var job in people.Worker(_random).ListAsync(query, end))
            Keep(job);
    }

    private async Task MakeAsync(CancellationToken end)
    {
        var work = catalogue.Any();
        var made = await people.Jobs(work.User).CreateAsync(work.Job, end);
        if (await made.GetAsync(end) is { } job)
            Keep(job);
    }

    private async Task MoveOneAsync(CancellationToken end)
    {
        var at = _random.Next(_open.Count);
        var job = _open[at];
        _open.RemoveAt(at);
        if (Moves.Next(job, _random) is { } move
            && await people.Worker(_random).TryUpdateAsync(job.Id, move, end) is JobOutcome.Accepted { Job: var moved })
            Keep(moved);
    }

    /// <summary>Where a worker has something to do.</summary>
    private void Keep(JobSnapshot job)
    {
        if (Moves.Next(job, Random.Shared) is not null)
            _open.Add(job);
    }
}
