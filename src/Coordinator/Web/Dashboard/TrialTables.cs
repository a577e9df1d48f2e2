using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The tables of the sweeps that somebody looked at last, each with its document. From any thread.</summary>
/// <param name="changed">Of the sweeps whose tables are kept.</param>
/// <param name="run">Names this process among those that served the store.</param>
internal sealed class TrialTables(IStorePlace place, ParameterCatalog catalog, ChangedTrials changed, string run)
{
    private const int Most = 4;

    private readonly Lock _gate = new();

    // The one that was asked for last comes last.
    private readonly List<Kept> _kept = [];
    private long _revision;

    public void Mark(TrialId trial, TrialMark mark)
    {
        lock (_gate) Find(trial.Sweep)?.Table.Mark(trial.Number, mark);
    }

    /// <summary>The store is another one now.</summary>
    public void Forget()
    {
        lock (_gate) _kept.Clear();
    }

    /// <summary>The document of a sweep's trials, in JSON.</summary>
    /// <param name="since">A revision as a document has said it; null, or one that leads nowhere, for all of it.</param>
    /// <param name="isGzipped">What is whole is kept so for who asks next.</param>
    /// <returns>Null where there is no such sweep.</returns>
    public byte[]? Document(string sweep, string? since, bool isGzipped)
    {
        lock (_gate)
        {
            if (Bring(sweep) is not { } kept) return null;
            return RevisionIn(since) is { } revision && kept.Table.Continues(revision) ? Write(kept.Table, revision, isGzipped) : Whole(kept, isGzipped);
        }
    }

    /// <summary>Somebody is told the news of a sweep from now on.</summary>
    public void Begin(string sweep)
    {
        lock (_gate)
            if (Bring(sweep) is { Told: 0 } kept) kept.Told = kept.Table.Revision;
    }

    /// <summary>What has changed since this was asked last, in JSON.</summary>
    /// <returns>Null where nothing has.</returns>
    public byte[]? News(string sweep)
    {
        lock (_gate)
        {
            if (Bring(sweep) is not { } kept || kept.Table.Revision == kept.Told) return null;
            var told = kept.Told;
            kept.Told = kept.Table.Revision;
            // Of one that was read again meanwhile nobody knows what has changed.
            return Write(kept.Table, kept.Table.Continues(told) ? told : null, isGzipped: false);
        }
    }

    /// <summary>Reads something of a table.</summary>
    /// <returns>Nothing where there is no such sweep.</returns>
    public T? Read<T>(string sweep, Func<TrialTable, T> read)
    {
        lock (_gate) return Bring(sweep) is { } kept ? read(kept.Table) : default;
    }

    /// <summary>The figures of a sweep's trials as they are now, by number.</summary>
    /// <returns>Null where there is no such sweep.</returns>
    public (SweepRecord Sweep, IReadOnlyList<TrialFigures> Trials)? Figures(string sweep)
    {
        lock (_gate) return Bring(sweep) is { Table: var table } ? (table.Sweep, [.. table.Rows.Select(row => row.Figures)]) : null;
    }

    private Kept? Find(string sweep) => _kept.Find(kept => kept.Table.Sweep.Name == sweep);

    private Kept? Bring(string sweep)
    {
        var (kept, stale) = (Find(sweep), changed.Take(sweep));
        if (kept is null || stale.Count > 0)
        {
            using var records = place.Open();
            if (kept is not null) kept.Table.Refresh(records, stale);
            else if (records.Sweeps().FirstOrDefault(one => one.Name == sweep) is { } found) kept = Follow(records, found);
            else return null;
        }
        _kept.Remove(kept);
        _kept.Add(kept);
        if (_kept.Count > Most) Drop(_kept[0]);
        return kept;
    }

    private Kept Follow(ITrialRecords records, SweepRecord sweep)
    {
        changed.Follow(sweep.Name);
        return new Kept(TrialTable.Of(records, sweep, catalog, () => ++_revision));
    }

    private void Drop(Kept kept)
    {
        _kept.Remove(kept);
        changed.Leave(kept.Table.Sweep.Name);
    }

    private byte[] Whole(Kept kept, bool isGzipped)
    {
        if (!isGzipped) return Write(kept.Table, since: null, isGzipped);
        if (kept.Whole is null || kept.WholeAt != kept.Table.Revision) (kept.Whole, kept.WholeAt) = (Write(kept.Table, null, isGzipped), kept.Table.Revision);
        return kept.Whole;
    }

    private byte[] Write(TrialTable table, long? since, bool isGzipped)
    {
        using var bytes = new MemoryStream();
        using (var body = isGzipped ? new GZipStream(bytes, CompressionLevel.Optimal) : (Stream)bytes)
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ControlJson.Lenient.Encoder }))
            new TrialColumns(table, run, json).Write(since);
        return bytes.ToArray();
    }

    private long? RevisionIn(string? since) =>
        since is not null && since.StartsWith($"{run}-", StringComparison.Ordinal)
        && long.TryParse(since.AsSpan(run.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : null;

    private sealed class Kept(TrialTable table)
    {
        public TrialTable Table => table;

        /// <summary>The revision that readers of its news have; 0 before there are any.</summary>
        public long Told { get; set; }

        public byte[]? Whole { get; set; }

        public long WholeAt { get; set; }
    }
}
