using System.Text;
using System.Text.Json;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>The form that a file is uploaded in, as parsers see it that providers' servers are built with.</summary>
public sealed class UploadFormTests(UploadFormTests.Upload upload) : IClassFixture<UploadFormTests.Upload>
{
    [Fact]
    public void The_file_has_one_name_and_it_is_quoted_once() => Assert.Contains(
        "Content-Disposition: form-data; name=\"file\"; filename=\"batch-7-1.jsonl\"\r\n", Encoding.UTF8.GetString(upload.Body),
        StringComparison.Ordinal);

    [Fact]
    public async Task Busboy_sees_the_name_and_the_whole_file()
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-forms-");
        try
        {
            foreach (var name in new[] { "package.json", "package-lock.json", "busboy.cjs" })
                File.Copy(PathOf(name), Path.Combine(folder.FullName, name));
            await ProcessRun.OutputAsync(
                "npm", "ci", "--prefix", folder.FullName, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts",
                "--loglevel=error");

            AssertIsUpload(
                await ProcessRun.OutputAsync("node", Path.Combine(folder.FullName, "busboy.cjs"), upload.ContentType, upload.File));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Werkzeug_sees_the_name_and_the_whole_file() =>
        AssertIsUpload(await ProcessRun.OutputAsync("/usr/bin/python3", PathOf("werkzeug_form.py"), upload.ContentType, upload.File));

    private static void AssertIsUpload(string seen) => Assert.True(
        JsonElement.DeepEquals(
            JsonElement.Parse($$"""{"fields":{"purpose":"batch"},"files":[{"name":"file","filename":"batch-7-1.jsonl","type":"application/jsonl","bytes":{{Upload.Line.Length}}}]}"""),
            JsonElement.Parse(seen)),
        seen);

    private static string PathOf(string name) => Repository.PathOf("tests", "Integration", "Batches", "Forms", name);

    /// <summary>One upload as it goes over the wire.</summary>
    public sealed class Upload : IAsyncLifetime
    {
        internal const string Line = """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"n":1}}""" + "\n";

        internal string ContentType { get; private set; } = "";

        internal byte[] Body { get; private set; } = [];

        internal string File { get; } = Path.GetTempFileName();

        public async ValueTask InitializeAsync()
        {
            await using var server = new WireServer(async call => await (await call.ReadBodyAsync()).AnswerAsync(400, "{}"));
            await Accounts.Open("openai", server.Address).SubmitAsync(
                new BatchSubmission
                {
                    SubmissionId = "batch-7/1",
                    Posting = (_, _) => Task.CompletedTask,
                    Endpoint = "/v1/chat/completions",
                    Items = _ => new[] { new SubmissionItem("a", """{"n":1}"""u8.ToArray()) }.ToAsyncEnumerable(),
                },
                default);
            var call = Assert.Single(server.Calls);
            (ContentType, Body) = (call.Headers["Content-Type"], Encoding.UTF8.GetBytes(call.Body));
            await System.IO.File.WriteAllBytesAsync(File, Body);
        }

        public ValueTask DisposeAsync()
        {
            System.IO.File.Delete(File);
            return ValueTask.CompletedTask;
        }
    }
}
