using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads which finished sweeps a sweep starts from: a name, or a list of names. Whether there are such is for who has the store.</summary>
internal sealed class PriorReader(FaultLog faults)
{
    private const int Most = 10;

    public const string Key = "prior";

    public static KeyShape Shape { get; } = new KeyShape.Either([new KeyShape.Text(), new KeyShape.List(new KeyShape.Text())]);

    /// <param name="sweep">The name of the one that is read.</param>
    public IReadOnlyList<string> Read(YamlEntry? entry, string sweep)
    {
        switch (entry?.Value)
        {
            case null or YamlValue.Unreadable:
                return [];
            case YamlValue.Scalar { IsNull: false } one:
                return ReadAll([one], sweep);
            case YamlValue.Sequence { Items.Count: > 0 and <= Most } list:
                return ReadAll(list.Items, sweep);
            default:
                var written = entry.Value is YamlValue.Sequence { Items.Count: var count } ? Counted(count) : entry.Value.ToString();
                faults.Add(entry.ValueAt, $"{Key} is {written}, must be the name of a finished sweep, or a list of 1 to {Most} of them");
                return [];
        }
    }

    private static string Counted(int items) => items == 0 ? "an empty list" : $"a list of {items}";

    private List<string> ReadAll(IReadOnlyList<YamlValue> items, string sweep)
    {
        var names = new List<string>();
        foreach (var item in items)
            switch (item)
            {
                case YamlValue.Unreadable:
                    break;
                case not YamlValue.Scalar or YamlValue.Scalar { IsNull: true }:
                    faults.Add(item.At, $"an item of {Key} is {item}, must be the name of a finished sweep");
                    break;
                case YamlValue.Scalar { Text: var name } when name == sweep:
                    faults.Add(item.At, $"{Key} is {Printable.Short(name)}, which is this sweep itself: give this one another name");
                    break;
                case YamlValue.Scalar { Text: var name } when names.Contains(name):
                    faults.Add(item.At, $"{Printable.Short(name)} is twice in {Key}, must be there once");
                    break;
                case YamlValue.Scalar { Text: var name }:
                    names.Add(name);
                    break;
            }
        return names;
    }
}
