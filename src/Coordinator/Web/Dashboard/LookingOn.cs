using FashionSweep.Coordinator.Live;
using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The control of a store at rest, on which a page looks and which it does not change.</summary>
internal sealed class LookingOn : ICoordinatorControl
{
    public const string Words = "this page only looks on";

    public CoordinatorStatus Status { get; } = new(IsStanding: false, [], []);

    public Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation) =>
        Refuse($"./fsweep {VerbOf(request)} {sweep} --store DIR does it");

    public Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation) => Refuse("./fsweep run FILE --store DIR does it");

    public Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation) => Refuse("only nodes of a coordinator are drained");

    private static Task<ControlAnswer> Refuse(string instead) => Task.FromResult(new ControlAnswer(false, $"{Words}: {instead}"));

    private static string VerbOf(SweepCommand request) => request switch
    {
        SweepCommand.Pause => "pause",
        SweepCommand.Resume => "resume",
        SweepCommand.Cancel => "cancel",
        SweepCommand.Extend => "extend",
        SweepCommand.RerunFailed => "rerun --failed",
        _ => throw new InvalidOperationException($"No verb for {request.GetType().Name}."),
    };
}
