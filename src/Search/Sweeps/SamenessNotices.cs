using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>What a sweep varies though it makes no difference: what that is, where, how the file would say it, and how many trials are left.</summary>
internal static class SamenessNotices
{
    public static IEnumerable<string> Of(SweepSpec spec)
    {
        var sameness = Sameness.In(spec.Space);
        List<string> notices =
        [
            .. sameness.Idle.GroupBy(idle => idle.Parameter).SelectMany(reasons => OfIdle([.. reasons])),
            .. sameness.Alike.Select(alike => $"{alike.Name} does no more than {alike.Value} where {alike.Where}"),
        ];
        return sameness.MayCoincide && OfCount(spec, sameness) is { } count ? [.. notices, count] : notices;
    }

    // A fixed value is there for the trials that it means something in; if there are none, its author meant another thing.
    private static IEnumerable<string> OfIdle(List<IdleParameter> reasons)
    {
        if (reasons.Find(reason => reason.Everywhere) is { } nowhere)
            return [$"{nowhere.Parameter.Name} does nothing in this sweep: it matters where {nowhere.Unless}, and {Found(nowhere)}"];
        if (reasons[0].Parameter.Domain is SearchDomain.Constant) return [];
        return reasons.Select(reason => $"{reason.Parameter.Name} does nothing where {Found(reason)}: when: {When(reasons)} says so of it");
    }

    private static string Found(IdleParameter idle) => string.Join(
        " and ",
        idle.Where.Where(pair => pair.Value.Exists(value => value is not null)).Select(pair => $"{pair.Key} is {Listed(pair.Value.OfType<ParameterValue>())}"));

    private static string Listed(IEnumerable<ParameterValue> values)
    {
        const int most = 4;
        var all = values.ToList();
        return string.Join(" or ", all.Take(most)) + (all.Count > most ? " and so on" : "");
    }

    // Quoted, for a condition may hold what YAML reads otherwise.
    private static string When(List<IdleParameter> reasons)
    {
        var conditions = reasons.Select(reason => reason.Unless).Prepend(reasons[0].Parameter.When).OfType<object>().ToList();
        return $"\"{string.Join(" and ", conditions.Select(condition => conditions.Count > 1 ? $"({condition})" : $"{condition}"))}\"";
    }

    private static string? OfCount(SweepSpec spec, Sameness sameness)
    {
        const string once = "what means the same is one trial";
        if (GridSpace.Of(spec.Space) is not { } grid) return sameness.IsReworded && sameness.Idle.Count + sameness.Alike.Count == 0 ? null : once;
        var left = SpaceSize.Of(spec.Space)!.Count;
        return left == grid.Size
            ? null
            : FormattableString.Invariant($"{grid.Size:N0} points come to {left:N0} {(left == 1 ? "trial" : "trials")}: {once}");
    }
}
