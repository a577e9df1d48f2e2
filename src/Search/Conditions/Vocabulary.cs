using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Conditions;

/// <summary>All that a condition may compare; any other word is a text.</summary>
/// <param name="RuleOf">What the values of a name may be; null where that isn't known.</param>
public sealed record Vocabulary(IReadOnlyCollection<string> Names, Func<string, ValueRule?> RuleOf)
{
    /// <summary>The hyperparameters of a catalogue.</summary>
    public static Vocabulary Of(ParameterCatalog catalog) => Of(catalog, catalog.Names);

    /// <param name="names">Those of hyperparameters, and others.</param>
    public static Vocabulary Of(ParameterCatalog catalog, IReadOnlyCollection<string> names) => new(names, name => catalog.Find(name)?.Rule);
}
