using System.Globalization;
using System.Text.RegularExpressions;
using JobTracker.Tests.Processes.Keys;

namespace JobTracker.Tests.Processes;

/// <summary>The embedded file has one process, is one that can be written, and is copied while it is in use.</summary>
[Collection("processes")]
public sealed partial class EmbeddedFileTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-file-");

    private string File => Path.Combine(_folder.FullName, "jobs.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_second_process_on_the_file_stops_at_once_and_names_the_holder_by_whatever_way_it_came()
    {
        await using var first = await SiloProcess.StartEmbeddedAsync(File);
        var link = Path.Combine(_folder.FullName, "link.db");
        System.IO.File.CreateSymbolicLink(link, File);

        foreach (var path in new[] { File, link })
        {
            var second = await SiloCommand.RunAsync($"--Storage:SqlitePath={path}", "--urls=http://127.0.0.1:0");

            Assert.Equal((1, ""), (second.ExitCode, second.Output));
            Assert.Matches(
                $"^{_folder.FullName}/jobs.db is in use by process [0-9]+ on .+ since .+Z: one process at a time works on an embedded file.\n$",
                second.Error);
        }
        await first.KillAsync();
        await using var third = await SiloProcess.StartEmbeddedAsync(File);
        Assert.Equal("", third.Complaints);
    }

    [Theory]
    [InlineData("/sys/kernel/jobs.db", "Storage:SqlitePath: /sys/kernel/jobs.db cannot be written: ")]
    [InlineData("/proc/none/jobs.db", "Storage:SqlitePath: /proc/none/jobs.db cannot be written: ")]
    [InlineData("{0}", "Storage:SqlitePath: {0} cannot be worked on: SQLite Error 14: ")]
    [InlineData("{0}/text", "Storage:SqlitePath: {0}/text cannot be worked on: SQLite Error 26: 'file is not a database'.")]
    public async Task A_file_that_cannot_be_worked_on_is_told_at_once_in_one_line(string path, string line)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder.FullName, "text"), new string('x', 4_096));
        var place = string.Format(CultureInfo.InvariantCulture, path, _folder.FullName);

        var refused = await SiloCommand.RunAsync($"--Storage:SqlitePath={place}");

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, line, _folder.FullName), refused.Error);
        Assert.Equal(1, refused.Error.Count(character => character == '\n'));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_backup_under_load_has_all_that_was_acknowledged_before_it_and_serves()
    {
        var copy = Path.Combine(_folder.FullName, "backups", "copy.db");
        IReadOnlyCollection<SeenJob> before;
        int jobs;
        await using (var silo = await SiloProcess.StartEmbeddedAsync(File))
        {
            var load = new JobLoad(silo.Api);
            await load.StartAsync(jobs: 500);
            before = load.Acknowledged;
            var made = await SiloCommand.RunAsync("backup", copy, $"--Storage:SqlitePath={File}");
            await load.StopAsync();
            Assert.Equal((0, ""), (made.ExitCode, made.Error));
            jobs = int.Parse(Copied().Match(made.Output).Groups["jobs"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            output.WriteLine(made.Output);
            Assert.Equal("", silo.Complaints);

            var again = await SiloCommand.RunAsync("backup", copy, $"--Storage:SqlitePath={File}");
            Assert.Equal((1, $"{copy} is there already; a backup goes to a new file.\n"), (again.ExitCode, again.Error));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(copy));
        Assert.Equal([copy], Directory.GetFiles(Path.GetDirectoryName(copy)!));
        await using var restored = await SiloProcess.StartEmbeddedAsync(copy);
        var listed = (await restored.Api.ListAsync()).ToDictionary(job => job.Id, StringComparer.Ordinal);
        Assert.Equal(jobs, listed.Count);
        Assert.Equal(jobs, (await restored.Api.StatsAsync()).Total);
        Assert.All(
            before, job => Assert.True(Assert.Contains(job.Id, (IReadOnlyDictionary<string, SeenJob>)listed).Version >= job.Version));
    }

    [Theory]
    [InlineData("backup {0}/copy.db", "Storage:SqlitePath: there is no file {0}/jobs.db.\n")]
    [InlineData("backup {0}/copy.db --ConnectionStrings:Postgres=Host=x",
        "ConnectionStrings:Postgres is set, and backup copies the embedded file alone; of PostgreSQL take pg_dump.\n")]
    [InlineData("backup --Storage:SqlitPath {0}/x.db {0}/copy.db", "Storage:SqlitPath is no setting; the nearest is Storage:SqlitePath.\n")]
    [InlineData("migrate --Storage:SqlitePath=/sys/kernel/jobs.db", "Storage:SqlitePath: /sys/kernel/jobs.db cannot be written: ")]
    public async Task What_a_command_cannot_do_is_told_in_one_line(string line, string told)
    {
        string[] words = string.Format(CultureInfo.InvariantCulture, line, _folder.FullName).Split(' ');
        string[] file = line.Contains("Storage:", StringComparison.Ordinal) ? [] : [$"--Storage:SqlitePath={File}"];

        var refused = await SiloCommand.RunAsync([.. words, .. file]);

        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, told, _folder.FullName), refused.Error);
        Assert.Equal(1, refused.Error.Count(character => character == '\n'));
        Assert.False(System.IO.File.Exists(Path.Combine(_folder.FullName, "copy.db")));
    }

    [Fact]
    public async Task Migrate_makes_the_database_that_a_service_without_it_asks_for()
    {
        var file = $"--Storage:SqlitePath={File}";

        var made = await SiloCommand.RunAsync("migrate", file);

        Assert.Equal((0, $"SQLite database {File} has every migration of this version.\n", ""), (made.ExitCode, made.Output, made.Error));
        await using var silo = await SiloProcess.StartEmbeddedAsync(File, "--Storage:AutoMigrate=false");
        Assert.Equal("", silo.Complaints);
    }

    [GeneratedRegex(@"copy\.db: (?<jobs>[0-9,]+) jobs, [0-9,]+ bytes\.\n$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copied();
}
