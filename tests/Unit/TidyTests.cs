using System.Text.RegularExpressions;

namespace JobTracker.Tests.Unit;

/// <summary>The repository's own rules, so that nobody has to remember them.</summary>
public sealed partial class TidyTests
{
    private static readonly List<SourceFile> Sources = [.. SourceFile.All("*.cs")];
    private static readonly List<SourceFile> Pages = [.. SourceFile.All("*.razor")];

    [Fact]
    public void No_file_is_longer_than_300_lines() =>
        None(Sources.Concat(Pages).Where(file => file.Lines > 300).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void No_folder_of_the_product_holds_more_than_14_files() =>
        None(Below("Grains", "Grains.Interfaces", "Gateway", "Client", "Silo", "Pages")
        .CountBy(file => Path.GetDirectoryName(file.Path)!)
        .Where(folder => folder.Value > 14)
        .Select(folder => $"{folder.Key}: {folder.Value} files"));

    /// <summary>Texts, which nobody can break without changing them, do not count.</summary>
    [Fact]
    public void No_line_is_longer_than_140_characters_but_for_its_texts() => None(Sources.Concat(Pages)
        .SelectMany(file => LinesOfCode(file)
            .Where(line => Literal().Replace(line, "").Length > 140).Select(line => $"{file.Path}: {line.Trim()}")));

    [Fact]
    public void Nothing_is_left_for_later() => Nowhere(Sources, LeftForLater());

    [Fact]
    public void No_region_folds_code_away() => Nowhere(Sources, Region());

    [Fact]
    public void Gateway_and_client_know_no_database() => Nowhere(Below("Gateway", "Client", "Pages"), Database());

    [Fact]
    public void Gateway_and_client_know_the_contracts_and_not_the_grains()
    {
        Nowhere(Below("Gateway", "Client", "Pages"), GrainsNamespace());
        Nowhere(SourceFile.All("*.csproj").Where(file => file.IsBelow("Gateway", "Client", "Pages", "Grains.Interfaces")), GrainsProject());
    }

    [Fact]
    public void The_contracts_reference_no_project() =>
        Nowhere(SourceFile.All("*.csproj").Where(file => file.IsBelow("Grains.Interfaces")), AnyProject());

    [Fact]
    public void SQL_stands_in_files_of_its_own_under_Grains_Storage()
    {
        None(SourceFile.All("*.sql").Where(file => !file.IsBelow("Grains/Storage", "bench", "deploy")).Select(file => file.Path));
        Nowhere(Below("Grains", "Grains.Interfaces", "Silo", "Gateway", "Client").Where(file => !file.IsBelow("Grains/Storage")), Sql());
    }

    /// <summary>A job's status; batches and operations have a lifecycle of their own.</summary>
    [Fact]
    public void A_job_gets_its_status_from_the_lifecycle_alone() => Nowhere(
        Below("Grains").Where(file => !file.IsBelow("Grains/Batches", "Grains/Storage/Batches", "Grains/Operations", "Grains/Storage/Operations")
            && file.Path is not "Grains/Storage/Jobs/JobColumns.cs"
            && file.Path is not ("Grains/Jobs/Life/JobLifecycle.cs" or "Grains/Jobs/Life/Job.Create.cs")),
        StatusAssigned());

    /// <summary>
    /// But for who watches processes of their own, which cannot say when they are ready, and the stand-in, which is slow on purpose.
    /// </summary>
    [Fact]
    public void No_test_sleeps() => Nowhere(
        Below("tests/Unit", "tests/Integration", "tests/Support").Where(file => !file.IsBelow("tests/Support/ProviderStandIn")
            && file.Path is not ("tests/Integration/Storage/CrashServer.cs" or "tests/Integration/StandIn/AnswerFaultTests.cs")),
        Sleep());

    /// <summary>The policy of the pages forbids them, and a browser would pass over them without a word.</summary>
    [Fact]
    public void No_page_has_styles_or_scripts_of_its_own() => Nowhere(Pages, InlineCode());

    /// <summary>What a job's maker wrote is text.</summary>
    [Fact]
    public void No_page_writes_markup_that_it_did_not_make() => Nowhere(Pages.Concat(Below("Pages")), MarkupString());

    [Fact]
    public void No_test_is_skipped() => Nowhere(Below("tests"), Skipped());

    /// <summary>So that a number in a log names one thing, and the tests may expect it by its number.</summary>
    [Fact]
    public void No_two_log_messages_have_one_event_id() => None(Below("Grains", "Gateway", "Silo", "Client", "Pages")
        .SelectMany(file => LogMessage().Matches(file.Text).Select(line => (Id: line.Groups["id"].Value, file.Path)))
        .GroupBy(message => message.Id)
        .Where(same => same.Count() > 1)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Select(message => message.Path))}"));

