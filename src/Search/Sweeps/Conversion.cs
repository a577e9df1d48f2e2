using FashionSweep.Search.Sweeps.Foreign;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>A file of another tool as a sweep file.</summary>
/// <param name="Kind">What it was, as <c>a search space of NNI</c>.</param>
/// <param name="Text">The sweep file.</param>
public sealed record Conversion(string Kind, string Text)
{
    /// <param name="catalog">What the engine can be asked.</param>
    /// <exception cref="SweepFileException">The file can't be read, is of no known kind, or nothing in it is known here.</exception>
    public static Conversion Of(string path, ParameterCatalog catalog)
    {
        var faults = new FaultLog(path);
        if (SweepFile.ReadBytes(path, faults) is not { } bytes || SweepFile.Decode(bytes, faults) is not { } text) throw faults.ToException();
        var root = YamlTree.Read(text, faults);
        if (ForeignFiles.Find(root) is not { } kind)
        {
            if (faults.Count == 0)
                faults.Add(
                    new Position(1, 1),
                    $"this is of none of the kinds that can be converted: {ForeignFiles.Kinds}; "
                    + $"./fsweep plan {path} checks a sweep file");
            throw faults.ToException();
        }
        if (faults.Count > 0) throw faults.ToException();
        var search = new ForeignSearch(name => Beside(path, name));
        kind.Read(root!, search);
        var written = new SweepFileText(search, catalog);
        if (written.Write($"{Path.GetFileName(path)}, {kind.Kind}") is { } converted) return new Conversion(kind.Kind, converted);
        var none = search.Parameters.Count == 0 ? "it searches nothing" : $"none of its parameters has a counterpart here: {string.Join(", ", written.Names)}";
        faults.Add(new Position(1, 1), $"this is {kind.Kind}, and {none}; known are {string.Join(", ", catalog.Names)}");
        throw faults.ToException();
    }

    // Only what lies in its folder, or below: a file that came from elsewhere names no others.
    private static string? Beside(string path, string name)
    {
        var folder = Path.GetFullPath(Path.GetDirectoryName(path) is { Length: > 0 } given ? given : ".");
        var other = Path.GetFullPath(Path.Combine(folder, name));
        if (!other.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return null;
        var faults = new FaultLog(other);
        return SweepFile.ReadBytes(other, faults) is { } bytes ? SweepFile.Decode(bytes, faults) : null;
    }
}
