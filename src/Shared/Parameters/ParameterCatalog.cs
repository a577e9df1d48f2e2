using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Parameters;

/// <summary>What an engine can be asked: its hyperparameters, and what holds across them. Sweep files are checked against it, trials completed by it.</summary>
public sealed class ParameterCatalog
{
    private readonly Dictionary<string, Hyperparameter> _byName;
    private readonly Dictionary<string, Hyperparameter> _bySpelling = [];
    private readonly Dictionary<string, Hyperparameter> _byTerse = [];
    private readonly Dictionary<string, Hyperparameter> _byItem = [];
    private readonly Func<ParameterSet, IEnumerable<string>> _conflicts;
    private readonly List<Hyperparameter> _dependent;
    private readonly ParameterSet _earlier;
    private readonly ParameterSet _always;
    private readonly List<(Beside Beside, ParameterSet Earlier)> _unless;

    /// <param name="all">In the order in which they are listed.</param>
    /// <param name="conflicts">The rules across them that a complete set breaks, each as one sentence.</param>
    /// <param name="foreign">What else files of other scripts set; none where there is nothing to say of it.</param>
    /// <exception cref="ArgumentException">A name stands for two of them.</exception>
    public ParameterCatalog(
        IReadOnlyList<Hyperparameter> all, Func<ParameterSet, IEnumerable<string>> conflicts, IReadOnlyList<ForeignName>? foreign = null)
    {
        (All, _conflicts, Foreign) = (all, conflicts, foreign ?? []);
        Names = [.. all.Select(parameter => parameter.Name)];
        _byName = all.ToDictionary(parameter => parameter.Name);
        foreach (var parameter in all)
        {
            foreach (var spelling in parameter.Spellings) Enter(spelling, parameter);
            foreach (var name in parameter.OtherNames.Prepend(parameter.Name)) _byTerse.TryAdd(Spelling.Terse(name), parameter);
            foreach (var item in parameter.ItemNames) _byItem[Spelling.Plain(item)] = parameter;
        }
        _dependent = [.. all.Where(parameter => parameter.Default.IsDependent)];
        _earlier = EarlierOf(all);
        _always = EarlierOf(all.Where(parameter => parameter.Default.NoneBeside is null));
        _unless =
        [
            .. all.Where(parameter => parameter.Default.NoneBeside is not null)
                .GroupBy(parameter => parameter.Default.NoneBeside!, (beside, those) => (beside, EarlierOf(those))),
        ];
    }

