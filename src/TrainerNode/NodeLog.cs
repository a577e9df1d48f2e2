using System.Globalization;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.TrainerNode;

/// <summary>
/// What a node tells people: one line for each thing that happens, as
/// <c>2026-11-21T13:00:00Z node-a trial=quickstart/3 lease=quickstart/3#1@node-a started</c>.
/// </summary>
/// <param name="progress">Gets what goes as it should; nothing, where a coordinator shows it already.</param>
/// <param name="errors">Gets the rest.</param>
public sealed class NodeLog(NodeId node, TextWriter progress, TextWriter errors, TimeProvider clock)
{
    private readonly TextWriter _progress = TextWriter.Synchronized(progress);
    private readonly TextWriter _errors = TextWriter.Synchronized(errors);

    public void Tell(string what) => _progress.WriteLine(Line(what));

    public void Tell(Lease lease, string what) => Tell(About(lease, what));

    public void Ended(Lease lease, TrialOutcome outcome) => Tell(lease, outcome switch
    {
        TrialOutcome.Completed { Result: var result } => string.Create(
            CultureInfo.InvariantCulture,
            $"completed epochs={result.Epochs} best_epoch={result.BestEpoch} validation_accuracy={result.Validation.Accuracy:0.0000}"),
        TrialOutcome.Diverged diverged => $"diverged epoch={diverged.Epoch}: {diverged.Reason}",
        TrialOutcome.Failed failed => $"failed: {failed.Error}",
        TrialOutcome.Stopped => "stopped",
        _ => throw new InvalidOperationException($"No words for {outcome}."),
    });

    public void Warn(string what) => _errors.WriteLine(Line(what));

    public void Warn(Lease lease, string what) => Warn(About(lease, what));

    private static string About(Lease lease, string what) => $"trial={lease.Trial} lease={lease} {what}";

    private string Line(string what) => string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {node} {what}");
}
