using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>A file that a verb writes where none was: there as a whole or not at all.</summary>
internal static class NewFile
{
    /// <exception cref="InputException">It is there already, or its folder is not; asked before the work that it is to hold.</exception>
    public static string Require(string file, string option)
    {
        if (file.Length == 0) throw new InputException($"{option} is empty, must be the name of a file");
        if (Path.Exists(file)) throw new InputException($"{file}: is there already, and is not written over: name another file with {option} FILE");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file));
        return Directory.Exists(folder) ? file : throw new InputException($"{file}: there is no folder {folder}");
    }

    /// <summary>Never in the place of one that came meanwhile.</summary>
    /// <param name="write">Given the path of a part beside it.</param>
    public static void Write(string file, Action<string> write)
    {
        var part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            write(part);
            File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
