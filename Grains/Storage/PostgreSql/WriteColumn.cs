using JobTracker.Grains.Storage.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>One array parameter of save_jobs: a column of the rows that a batch writes.</summary>
internal abstract class WriteColumn
{
    public static WriteColumn Of<T>(string name, NpgsqlDbType type, Func<JobWrite, T> value) => new Typed<T>(name, type, value);

    /// <summary>The parameter, made anew for each command; it is filled for each batch.</summary>
    public abstract NpgsqlParameter NewParameter();

    public abstract void Fill(NpgsqlParameter parameter, List<JobWrite> rows);

    private sealed class Typed<T>(string name, NpgsqlDbType type, Func<JobWrite, T> value) : WriteColumn
    {
        public override NpgsqlParameter NewParameter() => new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = [] };

        public override void Fill(NpgsqlParameter parameter, List<JobWrite> rows)
        {
            var values = rows.Count == 0 ? [] : new T[rows.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = value(rows[i]);
            ((NpgsqlParameter<T[]>)parameter).TypedValue = values;
        }
    }
}
