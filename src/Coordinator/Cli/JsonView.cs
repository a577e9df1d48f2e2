using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Cli;

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
