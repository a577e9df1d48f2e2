namespace FashionSweep.Coordinator.Tests.Storage.Durable;

/// <summary>What a crash leaves of a disk, at each moment of what was done on it. Moments come in order.</summary>
internal sealed class CrashedDisk(IReadOnlyList<DiskStep> steps)
{
    private const int SectorBytes = 4096;

    private readonly Dictionary<Image, State> _files = [];
    private readonly Dictionary<string, Image> _names = [];
    private Dictionary<string, Image> _syncedNames = [];
    private readonly List<DiskStep> _pendingNames = [];

    /// <summary>So many steps were done; the next one is under way.</summary>
    public int Moment { get; private set; }

    public bool IsAtEnd => Moment == steps.Count;

    public void Advance()
    {
        var step = steps[Moment++];
        switch (step)
        {
            case DiskStep.Written written: OfFile(written.File).Do(step); break;
            case DiskStep.Truncated truncated: OfFile(truncated.File).Do(step); break;
            case DiskStep.Synced synced: OfFile(synced.File).Sync(); break;
            case DiskStep.NamesSynced:
                _syncedNames = new(_names);
                _pendingNames.Clear();
                break;
            default:
                Name(_names, step);
                _pendingNames.Add(step);
                break;
        }
    }

    /// <summary>The process was killed: all before is there, and half of the write that is under way.</summary>
    public RecordedDisk Killed()
    {
        var half = !IsAtEnd && steps[Moment] is DiskStep.Written written ? written with { Bytes = written.Bytes[..(written.Bytes.Length / 2)] } : null;
        return new RecordedDisk(_names.Select(pair => KeyValuePair.Create(pair.Key, OfFile(pair.Value).Now.Copy() is var image && half?.File == pair.Value
            ? Written(image, half)
            : image)));
    }

    /// <summary>The power was cut: of what was not synced, each sector is there or not, and each file has one of the lengths that it has had since.</summary>
    public RecordedDisk PowerCut(Random chance)
    {
        var names = new Dictionary<string, Image>(_syncedNames);
        foreach (var step in _pendingNames.Take(chance.Next(_pendingNames.Count + 1))) Name(names, step);
        // Also much and little: a cut mostly comes long after most was written.
        var share = chance.Next(4) switch { 0 => 0.03, 1 => 0.97, _ => 0.5 };
        return new RecordedDisk(names.Select(pair => KeyValuePair.Create(pair.Key, OfFile(pair.Value).Cut(chance, share))));
    }

    private State OfFile(Image file)
    {
        if (!_files.TryGetValue(file, out var state)) _files[file] = state = new State();
        return state;
    }

    private static void Name(Dictionary<string, Image> names, DiskStep step)
    {
        if (step is DiskStep.Made made) names[made.Path] = made.File;
        if (step is DiskStep.Removed removed) names.Remove(removed.Path);
        if (step is DiskStep.Renamed renamed && names.Remove(renamed.Path, out var file)) names[renamed.Name] = file;
    }

    private static Image Written(Image image, DiskStep.Written written)
    {
        image.Write(written.Bytes, written.Offset);
        return image;
    }

    private sealed class State
    {
        private readonly List<DiskStep> _pending = [];
        private Image _synced = new();

        public Image Now { get; } = new();

        public void Do(DiskStep step)
        {
            Do(Now, step);
            _pending.Add(step);
        }

        public void Sync()
        {
            _synced = Now.Copy();
            _pending.Clear();
        }

        public Image Cut(Random chance, double share)
        {
            var (image, lengths) = (_synced.Copy(), new List<long> { _synced.Length });
            foreach (var step in _pending)
            {
                if (step is DiskStep.Truncated && chance.Next(2) == 0) Do(image, step);
                if (step is DiskStep.Written written)
                    foreach (var sector in Sectors(written).Where(_ => chance.NextDouble() < share)) Do(image, sector);
                lengths.Add(step is DiskStep.Truncated truncated ? truncated.Length : Math.Max(lengths[^1], End((DiskStep.Written)step)));
            }
            var length = lengths[chance.Next(lengths.Count)];
            // One that grows may have grown by a part.
            if (chance.Next(3) == 0) length = Math.Min(lengths.Max(), length + (SectorBytes * chance.Next(3)));
            if (_pending.Count > 0) image.Truncate(length);
            return image;
        }

        private static long End(DiskStep.Written written) => written.Offset + written.Bytes.Length;

        private static IEnumerable<DiskStep.Written> Sectors(DiskStep.Written written)
        {
            for (long at = written.Offset, next; at < End(written); at = next)
            {
                next = Math.Min(End(written), ((at / SectorBytes) + 1) * SectorBytes);
                yield return new DiskStep.Written(written.File, at, written.Bytes[(int)(at - written.Offset)..(int)(next - written.Offset)]);
            }
        }

        private static void Do(Image image, DiskStep step)
        {
            if (step is DiskStep.Truncated truncated) image.Truncate(truncated.Length);
            else Written(image, (DiskStep.Written)step);
        }
    }
}
