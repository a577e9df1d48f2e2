using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>One hyperparameter that a sweep may set: all that is to be known of it.</summary>
/// <param name="Group">Under which it is described.</param>
public abstract record Hyperparameter(string Group, string Name, ValueRule Rule, string Meaning)
{
    public ParameterDefault Default { get; init; } = ParameterDefault.None;

    /// <summary>Names that other tools have made known.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>What it is where a file says that there is none of it, as null does; null where that can't be.</summary>
    public ParameterValue? Off { get; init; }

    /// <summary>Another hyperparameter that is meant where several lists of whole numbers stand under this one's names.</summary>
    public string? ListsMean { get; init; }

    /// <summary>A single list of whole numbers, as its <c>value</c>, is of <see cref="ListsMean"/> too.</summary>
    public bool OneListIsMeant { get; init; }

    /// <summary>Another hyperparameter that is meant where whole numbers stand under this one's names.</summary>
    public string? NumbersMean { get; init; }

    /// <summary>Names of single items of this list, with # where their number stands: <c>layer_#_size</c>.</summary>
    public IReadOnlyList<string> ItemNames { get; init; } = [];

    /// <summary>It does nothing but beside this: a trial of sgd has no beta1. Null where it always does something.</summary>
    public Beside? MattersBeside { get; init; }

    /// <summary>Nor but where this condition holds, in the words of sweep files: one hidden layer has a width. Null where none is needed.</summary>
    public string? MattersWhere { get; init; }

    /// <summary>All that stands for its name, without what makes no difference; each once.</summary>
    public IEnumerable<string> Spellings => OtherNames.Prepend(Name).Select(Spelling.Plain).Distinct();

    public bool IsIn(ParameterSet set) => set[Name] is not null;

    /// <summary>What it is in a complete set, be it that the set doesn't say so.</summary>
    /// <returns>Null where there is none of it.</returns>
    public ParameterValue? ValueIn(ParameterSet complete) => complete[Name] ?? (Default.IsImplied ? Default.Usual : null);
}

/// <summary>A hyperparameter that its engine reads as a <typeparamref name="T"/>.</summary>
/// <param name="Read">Of a value that the rule allows.</param>
public sealed record Hyperparameter<T>(string Group, string Name, ValueRule Rule, string Meaning, Func<ParameterValue, T> Read)
    : Hyperparameter(Group, Name, Rule, Meaning)
{
    /// <summary>What it is in a set whose rules have been checked.</summary>
    /// <exception cref="InvalidOperationException">It isn't there.</exception>
    public T In(ParameterSet complete) => ValueIn(complete) is { } value ? Read(value) : throw new InvalidOperationException($"{Name} is missing.");
}
