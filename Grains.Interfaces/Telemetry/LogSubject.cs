namespace JobTracker.Telemetry;

/// <summary>Whom a line of the log is about.</summary>
/// <param name="Id">A job's or a batch's; null: none.</param>
/// <param name="OrganizationId">Null where it is not known.</param>
internal sealed record LogSubject(string? Id, string? OrganizationId);

/// <summary>A grain that can say it.</summary>
internal interface IHasLogSubject
{
    /// <summary>As the grain is in memory; asked only while a line is being written.</summary>
    LogSubject LogSubject { get; }
}

/// <summary>Who can say whom the line is about that is being written now: the request under way, the grain whose turn it is.</summary>
internal sealed class LogSubjects
{
    private readonly AsyncLocal<LogSubject?> _work = new();
    private volatile Func<LogSubject?>[] _sources = [];

    public LogSubject? Current
    {
        get
        {
            if (_work.Value is { } work)
                return work;
            foreach (var source in _sources)
            {
                if (source() is { } subject)
                    return subject;
            }
            return null;
        }
    }

    /// <summary>Work that is no request's and no grain's, until the method that says it returns.</summary>
    public void Enter(LogSubject subject) => _work.Value = subject;

    /// <summary>From the start of the process on: what logs before that has no subject.</summary>
    public void Add(Func<LogSubject?> source) => _sources = [.. _sources, source];
}
