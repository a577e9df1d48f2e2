using System.Runtime.CompilerServices;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>What a trial's parameters come to: sets of one meaning train the same model in the same way.</summary>
internal sealed class Meaning
{
    private static readonly ConditionalWeakTable<ParameterCatalog, Meaning> Known = [];

    private readonly ParameterCatalog _catalog;

    private Meaning(ParameterCatalog catalog)
    {
        _catalog = catalog;
        var vocabulary = Vocabulary.Of(catalog);
        Needs = [.. catalog.All.SelectMany(parameter => NeedsOf(parameter, vocabulary))];
        Alike = [.. catalog.ComeTo.Select(rule => new Likeness(rule.Name, rule.Value, Condition.Parse(rule.Where, vocabulary)))];
    }

    /// <summary>What must hold for a parameter to do anything; each of those of one parameter.</summary>
    public IReadOnlyList<Need> Needs { get; }

    /// <summary>Values that do what others do, in the order in which they are looked at.</summary>
    public IReadOnlyList<Likeness> Alike { get; }

    public static Meaning In(ParameterCatalog catalog) => Known.GetValue(catalog, static catalog => new Meaning(catalog));

    /// <param name="complete">Of a trial, be it that of an earlier release.</param>
    /// <returns>Equal sets for trials that would be equal. Nothing can be trained by it.</returns>
    public ParameterSet Of(ParameterSet complete)
    {
        var (known, idle) = Settle(_catalog.WithDefaults(complete));
        return new ParameterSet(
            (_catalog.Allows(known) ? _catalog.Plain.Of(known) : known)
                .Where(pair => !idle.Contains(pair.Key) && !IsImplied(pair.Key, pair.Value))
                .Select(pair => KeyValuePair.Create(pair.Key, OneKind(pair.Key, pair.Value))));
    }

    /// <summary>Those of the chosen parameters that make a difference: what can be learned from a result.</summary>
    public ParameterSet Telling(ParameterSet chosen)
    {
        var idle = Settle(_catalog.Complete(chosen, sweepSeed: 0)).Idle;
        return chosen.Any(pair => idle.Contains(pair.Key)) ? new ParameterSet(chosen.Where(pair => !idle.Contains(pair.Key))) : chosen;
    }

    /// <summary>The parameters that do nothing beside the others of a complete set.</summary>
    public IReadOnlySet<string> IdleIn(ParameterSet complete) => Settle(_catalog.WithDefaults(complete)).Idle;

    private (ParameterSet Known, HashSet<string> Idle) Settle(ParameterSet complete)
    {
        var known = complete;
        foreach (var (name, value, where) in Alike)
            if (where.Holds(other => known[other])) known = known.With([new(name, value)]);
        return (known, [.. Needs.Where(need => !need.Condition.Holds(other => known[other])).Select(need => need.Name)]);
    }

    // A set that says so means what one does that doesn't.
    private bool IsImplied(string name, ParameterValue value) => _catalog.Find(name)?.Default is { IsImplied: true } implied && implied.Usual == value;

    // 0 and 0.0 are one number where numbers need not be whole, and so are 0 and -0.
    private ParameterValue OneKind(string name, ParameterValue value) => (_catalog.Find(name)?.Rule, value) switch
    {
        (ValueRule.Number, ParameterValue.Whole whole) => (double)whole.Value,
        (ValueRule.Number, ParameterValue.Real { Value: 0 }) => 0.0,
        _ => value,
    };

    private static IEnumerable<Need> NeedsOf(Hyperparameter parameter, Vocabulary vocabulary)
    {
        if (parameter.MattersBeside is { } beside)
        {
            IReadOnlyList<ParameterValue> values = [.. beside.Values.Select(value => (ParameterValue)value)];
            yield return new Need(parameter.Name, Condition.Among([new(beside.Other, values)]));
        }
        if (parameter.MattersWhere is { } where) yield return new Need(parameter.Name, Condition.Parse(where, vocabulary));
    }
}

/// <summary>A parameter does nothing in trials of which a condition doesn't hold.</summary>
internal sealed record Need(string Name, Condition Condition);

/// <summary>A parameter does what it would do with another value in trials of which a condition holds.</summary>
internal sealed record Likeness(string Name, ParameterValue Value, Condition Where);
