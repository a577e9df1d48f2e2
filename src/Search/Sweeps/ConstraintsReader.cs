using FashionSweep.Search.Conditions;
using FashionSweep.Search.Names;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps;

/// <summary>Reads what must hold of every trial: a list of conditions over its parameters.</summary>
internal sealed class ConstraintsReader(Vocabulary vocabulary, FaultLog faults)
{
    private const int Most = 100;

    private readonly List<(Position At, Condition Condition)> _read = [];

    public IReadOnlyList<Condition> Read(YamlEntry? entry)
    {
        switch (entry?.Value)
        {
            case null or YamlValue.Unreadable: break;
            case YamlValue.Sequence { Items.Count: > Most } list:
                faults.Add(list.At, $"constraints has {list.Items.Count} items, must have at most {Most}");
                break;
            case YamlValue.Sequence list:
                foreach (var item in list.Items) ReadOne(item);
                break;
            default:
                faults.Add(entry.ValueAt, $"constraints is {entry.Value}, must be a list of conditions, as [\"depth * width <= 512\"]");
                break;
        }
        return [.. _read.Select(read => read.Condition)];
    }

    /// <summary>Refuses the first constraint that, with those above it, leaves no trial.</summary>
    /// <param name="space">With the constraints that were read.</param>
    public void CheckAgainst(SearchSpace space)
    {
        if (_read.Count == 0 || NeverHolds.IsMet(space)) return;
        foreach (var (index, (at, constraint)) in _read.Index())
        {
            var above = space.Under([.. space.Constraints.Take(index)]);
            if (NeverHolds.In(constraint, above) is not { } nowhere) continue;
            var together = index > 0 && NeverHolds.In(constraint, space.Under([])) is null ? " together with those above it" : "";
            faults.Add(at, $"{nowhere.NoneOf("trial")} the constraint \"{Printable.Short(constraint.ToString())}\"{together}: {nowhere.Why}");
            return;
        }
    }

    private void ReadOne(YamlValue item)
    {
        if (item is YamlValue.Scalar { IsNull: false } scalar)
        {
            if (ConditionReader.Read(scalar, "constraint", vocabulary, faults) is { } condition) _read.Add((item.At, condition));
        }
        else if (item is not YamlValue.Unreadable)
        {
            faults.Add(item.At, $"a constraint is {item}, must be a condition, as \"depth * width <= 512\"");
        }
    }
}
