using System.Text;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Importance;

/// <summary>Which searched parameters do nothing in each of many trials: looked at once for all that are alike in what decides it. By one thread.</summary>
public sealed class IdleParameters
{
    private readonly SearchSpace _space;
    private readonly string[] _deciding;
    private readonly Dictionary<string, IReadOnlySet<string>> _known = [];

    public IdleParameters(SearchSpace space)
    {
        _space = space;
        var searched = space.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var needs = Meaning.In(space.Catalog).Needs.Where(need => searched.Contains(need.Name)).SelectMany(need => need.Condition.Names);
        _deciding = [.. needs.Concat(space.Parameters.SelectMany(parameter => parameter.When?.Names ?? [])).Distinct()];
    }

    /// <param name="valueOf">Of the trial's parameters.</param>
    /// <param name="complete">Gives all of them.</param>
    public IReadOnlySet<string> In(Func<string, ParameterValue?> valueOf, Func<ParameterSet> complete)
    {
        var key = KeyOf(valueOf);
        return _known.TryGetValue(key, out var idle) ? idle : _known[key] = TriedPoints.IdleIn(_space, complete());
    }

    // Numbers that come to something only at some of their values stand in it by that alone: each trial has others.
    private string KeyOf(Func<string, ParameterValue?> valueOf)
    {
        var key = new StringBuilder();
        foreach (var name in _deciding) key.Append(valueOf(name)).Append('\n');
        var settled = new Dictionary<string, ParameterValue>();
        foreach (var (index, alike) in Meaning.In(_space.Catalog).Alike.Index())
        {
            if (!alike.Where.Holds(name => settled.TryGetValue(name, out var other) ? other : valueOf(name))) continue;
            settled[alike.Name] = alike.Value;
            key.Append(index).Append(' ');
        }
        return key.ToString();
    }
}
