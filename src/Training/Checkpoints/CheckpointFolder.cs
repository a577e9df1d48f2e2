using System.Security.Cryptography;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Checkpoints;

/// <summary>A folder of checkpoints, each named by the SHA-256 of its bytes. Any number of threads and processes may save into it.</summary>
public sealed class CheckpointFolder(string path)
{
    public SnapshotFolder Snapshots { get; } = new(Path.Combine(path, "snapshots"));

    public string PathOf(Checkpoint checkpoint) => Path.Combine(path, checkpoint.FileName);

    /// <summary>Saves a trial's weights with its record. A reader never sees a file in part, and the same trial gives the same file.</summary>
    public Checkpoint Save(CheckpointRecord record, IReadOnlyList<NamedTensor> tensors)
    {
        Directory.CreateDirectory(path);
        var unfinished = Path.Combine(path, $"{Guid.NewGuid():N}.tmp");
        try
        {
            var checkpoint = WriteSynced(unfinished, record, tensors);
            File.Move(unfinished, PathOf(checkpoint), overwrite: true);
            return checkpoint;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Takes a copy of a file from elsewhere.</summary>
    /// <exception cref="CheckpointException">The file is damaged; says how.</exception>
    public Checkpoint Import(string file)
    {
        SafetensorsFile.Read(file);
        Directory.CreateDirectory(path);
        var unfinished = Path.Combine(path, $"{Guid.NewGuid():N}.tmp");
        try
        {
            File.Copy(file, unfinished);
            using var copy = File.OpenRead(unfinished);
            var checkpoint = new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(copy)), copy.Length);
            File.Move(unfinished, PathOf(checkpoint), overwrite: true);
            return checkpoint;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <exception cref="CheckpointException">The file is damaged; says how.</exception>
    public SafetensorsFile Read(Checkpoint checkpoint) => SafetensorsFile.Read(PathOf(checkpoint));

    /// <summary>Removes a checkpoint, if it is there.</summary>
    public void Delete(Checkpoint checkpoint) => File.Delete(PathOf(checkpoint));

    private static Checkpoint WriteSynced(string path, CheckpointRecord record, IReadOnlyList<NamedTensor> tensors)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var (sha256, bytes) = Safetensors.Write(file, tensors, record.ToMetadata());
        file.Flush(flushToDisk: true);
        return new Checkpoint(sha256, bytes);
    }
}
