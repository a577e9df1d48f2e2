using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace FashionSweep.Coordinator.Storage;

/// <summary>Opens the database of a store: which library, which settings, which tables.</summary>
internal static class SqliteDatabase
{
    private static readonly Lazy<bool> Library = new(UseSystemLibrary);

    public static SqliteConnection OpenForWriting(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        // FULL: what was committed survives a power cut, and not only the end of the process.
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        if (VersionOf(connection, file) is var version && version < SqliteSchema.Version) Migrate(connection, version);
        return connection;
    }

    /// <returns>With its schema's version, which may be an older one; null where no store was made yet.</returns>
    public static (SqliteConnection Connection, long Version)? OpenForReading(string file)
    {
        if (!File.Exists(file)) return null;
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        if (VersionOf(connection, file) is > 0 and var version) return (connection, version);
        connection.Dispose();
        return null;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        _ = Library.Value;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("PRAGMA busy_timeout = 10000");
        return connection;
    }

    private static void Migrate(SqliteConnection connection, long version)
    {
        try
        {
            connection.Execute(SqliteSchema.From(version));
        }
        catch (SqliteException)
        {
            // Closed, it takes back what it began.
            connection.Dispose();
            throw;
        }
    }

    private static long VersionOf(SqliteConnection connection, string file)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "PRAGMA user_version";
        var version = (long)query.ExecuteScalar()!;
        if (version <= SqliteSchema.Version) return version;
        connection.Dispose();
        throw new StoreException(
            $"{file}: has schema version {version}, this fsweep knows up to {SqliteSchema.Version}: "
            + "use the newer fsweep that wrote it, or another folder with --store DIR");
    }

    // The library that the provider's package brings is years behind the system's, fixes of faults included.
    private static bool UseSystemLibrary()
    {
        var name = OperatingSystem.IsWindows() ? "winsqlite3" : OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        if (!NativeLibrary.TryLoad(name, out var library))
            throw new StoreException($"{name} is missing, which stores the results: install SQLite (on Debian and Ubuntu: apt-get install libsqlite3-0)");
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, (asked, _, _) => asked == "e_sqlite3" ? library : 0);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        return true;
    }
}
