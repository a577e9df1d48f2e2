using FashionSweep.Coordinator.Storage.Durable;

namespace FashionSweep.Coordinator.Tests.Storage.Durable;

/// <summary>A crash of the process or of the machine at any moment of a run: what was committed is there, nothing is there by half, and it goes on.</summary>
public sealed class CrashTests
{
    private const int Seed = 7;

    // Each moment costs some milliseconds; benchmarks/store looks at all of them.
    private const int EachSo = 5;

    private static readonly Lazy<RecordedRun> Run = new(() => new RecordedRun(Seed, transactions: 120, checkpoint: 7));

    [Fact]
    public void AKillAtAnyMomentCostsNothingThatWasCommitted() => Faults(Run.Value, EachSo, (disk, _) => disk.Killed()).ShouldBeEmpty();

    [Fact]
    public void APowerCutAtAnyMomentCostsNothingThatWasCommitted() => Faults(Run.Value, EachSo, (disk, chance) => disk.PowerCut(chance)).ShouldBeEmpty();

    [Theory]
    [InlineData(Fault.NoSyncOfTheLog)]
    [InlineData(Fault.NoSyncOfTheData)]
    [InlineData(Fault.NoSyncOfNames)]
    public void ASyncThatIsLeftOutIsFound(Fault fault) => Faults(
        new RecordedRun(Seed, transactions: 30, checkpoint: 7, disk => new FaultyDisk(disk, fault)),
        1, (disk, chance) => disk.PowerCut(chance)).ShouldNotBeEmpty();

    internal static List<string> Faults(RecordedRun run, int eachSo, Func<CrashedDisk, Random, RecordedDisk> crash)
    {
        var (disk, chance, faults) = (new CrashedDisk(run.Disk.Steps), new Random(Seed), new List<string>());
        for (; ; disk.Advance())
        {
            if ((disk.Moment % eachSo == 0 || disk.IsAtEnd) && run.FaultOf(crash(disk, chance), disk.Moment) is { } fault)
                faults.Add($"moment {disk.Moment} of {run.Disk.Steps.Count}: {fault}");
            if (disk.IsAtEnd) return faults;
        }
    }

    public enum Fault
    {
        NoSyncOfTheLog,
        NoSyncOfTheData,
        NoSyncOfNames,
    }

    private sealed class FaultyDisk(IDisk disk, Fault fault) : IDisk
    {
        public bool Exists(string path) => disk.Exists(path);

        public IDiskFile Open(string path, bool writing) => new FaultyFile(disk.Open(path, writing), IsFaulty(path));

        public IDiskFile Create(string path) => new FaultyFile(disk.Create(path), IsFaulty(path));

        public void Rename(string path, string name) => disk.Rename(path, name);

        public void Remove(string path) => disk.Remove(path);

        public void SyncNames(string path)
        {
            if (fault != Fault.NoSyncOfNames) disk.SyncNames(path);
        }

        private bool IsFaulty(string path) =>
            fault == (path.EndsWith("-log", StringComparison.Ordinal) ? Fault.NoSyncOfTheLog : Fault.NoSyncOfTheData);

        private sealed class FaultyFile(IDiskFile file, bool isFaulty) : IDiskFile
        {
            public long Length => file.Length;

            public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

            public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

            public void Truncate(long length) => file.Truncate(length);

            public void Sync()
            {
                if (!isFaulty) file.Sync();
            }

            public void Dispose() => file.Dispose();
        }
    }
}
