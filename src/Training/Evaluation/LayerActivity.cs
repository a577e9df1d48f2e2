using FashionSweep.Training.Engines;

namespace FashionSweep.Training.Evaluation;

/// <summary>What a layer gives to the next one, over all images, places and units.</summary>
/// <param name="Layer">As in the model's plan, as <c>dense 1</c>.</param>
/// <param name="Units">Or filters.</param>
/// <param name="Zeros">Share of the values that are 0, 0 to 1.</param>
/// <param name="Dead">The units, from 0, that give the same value for every image at every place: nothing behind can learn from them.</param>
public sealed record LayerActivity(
    string Layer, int Units, double Mean, double Deviation, double Minimum, double Maximum, double Zeros, IReadOnlyList<int> Dead);

/// <summary>Adds up a layer's outputs, batch after batch.</summary>
internal sealed class ActivityTally(LayerOutput output)
{
    private readonly float[] _lowest = [.. Enumerable.Repeat(float.PositiveInfinity, output.Shape.Channels)];
    private readonly float[] _highest = [.. Enumerable.Repeat(float.NegativeInfinity, output.Shape.Channels)];
    private double _sum;
    private double _squares;
    private long _zeros;
    private long _values;

    /// <param name="images">How many of the batch's rows hold one.</param>
    public void Add(int images)
    {
        for (var row = 0; row < images * output.Shape.Places; row++)
        {
            var values = output.Values.Row(row)[.._lowest.Length];
            for (var unit = 0; unit < values.Length; unit++)
            {
                var value = values[unit];
                _sum += value;
                _squares += (double)value * value;
                if (value == 0) _zeros++;
                if (value < _lowest[unit]) _lowest[unit] = value;
                if (value > _highest[unit]) _highest[unit] = value;
            }
            _values += values.Length;
        }
    }

    public LayerActivity ToActivity()
    {
        var mean = _sum / _values;
        return new LayerActivity(
            output.Name, _lowest.Length, mean, Math.Sqrt(Math.Max(0, (_squares / _values) - (mean * mean))), _lowest.Min(), _highest.Max(),
            (double)_zeros / _values, [.. Enumerable.Range(0, _lowest.Length).Where(unit => _lowest[unit] == _highest[unit])]);
    }
}
