using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Progress for programs: each event as one line of JSON, at once.</summary>
public sealed class JsonView(TextWriter output) : ISweepView
{
    public void On(SweepEvent happened)
    {
        output.WriteLine(JsonOutput.Line(happened));
        output.Flush();
    }

    public void Dispose() => output.Flush();
}
