using System.Data.Common;
using System.Text.Json.Nodes;
using JobTracker.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Tests.Integration.Storage.Before;

/// <summary>
/// Rows as commit c1b7de2 wrote them, and what it read from them: jobs in every status with every column, batches in every phase with every
/// field, items, requests, lines set aside, and a batch that was submitted again. The files are never written anew: they are the past.
/// </summary>
internal static class RowsOfBefore
{
    public static readonly JsonObject Views = Parse("views.json");

    public static JsonObject Rows(string engine) => Parse($"rows.{engine}.json");

    public static async Task LoadAsync(JobDatabase database, string engine)
    {
        await using var connection = await database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (table, rows) in Rows(engine))
        {
            foreach (var row in rows!.AsArray())
                await InsertAsync(connection, transaction, table, row!.AsObject());
        }

        await transaction.CommitAsync();
    }

    private static async Task InsertAsync(DbConnection connection, DbTransaction transaction, string table, JsonObject row)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var columns = row.Select(column => column.Key).ToList();
        command.CommandText =
            $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(name => $"@{name}"))})";
        foreach (var (name, value) in row)
            command.Parameters.Add(Parameter(connection, name, value));
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>PostgreSQL's values are its own text for them, which it reads as the column's type; SQLite's bytes are hex.</summary>
    private static DbParameter Parameter(DbConnection connection, string name, JsonNode? value) => connection is NpgsqlConnection
        ? new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = (object?)value?.GetValue<string>() ?? DBNull.Value }
        : new SqliteParameter(name, value switch
        {
            null => DBNull.Value,
            JsonObject bytes => Convert.FromHexString(bytes["hex"]!.GetValue<string>()),
            JsonValue number when number.TryGetValue<long>(out var whole) => whole,
            _ => value.GetValue<string>(),
        });

    private static JsonObject Parse(string file) =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "Integration", "Storage", "Before", file)))!.AsObject();
}
