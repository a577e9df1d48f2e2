using FashionSweep.Search.Sampling;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sampling;

public sealed class TrialOrderTests
{
    [Fact]
    public void StoppedTrialsComeBehindFinishedOnesAndFailuresLast()
    {
        Observation[] ranked = [
            Trial(5, Standing.Completed, 0.3), Trial(4, Standing.Completed, 0.9), Trial(7, Standing.Completed, 0.9),
            Trial(9, Standing.Pruned, 0.8, epochs: 9), Trial(3, Standing.Pruned, 0.2, epochs: 3), Trial(1, Standing.Pruned, 0.4, epochs: 3),
            Trial(2, Standing.Failed), Trial(6, Standing.Completed, double.NaN), Trial(8, Standing.Pruned),
        ];
        ranked.Reverse().Order(new TrialOrder()).ShouldBe(ranked);
    }

    private static Observation Trial(int number, Standing standing, double? loss = null, int epochs = 10) =>
        new(number, new ParameterSet(new Dictionary<string, ParameterValue>()), standing, loss, epochs);
}
