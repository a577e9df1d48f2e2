using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Chooses how a running sweep is shown.</summary>
public static class SweepViews
{
    /// <param name="json">Events as JSON on <paramref name="output"/>; else progress on <paramref name="error"/>, live where that is a terminal.</param>
    /// <param name="earlier">Of the sweep so far, where it goes on.</param>
    public static ISweepView Create(bool json, TextWriter output, TextWriter error, TimeProvider clock, SweepTally earlier)
    {
        if (json) return new JsonView(output);
        var start = SweepProgress.After(earlier);
        return Terminal.Of(error).Interactive ? new LiveView(error, () => Terminal.Of(error), clock, start) : new PlainView(error, start);
    }
}
