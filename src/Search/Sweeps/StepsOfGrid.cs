using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>The values of W&amp;B's q_uniform on a grid: from min on in steps of q, without max.</summary>
internal static class StepsOfGrid
{
    private const int Most = 100_000;

    // Decimals reach a little further.
    private const double Farthest = 1e18;

    // Of min + q, + 2 q, … one may come out at max by its rounding alone.
    private const double Slack = 1e-9;

    /// <param name="settings"><c>min</c>, <c>max</c> and <c>q</c>.</param>
    /// <returns>Null after a fault.</returns>
    public static SearchDomain? From(Hyperparameter parameter, bool isWhole, IReadOnlyList<RangeSetting> settings, FaultLog faults)
    {
        var (min, max, step) = (settings[0].Number, settings[1].Number, settings[2].Number);
        var count = Math.Max(1, Math.Ceiling((max - min) / step - Slack));
        if (count > Most || Math.Abs(min) > Farthest)
        {
            faults.Add(settings[2].At, $"q of {parameter.Name} is {settings[2].Written}, which makes too many values of a grid, must make at most {Most}");
            return null;
        }
        var values = Enumerable.Range(0, (int)count).Select(index => (decimal)min + (decimal)step * index)
            .Select(ParameterValue (number) => isWhole ? new ParameterValue.Whole((long)number) : new ParameterValue.Real((double)number)).ToList();
        if (min + count * step - max <= Slack * Math.Abs(max) && max > min)
            faults.Notes.Add($"steps of {parameter.Name} begin at min and leave max, {settings[1].Written}, out, as on a grid of W&B");
        if (values.FirstOrDefault(value => !parameter.Rule.Allows(value)) is not { } wrong) return new SearchDomain.Choices(values);
        faults.Add(settings[0].At, $"{parameter.Name} would be {wrong}, must be {parameter.Rule.Wording}");
        return null;
    }
}
