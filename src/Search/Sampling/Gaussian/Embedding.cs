using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Trials as places in a space of numbers, in which those that have much in common lie near each other.</summary>
/// <remarks>
/// An axis is a parameter that has more than one value; it has one length scale for all its columns. Behind them each other sweep whose trials are among
/// these has an axis of its own, on which they are 1 away from those of this sweep: by its scale they have much in common, or nothing (Swersky, Snoek and
/// Adams, "Multi-task Bayesian optimization", NIPS 2013, have one covariance for all sweeps).
/// </remarks>
internal sealed class Embedding
{
    private readonly EmbeddedAxis[] _axes;

    /// <param name="sweeps">How many others there are.</param>
    public Embedding(SearchSpace space, int sweeps = 0)
    {
        Sweeps = sweeps;
        Parameters = [.. space.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant && parameter.Domain.Size != 1)];
        var idle = Sameness.In(space).Idle.Select(idle => idle.Parameter.Name).ToHashSet();
        var columns = 0;
        _axes = [.. Parameters.Select(parameter =>
        {
            var axis = new EmbeddedAxis(parameter.Domain, columns, parameter.When is not null || idle.Contains(parameter.Name));
            columns += axis.Columns;
            return axis;
        })];
        AxisOf = [.. _axes.SelectMany((axis, index) => Enumerable.Repeat(index, axis.Columns)), .. Enumerable.Range(_axes.Length, sweeps)];
    }

    /// <summary>Those of the first axes.</summary>
    public IReadOnlyList<SearchParameter> Parameters { get; }

    public int Sweeps { get; }

    public int Axes => _axes.Length + Sweeps;

    /// <summary>Of each column.</summary>
    public IReadOnlyList<int> AxisOf { get; }

    /// <summary>The column of an axis in which the shares of its values stand; null where it is a list.</summary>
    public int? ShareColumn(int axis) => _axes[axis].IsRange ? _axes[axis].First : null;

    /// <param name="telling">What was set and made a difference.</param>
    /// <param name="sweep">Of the others, from 0; null: this one.</param>
    public double[] Place(ParameterSet telling, int? sweep = null)
    {
        var place = new double[AxisOf.Count];
        for (var axis = 0; axis < _axes.Length; axis++) _axes[axis].Fill(telling[Parameters[axis].Name], place);
        if (sweep is { } other) place[AxisOf.Count - Sweeps + other] = 1;
        return place;
    }

    /// <summary>The same configuration in this sweep.</summary>
    public double[] Here(double[] place) => Sweeps == 0 ? place : [.. place[..^Sweeps], .. new double[Sweeps]];
}
