using FashionSweep.Coordinator.Machine;
using FashionSweep.Coordinator.Records;

namespace FashionSweep.Coordinator.Live;

/// <summary>The control of one sweep that <c>fsweep run</c> works on with nodes of its own.</summary>
internal sealed class LocalControl(LiveSweep sweep) : ICoordinatorControl
{
    public CoordinatorStatus Status
    {
        get
        {
            var progress = sweep.Progress;
            return new CoordinatorStatus(IsStanding: false, [sweep.Status], LiveNodes.Status(progress.Nodes, progress.State.Running));
        }
    }

    public void On(SweepEvent happened) => sweep.On(happened);

    public async Task<ControlAnswer> AskAsync(string name, SweepCommand request, CancellationToken cancellation) =>
        name == sweep.Name ? await sweep.AskAsync(request) : new ControlAnswer(false, $"{sweep.Name} runs here, not {name}");

    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) => Task.FromResult(new ControlAnswer(
        false,
        $"./fsweep run works on {sweep.Name} here, and ends with it: wait until then, or submit to a coordinator that stays: ./fsweep coordinator --help"));

    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation) => Task.FromResult(new ControlAnswer(
        false, $"{node} is a node of the ./fsweep run that works on {sweep.Name}, and ends with it: only nodes of a cluster are drained"));
}
