using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Checkpoints;

/// <summary>
/// Snapshots of trials in work, one for each record with the code and kernels that train it: any node of the folder goes on from there to the same
/// bits. A snapshot is never worth a trial: one that can't be written is left out, one that is damaged is not used.
/// </summary>
public sealed class SnapshotFolder
{
    private const string ReportsKey = "fashionsweep.epochs";
    private const string Sha256Key = "fashionsweep.sha256";

    private readonly string _path;
    private readonly string _code;

    public SnapshotFolder(string path)
        : this(path, Code)
    {
    }

    /// <param name="code">As <see cref="Code"/>.</param>
    internal SnapshotFolder(string path, string code) => (_path, _code) = (path, code);

    /// <summary>
    /// What computes here: the ids of the modules, each a hash of what it was compiled from, and the runtime. Release builds are deterministic and know
    /// neither their folder nor their commit, so that nodes on several machines agree where their sources and their SDK do.
    /// </summary>
    /// <remarks>Not what records call the engine, which is its release: a build that computes the same is no change to whoever reproduces a trial.</remarks>
    internal static string Code { get; } = string.Join(
        ' ', IdOf(typeof(SnapshotFolder)), IdOf(typeof(TrialSpec)), RuntimeInformation.FrameworkDescription);

    /// <param name="kernels">Set, version, instruction set and precision: with others the bits would be others.</param>
    public SnapshotFile Of(TrialSpec spec, string kernels)
    {
        var identity = JsonSerializer.SerializeToUtf8Bytes(new { spec, kernels, code = _code });
        return Named(Convert.ToHexStringLower(SHA256.HashData(identity)));
    }

    /// <param name="key">64 hexadecimal digits, as in <see cref="SnapshotFile.Key"/>.</param>
    public SnapshotFile Named(string key) => new(Path.Combine(_path, $"{key}.snapshot"));

    /// <summary>Removes what no trial has written since: what is left of those that were pruned or cancelled.</summary>
    public void DeleteOlderThan(DateTimeOffset time)
    {
        if (!Directory.Exists(_path)) return;
        foreach (var file in Directory.EnumerateFiles(_path))
            if (File.GetLastWriteTimeUtc(file) < time) new SnapshotFile(file).Delete();
    }

    internal static Dictionary<string, string> Metadata(IReadOnlyList<EpochReport> reports, IEnumerable<NamedTensor> state) => new()
    {
        [ReportsKey] = JsonSerializer.Serialize(reports),
        [Sha256Key] = Safetensors.WeightsSha256(state),
    };

    internal static IReadOnlyList<EpochReport>? Reports(SafetensorsFile file) =>
        file.Metadata.GetValueOrDefault(Sha256Key) == Safetensors.WeightsSha256(file.Tensors) && file.Metadata.TryGetValue(ReportsKey, out var reports)
            ? JsonSerializer.Deserialize<List<EpochReport>>(reports)
            : null;

    // Of the engine's own modules: Shared reads the images and measures them.
    private static Guid IdOf(Type type) => type.Module.ModuleVersionId;
}

/// <summary>One trial's snapshot.</summary>
public sealed class SnapshotFile(string path)
{
    public string Path => path;

    /// <summary>The same for the same record, code and kernels, wherever it is trained.</summary>
    public string Key => System.IO.Path.GetFileNameWithoutExtension(path);

    /// <summary>Takes the place of the epoch's before. A reader sees the one or the other, never a part.</summary>
    /// <param name="reports">Of all epochs so far.</param>
    /// <param name="state">All that the trial remembers.</param>
    public void Write(IReadOnlyList<EpochReport> reports, IReadOnlyList<NamedTensor> state)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            // Not flushed to the disk, which would take longer than a small model's epoch: after a power cut the checksum tells.
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
                Safetensors.WriteUnhashed(file, state, SnapshotFolder.Metadata(reports, state));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Delete(unfinished);
        }
    }

    /// <returns>The epochs so far and the state after them; null where there is no snapshot, or a damaged one.</returns>
    public (IReadOnlyList<EpochReport> Reports, IReadOnlyList<NamedTensor> State)? Read()
    {
        try
        {
            if (!File.Exists(path)) return null;
            var file = SafetensorsFile.Read(path);
            return SnapshotFolder.Reports(file) is { } reports ? (reports, file.Tensors) : null;
        }
        catch (Exception fault) when (fault is CheckpointException or IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes the place of this one if it is whole and reaches further.</summary>
    /// <param name="other">In the same folder, and gone afterwards.</param>
    public void Adopt(SnapshotFile other)
    {
        try
        {
            if ((other.Read()?.Reports.Count ?? 0) > (Read()?.Reports.Count ?? 0)) File.Move(other.Path, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Then the epochs are trained again.
        }
        other.Delete();
    }

    public void Delete() => Delete(path);

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It will be overwritten or stay unused.
        }
    }
}
