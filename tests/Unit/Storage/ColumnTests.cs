using JobTracker.Grains.Storage.Sql;

namespace JobTracker.Tests.Unit.Storage;

public sealed class ColumnTests
{
    /// <summary>Most columns of most statements have no value at all; where one row has one, each has its place.</summary>
    [Fact]
    public void A_column_without_a_value_is_empty_and_any_other_as_long_as_the_rows()
    {
        var list = new ColumnList<(Guid? Id, string? Text, long Number)>();
        Column<(Guid? Id, string? Text, long Number)>[] columns =
        [
            list.Add("id", ColumnKind.Id, ColumnUse.New, row => row.Id),
            list.Add("text", ColumnKind.Text, ColumnUse.New, row => row.Text),
            list.Add("number", ColumnKind.Number, ColumnUse.New, row => row.Number),
        ];

        Assert.Equal<Array>(
            [Array.Empty<Guid?>(), new[] { null, "b", null }, new long[] { 0, 2, 0 }],
            columns.Select(column => column.OfAll([(null, null, 0), (null, "b", 2), (null, null, 0)])));
        Assert.Equal<Array>(
            [new Guid?[] { null, Guid.AllBitsSet }, Array.Empty<string?>(), new long[] { 0, 0 }],
            columns.Select(column => column.OfAll([(null, null, 0), (Guid.AllBitsSet, null, 0)])));
    }
}
