using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Jobs;
using JobTracker.Tests.Unit.Jobs;

namespace JobTracker.Tests.Unit.Batches.Providers;

/// <summary>Texts from outside fit wherever they go.</summary>
public sealed class ProviderTextTests
{
    /// <summary>A word, as long as it may be, one longer, and with a pair over the border.</summary>
    public static TheoryData<string?, string?> Words => new()
    {
        { null, null },
        { "", null },
        { " \t", null },
        { new string('a', 128), new string('a', 128) },
        { new string('a', 129), new string('a', 128) },
        { new string('a', 127) + "\U0001F600", new string('a', 127) },
        { "half \ud83d", "half \uFFFD" },
        { "\ude00 nul \0", "\uFFFD nul \uFFFD" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public void A_code_is_1_to_128_characters_and_never_half_of_one(string? text, string? word) =>
        Assert.Equal(word, ProviderText.Word(text));

    [Theory]
    [MemberData(nameof(Words))]
    public void A_job_takes_the_error_of_every_item(string? text, string? word)
    {
        var outcome = ItemOutcome.Failed(text!, text, text, retryable: false);
        var error = JobErrors.Fit(new JobLimits(), outcome.Error!.Message, outcome.Error.Code, outcome.Error.Type);

        Assert.Equal((word ?? "error", word), (outcome.Error.Type, outcome.Error.Code));
        Assert.Null(
            UpdateRules.Problem(JobSamples.In(JobStatus.Running).Snapshot, new UpdateJob { Error = Change.To<JobError>(error) },
                JobSamples.ActAt(0), new JobLimits()));
    }

    [Fact]
    public void A_job_with_narrower_limits_takes_it_too()
    {
        var limits = new JobLimits { ErrorCodeLength = 4, ErrorMessageLength = 4 };

        Assert.Equal(new JobError("abc", "abc"), JobErrors.Fit(limits, "abc\U0001F600", null, "", "abc\U0001F600"));
    }

    [Fact]
    public void A_code_of_which_a_job_has_no_room_for_the_first_character_is_still_one() =>
        Assert.Equal(new JobError("e", "m"), JobErrors.Fit(new JobLimits { ErrorCodeLength = 1 }, "m", "\U0001F600"));

    [Theory]
    [InlineData(2000, 2000)]
    [InlineData(2001, 2000)]
    public void A_message_has_at_most_2000_characters(int length, int kept) =>
        Assert.Equal(kept, ProviderText.Message(new string('m', length))!.Length);
}
