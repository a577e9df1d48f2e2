using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>A key that a mapping of a sweep file may have: the readers know it by its name, the schema says the rest.</summary>
internal sealed record FileKey(string Name, string Meaning, KeyShape Shape);

/// <summary>What the value of a key may be.</summary>
internal abstract record KeyShape
{
    private KeyShape()
    {
    }

    public sealed record Text : KeyShape;

    /// <summary>A scalar, or a list where the rule is of lists.</summary>
    public sealed record Value(ValueRule Rule) : KeyShape;

    public sealed record List(KeyShape Item) : KeyShape;

    public sealed record Mapping(IReadOnlyList<FileKey> Keys, IReadOnlyList<string> Required) : KeyShape;

    public sealed record Either(IReadOnlyList<KeyShape> Shapes) : KeyShape;

    /// <summary>Hyperparameters by name, or groups of them.</summary>
    public sealed record Parameters : KeyShape;

    /// <summary>Passed over, whatever it is.</summary>
    public sealed record Anything : KeyShape;
}
