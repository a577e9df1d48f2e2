using System.Numerics;
using System.Runtime.CompilerServices;
using FashionSweep.Search.Conditions;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>What makes no difference in some trials of a search space, and so which of its points are the same trial.</summary>
internal sealed class Sameness
{
    // A tenth of a second for what hangs on many values.
    private const int MostCounted = 5_000;
    private const int Draws = 1_000;

    private static readonly ConditionalWeakTable<SearchSpace, Sameness> Known = [];

    private readonly SearchSpace _space;
    private readonly Dictionary<string, (bool All, List<ParameterSet> Points)> _looked = [];

    private Sameness(SearchSpace space)
    {
        _space = space;
        var meaning = Meaning.In(space.Catalog);
        Idle = [.. meaning.Needs.Select(Look).OfType<IdleParameter>()];
        Alike = [.. meaning.Alike.Where(IsSeen)];
        IsReworded = space.Parameters.Any(parameter => parameter.Domain is not SearchDomain.Constant && space.Catalog.Plain.Names.Contains(parameter.Name));
    }

    /// <summary>The parameters of the space that do nothing in some of its trials.</summary>
    public IReadOnlyList<IdleParameter> Idle { get; }

    /// <summary>Values that come to others in some of its trials, as the sweep varies something that decides it.</summary>
    public IReadOnlyList<Likeness> Alike { get; }

    /// <summary>A parameter is varied of which two values may be two spellings of one thing.</summary>
    public bool IsReworded { get; }

    /// <summary>Whether two points of the space may be the same trial.</summary>
    public bool MayCoincide => IsReworded || Alike.Count > 0 || Idle.Any(idle => idle.Parameter.Domain is not SearchDomain.Constant);

    public static Sameness In(SearchSpace space) => Known.GetValue(space, static space => new Sameness(space));

    /// <summary>The names that decide which of its points are the same trial: the values of all others set trials apart by themselves.</summary>
    public HashSet<string> Deciding()
    {
        var names = Idle.SelectMany(idle => idle.Unless.Names.Append(idle.Parameter.Name))
            .Concat(Alike.SelectMany(alike => alike.Where.Names.Append(alike.Name)));
        if (IsReworded) names = names.Concat(_space.Catalog.Plain.Names).Concat(_space.Catalog.All.Where(IsOfModel).Select(parameter => parameter.Name));
        var defaults = _space.Catalog.All.SelectMany(parameter => parameter.Default.Exceptions).Select(exception => exception.Beside.Other);
        return [.. names, .. defaults, .. _space.Bound.Select(parameter => parameter.Name)];

        // A model may be written down by any of them.
        bool IsOfModel(Hyperparameter parameter) => parameter.Group == _space.Catalog.Find(_space.Catalog.Plain.Names[0])!.Group;
    }

    /// <summary>The space with these parameters alone: each of the others has one of its values.</summary>
    public static SearchSpace Only(SearchSpace space, Func<string, bool> isOne) => new(
        space.Catalog,
        [.. space.Parameters.Select(parameter => isOne(parameter.Name) ? parameter : parameter with { Domain = OneOf(parameter.Domain) })],
        space.Constraints);

    /// <summary>A value for all of a domain.</summary>
    public static SearchDomain.Constant OneOf(SearchDomain domain) => new(domain.At(0.5));

    private IdleParameter? Look(Need need)
    {
        if (_space.Parameters.FirstOrDefault(parameter => parameter.Name == need.Name) is not { } parameter) return null;
        var (all, points) = PointsOver(need.Condition);
        var set = points.Where(point => point[need.Name] is not null).Select(point => _space.Catalog.Complete(point, sweepSeed: 0)).ToList();
        var idle = set.Where(complete => !need.Condition.Holds(name => complete[name])).ToList();
        if (idle.Count == 0) return null;
        var where = need.Condition.Names.Select(name => KeyValuePair.Create(name, idle.Select(complete => complete[name]).Distinct().ToList()));
        return new IdleParameter(parameter, need.Condition, all && idle.Count == set.Count, where.ToDictionary());
    }

    // Where one of its trials comes to what another is; of what can't be counted through, where one comes to anything.
    private bool IsSeen(Likeness rule)
    {
        if (!rule.Where.Names.Append(rule.Name).Any(IsVaried)) return false;
        var (all, points) = PointsOver(rule.Where);
        var trials = points.Select(point => _space.Catalog.Complete(point, sweepSeed: 0)).ToList();
        if (!trials.Exists(Holds)) return false;
        return !all || trials.GroupBy(Meaning.In(_space.Catalog).Of).Any(same => same.Skip(1).Any() && same.Any(Holds));

        bool Holds(ParameterSet complete) => rule.Where.Holds(name => complete[name]);
    }

    private bool IsVaried(string name) => _space.Parameters.Any(parameter => parameter.Name == name && parameter.Domain is not SearchDomain.Constant);

    private (bool All, List<ParameterSet> Points) PointsOver(Condition condition)
    {
        var names = condition.Names.Concat(_space.Deciding(condition)).Concat(_space.Bound.Select(parameter => parameter.Name)).Where(IsVaried).ToHashSet();
        var key = string.Join(' ', names.Order());
        return _looked.TryGetValue(key, out var known) ? known : _looked[key] = PointsOf(Only(_space, names.Contains));
    }

    private static (bool All, List<ParameterSet> Points) PointsOf(SearchSpace space) =>
        space.Parameters.Aggregate((BigInteger?)1, (size, parameter) => size * parameter.Domain.Size) <= MostCounted && GridSpace.Of(space) is { } grid
            ? (true, [.. Enumerable.Range(0, (int)grid.Size).Select(index => grid.At(index))])
            : (false, [.. SpacePoints.Drawn(space, Draws), .. Mending.Where(space) is null ? [] : SpacePoints.Mended(space, Draws / 100)]);
}

/// <summary>A parameter of a search space that does nothing in some of its trials.</summary>
/// <param name="Unless">What would have to hold.</param>
/// <param name="Everywhere">It does nothing in any of them.</param>
/// <param name="Where">The values there of what decides it; null among them where one is not there.</param>
internal sealed record IdleParameter(
    SearchParameter Parameter, Condition Unless, bool Everywhere, IReadOnlyDictionary<string, List<ParameterValue?>> Where);
