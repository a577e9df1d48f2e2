using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage.Durable;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Coordinator.Storage;

/// <summary>What a look at all of a store has found.</summary>
/// <param name="Bytes">Of the checkpoints.</param>
/// <param name="DatabaseBytes">Of the database, the checkpoints in it among them.</param>
/// <param name="FreeBytes">Of these, what was given back and is used again before the file grows.</param>
/// <param name="Faults">What is not as it was written, with what to do.</param>
/// <param name="BrokenOff">Sweeps with so many trials that ran when their coordinator ended; none while one works on the store.</param>
/// <param name="Orphans">Files beside the checkpoints that are none of a trial; none while a coordinator works on the store.</param>
public sealed record StoreReport(
    int Sweeps, int Trials, int Attempts, int Epochs, int Checkpoints, long Bytes, long DatabaseBytes, long FreeBytes, IReadOnlyList<string> Faults,
    IReadOnlyList<(string Sweep, int Trials)> BrokenOff, IReadOnlyList<FileInfo> Orphans);

/// <summary>Reads all that is in a store, while its writer goes on: each page of its database, each record, each checkpoint.</summary>
public sealed class StoreCheck
{
    private readonly StoreFolder _folder;
    private readonly IStorePlace _place;
    private readonly List<string> _faults = [];
    private readonly List<(string Sweep, int Trials)> _brokenOff = [];
    private readonly Dictionary<string, long> _kept = [];
    private int _trials;
    private int _attempts;
    private int _epochs;

    private StoreCheck(StoreFolder folder, IStorePlace place) => (_folder, _place) = (folder, place);

    /// <param name="place">The same folder, and how to ask its writer.</param>
    /// <exception cref="StoreException">The database can't be read; says where it is damaged.</exception>
    public static StoreReport Run(StoreFolder folder, IStorePlace place, CancellationToken stop)
    {
        var scratch = Directory.CreateTempSubdirectory("fsweep-check-");
        try
        {
            // Of one moment, and whole: a page whose checksum is wrong is not copied.
            var copy = new StoreFolder(scratch.FullName);
            StoreCopy.Database(place, copy, stop);
            using var records = copy.Open(stop);
            var (bytes, free) = Measure(copy.Database);
            return new StoreCheck(folder, place).Read(records, stop) with { DatabaseBytes = bytes, FreeBytes = free };
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static (long Bytes, long Free) Measure(string database)
    {
        using var file = File.OpenRead(database);
        var (page, free) = (new byte[PageStream.PageBytes], 0L);
        while (file.ReadAtLeast(page, page.Length, throwOnEndOfStream: false) == page.Length)
            if (PageFile.IsFree(page)) free += page.Length;
        return (file.Length, free);
    }

    private StoreReport Read(ITrialRecords records, CancellationToken stop)
    {
        var sweeps = records.Sweeps();
        foreach (var sweep in sweeps)
        {
            var trials = records.Trials(sweep.Name);
            foreach (var trial in trials) Check(records, trial, stop);
            if (records.Tally(sweep) != SweepTally.Of(sweep.Objective, trials)) _faults.Add($"{sweep.Name}: its tally is not what its trials add up to");
            if (!records.FiguresOf(sweep.Name).SequenceEqual(Figures.Of(trials))) _faults.Add($"{sweep.Name}: its figures are not those of its trials");
            if (trials.Count(trial => trial.State == TrialState.Running) is > 0 and var running) _brokenOff.Add((sweep.Name, running));
        }
        var isAtRest = StoreLock.HolderIn(_folder) is null;
        return new StoreReport(
            sweeps.Count, _trials, _attempts, _epochs, _kept.Count, _kept.Values.Sum(), DatabaseBytes: 0, FreeBytes: 0, _faults,
            isAtRest ? _brokenOff : [], isAtRest ? Orphans() : []);
    }

    private void Check(ITrialRecords records, TrialRecord trial, CancellationToken stop)
    {
        var id = trial.Spec.Id;
        var attempts = records.Attempts(id);
        _trials++;
        _attempts += attempts.Count;
        _epochs += attempts.Sum(attempt => records.Epochs(id, attempt.Lease.Attempt).Count);
        if (trial.State == TrialState.Running && attempts is not [.., { EndedAt: null }]) _faults.Add($"{id}: runs, and its last attempt has ended");
        if (trial is { CheckpointKept: true, Result.Checkpoint: var checkpoint } && !_kept.ContainsKey(checkpoint.Sha256)) Check(id, checkpoint, stop);
    }

    private void Check(TrialId trial, Checkpoint checkpoint, CancellationToken stop)
    {
        try
        {
            using var held = _place.Hold(checkpoint, stop) ?? throw new CheckpointException("missing");
            held.Folder.Read(checkpoint);
            _kept.Add(checkpoint.Sha256, checkpoint.Bytes);
        }
        catch (CheckpointException fault)
        {
            _faults.Add($"{trial}: its checkpoint is lost ({fault.Message}): ./fsweep reproduce {trial} --restore makes it again");
        }
    }

    private List<FileInfo> Orphans() => Directory.Exists(_folder.Checkpoints)
        ? [.. new DirectoryInfo(_folder.Checkpoints).GetFiles().Where(file => !_kept.ContainsKey(Path.GetFileNameWithoutExtension(file.Name)))]
        : [];
}
