using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>Trials as places in a space of numbers, in which those that have much in common lie near each other.</summary>
/// <remarks>An axis is a parameter that has more than one value; it has one length scale for all its columns.</remarks>
internal sealed class Embedding
{
    private readonly EmbeddedAxis[] _axes;

    public Embedding(SearchSpace space)
    {
        Parameters = [.. space.Parameters.Where(parameter => parameter.Domain is not SearchDomain.Constant && parameter.Domain.Size != 1)];
        var idle = Sameness.In(space).Idle.Select(idle => idle.Parameter.Name).ToHashSet();
        var columns = 0;
        _axes = [.. Parameters.Select(parameter =>
        {
            var axis = new EmbeddedAxis(parameter.Domain, columns, parameter.When is not null || idle.Contains(parameter.Name));
            columns += axis.Columns;
            return axis;
        })];
        AxisOf = [.. _axes.SelectMany((axis, index) => Enumerable.Repeat(index, axis.Columns))];
    }

    /// <summary>The parameter of each axis.</summary>
    public IReadOnlyList<SearchParameter> Parameters { get; }

    public int Axes => _axes.Length;

    /// <summary>Of each column.</summary>
    public IReadOnlyList<int> AxisOf { get; }

    /// <summary>The column of an axis in which the shares of its values stand; null where it is a list.</summary>
    public int? ShareColumn(int axis) => _axes[axis].IsRange ? _axes[axis].First : null;

    /// <param name="telling">What was set and made a difference.</param>
    public double[] Place(ParameterSet telling)
    {
        var place = new double[AxisOf.Count];
        for (var axis = 0; axis < Axes; axis++) _axes[axis].Fill(telling[Parameters[axis].Name], place);
        return place;
    }
}