    public IReadOnlyList<Hyperparameter> All { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>What files of other scripts set beside hyperparameters.</summary>
    public IReadOnlyList<ForeignName> Foreign { get; }

    /// <summary>Values that come to others, in the order in which they are looked at.</summary>
    public IReadOnlyList<ComesTo> ComeTo { get; init; } = [];

    public PlainWording Plain { get; init; } = PlainWording.None;

    /// <summary>How it is with a user's own model among the others; null where there can be none.</summary>
    public Func<OwnModel, ParameterCatalog>? Extend { get; init; }

    /// <summary>The same with a user's own model.</summary>
    /// <param name="own">Null where there is none; without a fault.</param>
    public ParameterCatalog With(OwnModel? own) => own is null || Extend is null ? this : Extend(own);

    /// <summary>These names in the order in which they are listed, and behind them, by name, those that it does not know.</summary>
    public IEnumerable<string> InOrder(IReadOnlyCollection<string> names) => Names.Where(names.Contains).Union(names.Order(StringComparer.Ordinal));

    public Hyperparameter? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>By its name or one of its other names, however it is spelled.</summary>
    public Hyperparameter? FindSpelled(string written) =>
        _bySpelling.GetValueOrDefault(Spelling.Plain(written)) ?? _byTerse.GetValueOrDefault(Spelling.Terse(written));

    /// <summary>By the longest end of a name with its groups that is known, however it is spelled; the name of a group is what the group is called.</summary>
    public Hyperparameter? FindIn(IReadOnlyList<string> path)
    {
        foreach (var (end, isWhole) in NamePath.Ends(path))
        {
            if (_bySpelling.GetValueOrDefault(end) is { } known) return known;
            if (Foreign.Any(name => isWhole ? name.Is(end) : name.IsExactly(end))) return null;
        }
        if (path.Count == 0) return null;
        return _byTerse.GetValueOrDefault(Spelling.Terse(path[^1]))
            ?? (path.Count > 1 && NamePath.OwnNames.Contains(path[^1]) ? FindIn([.. path.SkipLast(1)]) : null);
    }

    /// <summary>What a name with its groups is, where it is no hyperparameter.</summary>
    public ForeignName? FindForeign(IReadOnlyList<string> path)
    {
        foreach (var (end, isWhole) in NamePath.Ends(path))
            if (Foreign.FirstOrDefault(name => isWhole ? name.Is(end) : name.IsExactly(end)) is { } found) return found;
        return path.SkipLast(1).Select(group => Foreign.FirstOrDefault(name => name.HoldsItsGroup && name.Is(Spelling.Plain(group))))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>The list that a name with a number is a single item of, as <c>layer_1_size</c>; null where it is none.</summary>
    public (Hyperparameter List, int Number)? FindItem(string written)
    {
        var plain = Spelling.Plain(written);
        var first = plain.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0) return null;
        var length = plain.AsSpan(first).IndexOfAnyExceptInRange('0', '9');
        var digits = length < 0 ? plain[first..] : plain.Substring(first, length);
        var name = $"{plain[..first]}#{plain[(first + digits.Length)..]}";
        return digits.Length <= 3 && _byItem.TryGetValue(name, out var list) ? (list, int.Parse(digits, CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>The chosen parameters with every other one at its default: a set that says all by itself.</summary>
    public ParameterSet Complete(ParameterSet chosen, long sweepSeed) => WithDefaults(new ParameterSet(
        from parameter in _dependent
        let value = parameter.Default.In(chosen, sweepSeed)
        where value is not null
        select KeyValuePair.Create(parameter.Name, value)).With(chosen));

    /// <summary>A recorded set, with what an earlier release had no hyperparameter for. A default never changes what trials did before it existed.</summary>
    public ParameterSet WithDefaults(ParameterSet recorded)
    {
        var defaults = _unless.Exists(group => group.Beside.Holds(recorded))
            ? _unless.Where(group => !group.Beside.Holds(recorded)).Aggregate(_always, (set, group) => set.With(group.Earlier))
            : _earlier;
        return defaults.With(recorded);
    }

    /// <summary>What a hyperparameter is in a complete set, be it that the set doesn't say so.</summary>
    /// <returns>Null where there is none of it, or it isn't known.</returns>
    public ParameterValue? ValueIn(ParameterSet complete, string name) => complete[name] ?? Find(name)?.ValueIn(complete);

    /// <summary>Whether the values of those that are known are what their rules allow.</summary>
    public bool Allows(ParameterSet complete) => complete.All(parameter => Find(parameter.Key)?.Rule.Allows(parameter.Value) ?? true);

    /// <summary>The rules across parameters that a complete set breaks, each as one sentence; none where a trial can start.</summary>
    public IReadOnlyList<string> Conflicts(ParameterSet complete) => [.. _conflicts(complete)];

    /// <summary>All that keeps a set from being trained: what is unknown, against its rule, missing, or breaks a rule across parameters.</summary>
    public IEnumerable<string> Faults(ParameterSet complete)
    {
        foreach (var (name, value) in complete)
        {
            if (Find(name) is not { } known) yield return $"{name} is no hyperparameter";
            else if (!known.Rule.Allows(value)) yield return $"{name} is {value}, must be {known.Rule.Wording}";
        }
        foreach (var known in All)
            if (!known.IsIn(complete) && known.Default.In(complete, sweepSeed: 0) is not null) yield return $"{known.Name} is missing";
        foreach (var conflict in Conflicts(complete)) yield return conflict;
    }

    /// <summary>Whether a hyperparameter does anything beside the others of a set, be it that of an earlier release.</summary>
    public bool Matters(string name, ParameterSet complete) =>
        Find(name)?.MattersBeside is not { } beside || beside.Holds(complete[beside.Other] ?? Find(beside.Other)?.Default.Earlier);

    private void Enter(string spelling, Hyperparameter parameter)
    {
        if (!_bySpelling.TryAdd(spelling, parameter))
            throw new ArgumentException($"{spelling} stands for both {_bySpelling[spelling].Name} and {parameter.Name}.", nameof(parameter));
    }

    private static ParameterSet EarlierOf(IEnumerable<Hyperparameter> parameters) => new(
        from parameter in parameters
        where parameter.Default is { Earlier: not null, IsImplied: false }
        select KeyValuePair.Create(parameter.Name, parameter.Default.Earlier));
}
