using System.Buffers;
using System.Text;
using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Foreign;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>A sweep file that was read and checked.</summary>
/// <param name="Source">Its text, to the byte.</param>
public sealed record SweepFile(string Path, string Source, SweepSpec Spec)
{
    /// <summary>A file beyond this is not a sweep file; reading stops there.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code).Except(['\t', '\n', '\r']), '\u007f']);

    /// <param name="catalog">What the engine can be asked.</param>
    /// <exception cref="SweepFileException">The file can't be read, or is wrong; holds every fault.</exception>
    public static SweepFile Load(string path, ParameterCatalog catalog)
    {
        var faults = new FaultLog(path);
        var bytes = ReadBytes(path, faults);
        return bytes is null ? throw faults.ToException() : Parse(path, bytes, catalog);
    }

    /// <param name="path">Names the sweep where its text doesn't, and stands in every fault.</param>
    /// <param name="catalog">What the engine can be asked.</param>
    /// <param name="rules">Those of a stored sweep; else those of this release.</param>
    /// <exception cref="SweepFileException">The text is wrong; holds every fault.</exception>
    public static SweepFile Parse(string path, ReadOnlySpan<byte> bytes, ParameterCatalog catalog, ReadingRules rules = ReadingRules.BayesIsGp)
    {
        var faults = new FaultLog(path);
        if (Decode(bytes, faults) is { } text && ReadSpec(path, text, catalog, rules, faults) is { } spec && faults.Count == 0)
            return new SweepFile(path, text, spec);
        throw faults.ToException();
    }

    /// <summary>Faults of values that only their user can judge, each at its place.</summary>
    /// <param name="parameter">Whose they are.</param>
    /// <param name="found">Each value as the file writes it, with what is wrong.</param>
    public SweepFileException FaultsOf(string parameter, IEnumerable<(string Value, string Message)> found)
    {
        var faults = new FaultLog(Path);
        var places = YamlTree.Read(Source, new FaultLog(Path)) is { } root ? ScalarsOf(parameter, root, Spec.Catalog).ToList() : [];
        foreach (var (value, message) in found) faults.Add(places.Find(scalar => scalar.Text == value)?.At ?? Position.WholeFile, message);
        return faults.ToException();
    }

    /// <summary>All that a file says under a parameter's name, as it is written, be the file right or not.</summary>
    public static IReadOnlyList<string> WordsOf(string parameter, string path, ParameterCatalog catalog)
    {
        var faults = new FaultLog(path);
        return ReadBytes(path, faults) is { } bytes && Decode(bytes, faults) is { } text && YamlTree.Read(text, faults) is { } root
            ? [.. ScalarsOf(parameter, root, catalog).Select(scalar => scalar.Text)]
            : [];
    }

    /// <summary>Faults of sweeps that it starts from, each at its place.</summary>
    /// <param name="found">Each name as the file writes it, with what is wrong.</param>
    public SweepFileException FaultsOfPrior(IEnumerable<(string Name, string Message)> found)
    {
        var faults = new FaultLog(Path);
        var value = (YamlTree.Read(Source, new FaultLog(Path)) as YamlValue.Mapping)?.Entries.FirstOrDefault(entry => entry.Key == PriorReader.Key)?.Value;
        IReadOnlyList<YamlValue> items = value is YamlValue.Sequence list ? list.Items : value is null ? [] : [value];
        foreach (var (name, message) in found)
            faults.Add(
                items.FirstOrDefault(item => item is YamlValue.Scalar scalar && scalar.Text == name)?.At ?? Position.WholeFile,
                $"{PriorReader.Key} is {Printable.Short(name)}: {message}");
        return faults.ToException();
    }

    /// <summary>A fault of one value that only the machine can judge on which the sweep is to run.</summary>
    /// <param name="keys">Those that lead to it, from the top.</param>
    public SweepFileException FaultAt(IEnumerable<string> keys, string message)
    {
        var faults = new FaultLog(Path);
        var value = YamlTree.Read(Source, new FaultLog(Path));
        foreach (var key in keys) value = (value as YamlValue.Mapping)?.Entries.FirstOrDefault(entry => entry.Key == key)?.Value;
        faults.Add(value?.At ?? Position.WholeFile, message);
        return faults.ToException();
    }

    // Under its name, however it is spelled and in whichever group.
    private static IEnumerable<YamlValue.Scalar> ScalarsOf(string parameter, YamlValue value, ParameterCatalog catalog, bool isInside = false) => value switch
    {
        YamlValue.Scalar scalar => isInside ? [scalar] : [],
        YamlValue.Sequence list => list.Items.SelectMany(item => ScalarsOf(parameter, item, catalog, isInside)),
        YamlValue.Mapping mapping => mapping.Entries.SelectMany(
            entry => ScalarsOf(parameter, entry.Value, catalog, isInside || catalog.FindIn(NamePath.Parts(entry.Key))?.Name == parameter)),
        _ => [],
    };

    private static SweepSpec? ReadSpec(string path, string text, ParameterCatalog catalog, ReadingRules rules, FaultLog faults)
    {
        var root = YamlTree.Read(text, faults);
        // What is right in another tool's file would be a fault on every line here.
        if (ForeignFiles.Find(root) is { } foreign) throw new SweepFileException(path, [new SweepFault(path, 1, 1, ForeignFiles.Advice(foreign, path))]);
        return root is null ? null : new SpecReader(System.IO.Path.GetFileNameWithoutExtension(path), catalog, rules, faults).Read(root);
    }

    internal static byte[]? ReadBytes(string path, FaultLog faults)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MaxBytes + 1];
            return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            faults.Add(Position.WholeFile, $"there is no such file{SuggestNeighbour(path)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            faults.Add(Position.WholeFile, Directory.Exists(path) ? "this is a folder, must be a sweep file" : $"the file can't be read: {fault.Message}");
        }
        return null;
    }

    private static string SuggestNeighbour(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path) ?? "";
        var files = new DirectoryInfo(folder is "" ? "." : folder);
        if (!files.Exists) return "";
        var names = files.EnumerateFiles("*", new EnumerationOptions())
            .Where(file => file.Extension is ".yaml" or ".yml" or ".json")
            .Select(file => file.Name)
            .Order(StringComparer.Ordinal);
        return Nearest.Of(System.IO.Path.GetFileName(path), names) is { } name ? $"; did you mean {System.IO.Path.Combine(folder, name)}?" : "";
    }

    /// <returns>The text; null after a fault.</returns>
    internal static string? Decode(ReadOnlySpan<byte> bytes, FaultLog faults)
    {
        if (bytes.Length > MaxBytes)
        {
            faults.Add(Position.WholeFile, $"the file is larger than 1 MiB, must be at most {MaxBytes} bytes");
            return null;
        }
        try
        {
            var text = StrictUtf8.GetString(bytes);
            // The YAML scanner takes a NUL for the end of the file and would pass over all that follows it.
            var forbidden = text.AsSpan().IndexOfAny(ControlCharacters);
            if (forbidden < 0) return text;
            faults.Add(After(text.AsSpan(0, forbidden)), $"control character {(int)text[forbidden]}, must be text");
        }
        catch (DecoderFallbackException fault)
        {
            var before = Encoding.UTF8.GetString(bytes[..fault.Index]);
            faults.Add(After(before), $"byte 0x{bytes[fault.Index]:x2} is not UTF-8: save the file as UTF-8");
        }
        return null;
    }

    private static Position After(ReadOnlySpan<char> text) => new(text.Count('\n') + 1, text.Length - text.LastIndexOf('\n'));
}
