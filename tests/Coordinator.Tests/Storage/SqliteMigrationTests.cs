using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using Microsoft.Data.Sqlite;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class SqliteMigrationTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public SqliteMigrationTests()
    {
        // The provider of SQLite is chosen by the first store that is opened.
        using (SqliteStore.OpenForWriting(Folder))
        {
        }
        File.Delete(Folder.Database);
        Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "schema-1.sql")));
    }

    private StoreFolder Folder => _temporary.Folder;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void ReadersTakeAnOldStoreAsItIs()
    {
        using (var store = SqliteStore.OpenForReading(Folder)) ItsTrialsAreThere(store);

        Version().ShouldBe(1);
    }

    [Fact]
    public void AWriterBringsAnOldStoreUpToDateWithAllThatItHolds()
    {
        using (var store = SqliteStore.OpenForWriting(Folder))
        {
            ItsTrialsAreThere(store);
            store.Add(Sweep());
            store.Append([Started(Lease(1)), Completed(Lease(1))]);
            store.Find(new TrialId("quick", 1))!.Result.ShouldBe(Result());
        }

        Version().ShouldBe(6);
        using var reader = SqliteStore.OpenForReading(Folder);
        ItsTrialsAreThere(reader);
        reader.Find(new TrialId("quick", 1))!.Result!.TestReport.ShouldBe(Report);
    }

    [Fact]
    public void AMigratedStoreHasTheTablesOfANewOne()
    {
        SqliteStore.OpenForWriting(Folder).Dispose();
        using var other = new TemporaryStore();
        SqliteStore.OpenForWriting(other.Folder).Dispose();

        Schema(Folder).ShouldBe(Schema(other.Folder));
    }

    [Fact]
    public void AReaderGoesOnWhileAWriterMigrates()
    {
        using var reader = SqliteStore.OpenForReading(Folder);
        using var writer = SqliteStore.OpenForWriting(Folder);

        ItsTrialsAreThere(reader);
    }

    [Fact]
    public void AMigrationThatFailsLeavesTheStoreAsItWas()
    {
        Execute("ALTER TABLE results ADD COLUMN test_report TEXT");

        Should.Throw<StoreException>(() => SqliteStore.OpenForWriting(Folder)).Message.ShouldContain("duplicate column name");

        Version().ShouldBe(1);
        using var reader = SqliteStore.OpenForReading(Folder);
        ItsTrialsAreThere(reader);
    }

    private static void ItsTrialsAreThere(SqliteStore store)
    {
        (store.Sweeps()[0].Name, store.Sweeps()[0].Rules).ShouldBe(("old", ReadingRules.Earlier));
        var trials = store.Trials("old");
        trials.Select(trial => trial.Result!.Test.Accuracy).ShouldBe([0.7618, 0.761]);
        trials.ShouldAllBe(trial => trial.State == TrialState.Completed && trial.Result!.TestReport == null && trial.Result.Environment.Precision == "fp32");
        store.Epochs(trials[0].Spec.Id, 1).Count.ShouldBe(1);
        store.Held("old").ShouldBeEmpty();
    }

    private long Version() => Query(Folder, "PRAGMA user_version", reader => reader.GetInt64(0)).Single();

    private static List<string> Schema(StoreFolder folder) =>
        Query(
            folder,
            "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" FROM sqlite_schema m, pragma_table_info(m.name) c ORDER BY m.name, c.cid",
            reader => reader.GetString(0));

    private static List<T> Query<T>(StoreFolder folder, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open(folder);
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private void Execute(string sql)
    {
        using var connection = Open(Folder);
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(StoreFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        return connection;
    }
}
