using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>What a hyperparameter is in a trial that doesn't set it.</summary>
public sealed record ParameterDefault
{
    public static ParameterDefault None { get; } = new();

    public static ParameterDefault SweepSeed { get; } = new() { IsSweepSeed = true };

    /// <summary>In new trials, where nothing else is said.</summary>
    public ParameterValue? Usual { get; init; }

    /// <summary>In records of releases that didn't have the hyperparameter yet: what trials did before it existed. Null where every record has it.</summary>
    public ParameterValue? Earlier { get; init; }

    public bool IsSweepSeed { get; private init; }

    /// <summary>
    /// Sets without the hyperparameter mean its default, which is written into none: those of releases that didn't have it look as those of this one.
    /// </summary>
    public bool IsImplied { get; private init; }

    /// <summary>In new trials, beside others: the first that holds.</summary>
    public IReadOnlyList<(Beside Beside, ParameterValue Value)> Exceptions { get; private init; } = [];

    /// <summary>There is none beside this, whether the trial is new or not.</summary>
    public Beside? NoneBeside { get; init; }

    /// <summary>It isn't the same in all trials, of this release and of others.</summary>
    public bool IsDependent => IsSweepSeed || Exceptions.Count > 0 || Usual != Earlier;

    public static ParameterDefault Of(ParameterValue value) => new() { Usual = value, Earlier = value };

    /// <summary>As <see cref="IsImplied"/> says.</summary>
    public static ParameterDefault Implied(ParameterValue value) => Of(value) with { IsImplied = true };

    /// <param name="values">Of the other one; none where it need only be given.</param>
    public ParameterDefault But(ParameterValue value, string other, params IReadOnlyList<string> values) =>
        this with { Exceptions = [.. Exceptions, (new Beside(other, values), value)] };

    /// <summary>What is written into a new trial that sets others.</summary>
    /// <returns>Null where there is none.</returns>
    public ParameterValue? In(ParameterSet chosen, long sweepSeed)
    {
        if (NoneBeside?.Holds(chosen) == true) return null;
        if (IsSweepSeed) return sweepSeed;
        foreach (var (beside, value) in Exceptions)
            if (beside.Holds(chosen)) return value;
        return IsImplied ? null : Usual;
    }
}
