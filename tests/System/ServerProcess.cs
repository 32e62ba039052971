using System.Diagnostics;
using System.Globalization;
using System.Text;
using JobTracker.Tests.Processes.Memory;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>One process of a built program of ours, which serves HTTP on a loopback port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    /// <summary>Warnings and worse, but those about turns and stalls of more than a second, which tell how busy the machine is.</summary>
    private static readonly string[] Logging =
    [
        "--Logging:Console:LogToStandardErrorThreshold=Warning", "--Logging:LogLevel:Default=Warning",
        "--Logging:LogLevel:Orleans.Runtime.Scheduler=Error",
        "--Logging:LogLevel:Orleans.Runtime.Watchdog=Error",
        "--Logging:LogLevel:Orleans.Runtime.MembershipService.LocalSiloHealthMonitor=Error",
    ];

    private readonly string _program;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _complaints = new();

    private ServerProcess(string program, Process process, Uri address)
    {
        (_program, _process, Address, Api) = (program, process, address, new JobApi(address));
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public JobApi Api { get; }

    /// <summary>What it holds of this machine's memory.</summary>
    public ResidentMemory Memory => new(_process.Id);

    public bool IsRunning => !_process.HasExited;

    /// <summary>Its memory as the operating system counts it.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a project of this repository, as it was built with the tests, and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string project, params IEnumerable<string> settings)
    {
        var server = Launch(project, settings);
        try
        {
            await server.UntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, without waiting for it.</summary>
    public static ServerProcess Launch(string project, params IEnumerable<string> settings) => Launch(project, [], settings);

    /// <summary>The same, by one of its commands.</summary>
    public static ServerProcess LaunchCommand(string project, string command, IEnumerable<string> settings) =>
        Launch(project, [], settings, command);

    /// <summary>The same, with variables of its environment besides.</summary>
    public static ServerProcess Launch(
        string project, IEnumerable<KeyValuePair<string, string?>> environment, IEnumerable<string> settings, params string[] command)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");
        var start = new ProcessStartInfo("dotnet", [Binary(project), .. command, "--urls", address.OriginalString, .. Logging, .. settings])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new ServerProcess(
            project, Process.Start(start) ?? throw new InvalidOperationException($"{project} did not start."), address);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public Task UntilReadyAsync() => Polling.UntilAsync(StartPatience, IsReadyAsync, Story);

    /// <summary>How many lines it has printed.</summary>
    public int Lines
    {
        get
        {
            lock (_output)
                return _output.ToString().Count(character => character == '\n');
        }
    }

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        var end = _process.WaitForExitAsync();
        await Polling.UntilAsync(patience, () => Task.FromResult(end.IsCompleted), Story);
        return _process.ExitCode;
    }

    /// <summary>What it is and what it printed, for the message of a failure.</summary>
    public string Story()
    {
        lock (_output)
            return $"{_program}, {(IsRunning ? "running" : "ended")}, printed:\n{_output}";
    }

    /// <summary>Its warnings and worse: nothing where all went as it should.</summary>
    public string Complaints
    {
        get
        {
            lock (_output)
                return _complaints.ToString().Trim();
        }
    }

    /// <summary>kill -9: it gets no chance to finish anything.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync().Soon();
    }

    /// <summary>Such as STOP and CONT.</summary>
    public Task SignalAsync(string signal) =>
        ProcessRun.OutputAsync("kill", $"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>SIGTERM, as an orchestrator stops it; returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await ProcessRun.OutputAsync("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        _process.Dispose();
        Api.Dispose();
    }

    /// <param name="project">One of this repository, or the folder of one in another checkout.</param>
    public static string Binary(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Repository.PathOf(project, "bin", framework.Parent!.Name, framework.Name, $"JobTracker.{Path.GetFileName(project)}.dll");
    }

    private Task<bool> IsReadyAsync() =>
        IsRunning ? Api.IsReadyAsync() : throw new InvalidOperationException($"It ended before it was ready: {Story()}");

    private void Complain(string? line)
    {
        lock (_output)
            _complaints.AppendLine(line);
        Keep(line);
    }

    private void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
