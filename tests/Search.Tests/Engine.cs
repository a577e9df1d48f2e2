using FashionSweep.Search.Conditions;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Tests;

/// <summary>The engine whose hyperparameters are searched: no other file here names one.</summary>
internal static class Engine
{
    public static ParameterCatalog Catalog => TrainerCatalog.Parameters;

    public static SearchSpace Space(IReadOnlyList<SearchParameter> parameters, IReadOnlyList<Condition>? constraints = null) =>
        new(Catalog, parameters, constraints);

    public static Condition Parse(string text, IReadOnlyCollection<string> names) => Condition.Parse(text, Vocabulary.Of(Catalog, names));
}
