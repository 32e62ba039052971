using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace JobTracker.Configuration;

/// <summary>
/// Makes options, at the start and whenever the configuration is read again. At the start a bad value is refused; later it is left aside
/// and the section stays as it was last good, so that a file that is written badly stops no process.
/// </summary>
internal sealed class LastGoodOptions<T>(
    IEnumerable<IConfigureOptions<T>> configure, IEnumerable<IPostConfigureOptions<T>> after, IEnumerable<IValidateOptions<T>> checks,
    ILoggerFactory? logs = null) : OptionsFactory<T>(configure, after, checks), IOptionsFactory<T>
    where T : class
{
    private readonly ILogger _log = (logs ?? NullLoggerFactory.Instance).CreateLogger(typeof(CheckedOptions));
    private readonly Lock _gate = new();
    private readonly Dictionary<string, T> _good = new(StringComparer.Ordinal);

    T IOptionsFactory<T>.Create(string name)
    {
        lock (_gate)
        {
            try
            {
                return _good[name] = Create(name);
            }
            // What a value cannot be read as, the binder tells by the second one.
            catch (Exception bad) when (bad is OptionsValidationException or InvalidOperationException && _good.ContainsKey(name))
            {
                _log.BadValueLeftAside(typeof(T).Name, Keys(bad));
                return _good[name];
            }
        }
    }

    /// <summary>The keys alone: a message may repeat a value, and the value may be a secret in the wrong place.</summary>
    private static string Keys(Exception bad) => bad is OptionsValidationException { Failures: var failures }
        ? string.Join(", ", failures.Select(failure => failure.Split(' ')[0].TrimEnd(':')))
        : "a value of another type";
}
