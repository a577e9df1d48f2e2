using System.Security.Cryptography;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Checkpoints;

/// <summary>A folder of checkpoints, each named by the SHA-256 of its bytes. Any number of threads and processes may save into it.</summary>
public sealed class CheckpointFolder
{
    private readonly string _path;
    private readonly Action<string, string> _place;

    public CheckpointFolder(string path)
        : this(path, DurableFile.Place)
    {
    }

    /// <param name="place">As <see cref="DurableFile.Place(string, string)"/>.</param>
    internal CheckpointFolder(string path, Action<string, string> place)
    {
        (_path, _place) = (path, place);
        Snapshots = new SnapshotFolder(Path.Combine(path, "snapshots"));
    }

    public SnapshotFolder Snapshots { get; }

    public string PathOf(Checkpoint checkpoint) => Path.Combine(_path, checkpoint.FileName);

    /// <summary>
    /// Saves a trial's weights with its record. A reader never sees a file in part, the same trial gives the same file, and what has been saved is still
    /// there after a power cut.
    /// </summary>
    public Checkpoint Save(CheckpointRecord record, IReadOnlyList<NamedTensor> tensors) => Add(unfinished =>
    {
        using var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write);
        var (sha256, bytes) = Safetensors.Write(file, tensors, record.ToMetadata());
        return new Checkpoint(sha256, bytes);
    });

    /// <summary>Takes a copy of a file from elsewhere, with the same promises.</summary>
    /// <exception cref="CheckpointException">The file is damaged; says how.</exception>
    public Checkpoint Import(string file)
    {
        SafetensorsFile.Read(file);
        return Add(unfinished =>
        {
            File.Copy(file, unfinished);
            using var copy = File.OpenRead(unfinished);
            return new Checkpoint(Convert.ToHexStringLower(SHA256.HashData(copy)), copy.Length);
        });
    }

    /// <exception cref="CheckpointException">The file is missing, or its bytes are others than its name says; says which.</exception>
    public SafetensorsFile Read(Checkpoint checkpoint)
    {
        try
        {
            return SafetensorsFile.Read(PathOf(checkpoint), checkpoint.Sha256);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException($"{PathOf(checkpoint)}: there is no such checkpoint");
        }
    }

    /// <summary>Removes a checkpoint, if it is there.</summary>
    public void Delete(Checkpoint checkpoint) => File.Delete(PathOf(checkpoint));

    private Checkpoint Add(Func<string, Checkpoint> write)
    {
        DurableFile.CreateFolder(_path);
        var unfinished = Path.Combine(_path, $"{Guid.NewGuid():N}.tmp");
        try
        {
            var checkpoint = write(unfinished);
            _place(unfinished, PathOf(checkpoint));
            return checkpoint;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
