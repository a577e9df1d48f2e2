using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FashionSweep.Coordinator.Storage;

/// <summary>A prepared statement, run again and again with other values.</summary>
internal sealed class Statement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly SqliteCommand _command = new(sql, connection);

    /// <summary>Runs it with the values of all its parameters, always in the same order.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (_command.Parameters.Count == i) _command.Parameters.Add(new SqliteParameter { ParameterName = values[i].Name });
            // Not-a-number has no other name in SQLite than NULL.
            _command.Parameters[i].Value = values[i].Value is null or double.NaN ? DBNull.Value : values[i].Value;
        }
        return _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();
}

/// <summary>Reads the columns of a row from left to right.</summary>
internal sealed class Row(SqliteDataReader reader)
{
    private int _column;

    public string Text() => reader.GetString(_column++);

    /// <summary>A text as it is stored, in UTF-8.</summary>
    public byte[] Utf8() => reader.GetFieldValue<byte[]>(_column++);

    public string? TextOrNull() => reader.IsDBNull(_column++) ? null : reader.GetString(_column - 1);

    public int Int() => reader.GetInt32(_column++);

    public long Long() => reader.GetInt64(_column++);

    public double Real() => reader.IsDBNull(_column++) ? double.NaN : reader.GetDouble(_column - 1);

    public DateTimeOffset Time() => SqliteTime.Parse(Text());

    public DateTimeOffset? TimeOrNull() => TextOrNull() is { } text ? SqliteTime.Parse(text) : null;

    /// <summary>What the next <paramref name="columns"/> hold together; null where the first of them is NULL.</summary>
    public T? Optional<T>(int columns, Func<Row, T> read) where T : class
    {
        if (!reader.IsDBNull(_column)) return read(this);
        _column += columns;
        return null;
    }
}

internal static class SqliteTime
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture);
}

internal static class SqliteConnections
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public static List<T> Query<T>(this SqliteConnection connection, string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = new SqliteCommand(sql, connection);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(new Row(reader)));
        return rows;
    }
}
