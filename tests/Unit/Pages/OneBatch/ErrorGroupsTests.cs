using JobTracker.Batches;
using JobTracker.Pages.OneBatch;

namespace JobTracker.Tests.Unit.Pages.OneBatch;

/// <summary>What the items of a batch failed with.</summary>
public sealed class ErrorGroupsTests
{
    [Fact]
    public void Items_are_counted_by_code_the_most_first_with_an_example()
    {
        ItemSnapshot[] items =
        [
            Item("a", "invalid_request_error", "context_length_exceeded", "too long"), Item("b", "missing_result", null, null),
            Item("c", "invalid_request_error", "context_length_exceeded", "much too long"), Item("d", "api_error", null, "it <broke>"),
            new() { CustomId = "e", Status = ItemStatus.Expired },
        ];
        var groups = ErrorGroups.Of(new ItemPage([.. items], HasNext: true));
        Assert.Equal(
            [
                new ErrorGroup("context_length_exceeded", 2, "too long", "a"), new ErrorGroup("api_error", 1, "it <broke>", "d"),
                new ErrorGroup("expired", 1, null, "e"), new ErrorGroup("missing_result", 1, null, "b"),
            ],
            groups.Groups);
        Assert.Equal((5, true), (groups.Read, groups.HasMore));
    }

    private static ItemSnapshot Item(string id, string type, string? code, string? message) =>
        new() { CustomId = id, Status = ItemStatus.Failed, Error = new ItemError { Type = type, Code = code, Message = message } };
}