    [Fact]
    public void Namespaces_are_folders() => None(Sources
        .Where(file => !file.IsBelow("docs"))
        // Registrations stand in the namespace of the services they extend, where every host looks for them.
        .Where(file => file.Path != "Client/JobTrackerClientServices.cs")
        .Where(file => NamespaceLine().Match(file.Text) is { Success: true } line && line.Groups["name"].Value != file.Namespace)
        .Select(file => $"{file.Path}: not in {file.Namespace}"));

    private static IEnumerable<SourceFile> Below(params string[] folders) => Sources.Where(file => file.IsBelow(folders));

    /// <summary>What does not stand in a raw text.</summary>
    private static IEnumerable<string> LinesOfCode(SourceFile file)
    {
        var isRaw = false;
        foreach (var line in file.Text.Split('\n'))
        {
            var hadRaw = isRaw;
            isRaw ^= RawText().Count(line) % 2 == 1;
            if (!hadRaw && !isRaw)
                yield return line;
        }
    }

    private static void Nowhere(IEnumerable<SourceFile> files, Regex forbidden)
    {
        var searched = files.ToList();
        Assert.NotEmpty(searched);
        None(searched.SelectMany(file => file.Find(forbidden)));
    }

    private static void None(IEnumerable<string> offences)
    {
        if (string.Join('\n', offences) is { Length: > 0 } found)
            Assert.Fail(found);
    }

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E|HA[C]K|NotImplemented[E]xception)\b", RegexOptions.None, 1000)]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"^\s*#[r]egion", RegexOptions.Multiline, 1000)]
    private static partial Regex Region();

    /// <summary>The types; a provider may be named as text where Orleans wants its invariant.</summary>
    [GeneratedRegex(@"using (?:Npgsql|Microsoft\.Data\.Sqlite)|\b(?:Npgsql|Sqlite)(?:Connection|Command|DataSource|Exception|Transaction|Parameter)", RegexOptions.None, 1000)]
    private static partial Regex Database();

    [GeneratedRegex(@"JobTracker\.Grains\b(?!\.Interfaces)", RegexOptions.None, 1000)]
    private static partial Regex GrainsNamespace();

    [GeneratedRegex(@"[\\/]Grains\.csproj", RegexOptions.None, 1000)]
    private static partial Regex GrainsProject();

    [GeneratedRegex("""\sstyle=|\son[a-z]+="(?!@)|<script(?![^>]*\ssrc=)|<style""", RegexOptions.None, 1000)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\bMarkup[S]tring\b", RegexOptions.None, 1000)]
    private static partial Regex MarkupString();

    [GeneratedRegex("<ProjectReference", RegexOptions.None, 1000)]
    private static partial Regex AnyProject();

    [GeneratedRegex("\"\\s*(?:select .+ from|insert into|update \\w+ set|delete from|create table|pragma) ", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bPhase = (?!=)", RegexOptions.None, 1000)]
    private static partial Regex PhaseAssigned();

    [GeneratedRegex("\"\"\"", RegexOptions.None, 1000)]
    private static partial Regex RawText();

    [GeneratedRegex("\"{3}.*?\"{3,}|@\"(?:[^\"]|\"\")*\"|\"(?:[^\"\\\\]|\\\\.)*\"", RegexOptions.None, 1000)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\bStatus = (?!=)", RegexOptions.None, 1000)]
    private static partial Regex StatusAssigned();

    [GeneratedRegex(@"Task\.Delay\((?!Timeout\.Infinite)|Thread\.Sleep\(|SpinWait\.", RegexOptions.None, 1000)]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bSkip = """, RegexOptions.None, 1000)]
    private static partial Regex Skipped();

    [GeneratedRegex(@"\[LoggerMessage\((?<id>\d+)", RegexOptions.None, 1000)]
    private static partial Regex LogMessage();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline, 1000)]
    private static partial Regex NamespaceLine();
}
