using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Shared.Protocol;

/// <summary>
/// What a node may say, beyond its form: no program that keeps to the protocol breaks these rules, and nothing that does gets to the store, to whoever watches,
/// or to a terminal.
/// </summary>
internal static class NewsRules
{
    private const int LongestText = 256;

    /// <returns>Null where there is none.</returns>
    public static string? FindFault(ToCoordinator message) => message switch
    {
        ToCoordinator.NodeJoined joined => FaultOf(joined.Node) ?? FaultOf(joined.Held, joined.Node),
        ToCoordinator.NodeAlive => null,
        ToCoordinator.EpochReported reported => FaultOf(reported.Lease) ?? FaultOf(reported.Report),
        ToCoordinator.TrialEnded ended => FaultOf(ended.Lease) ?? FaultOf(ended.Outcome),
        _ => null,
    };

    private static string? FaultOf(NodeDescription node)
    {
        if (node.Slots is < 1 or > NodeDescription.MostSlots)
            return string.Create(CultureInfo.InvariantCulture, $"A node has {node.Slots} slots, must have 1 to {NodeDescription.MostSlots}.");
        var engines = node.Engines?.Names ?? [];
        if (engines.Count > NodeDescription.MostEngines)
            return string.Create(CultureInfo.InvariantCulture, $"A node has {engines.Count} engines, must have at most {NodeDescription.MostEngines}.");
        return FaultOf([node.Id.Name, node.Kernels, node.Processor, node.Version, node.Runtime, node.Host, .. engines]);
    }

    private static string? FaultOf(TrialEnvironment on) =>
        FaultOf([on.Kernels, on.Precision, on.Engine, on.Processor, on.Runtime, on.OperatingSystem, on.Host]);

    private static string? FaultOf(string?[] texts) =>
        texts.All(text => text is null || IsShown(text))
            ? null
            : $"A node says of itself what no terminal should show, or more than {LongestText} letters of it.";

    // JSON gets nulls past the annotations of a list.
    private static string? FaultOf(IReadOnlyList<Lease> held, NodeDescription node)
    {
        if (held.Count > node.Slots) return string.Create(CultureInfo.InvariantCulture, $"A node holds {held.Count} leases in {node.Slots} slots.");
        return held.Any(lease => lease is null) ? "A lease is null." : held.Select(FaultOf).FirstOrDefault(fault => fault is not null);
    }

    private static string? FaultOf(Lease lease) =>
        lease.Attempt >= 0 ? null : string.Create(CultureInfo.InvariantCulture, $"A lease is for attempt {lease.Attempt}.");

    private static string? FaultOf(EpochReport report) =>
        report.Epoch >= 1 && IsScore(report.Train) && IsScore(report.Validation) && IsDuration(report.Seconds)
            ? null
            : "An epoch's report has figures that there can't be.";

    private static string? FaultOf(TrialOutcome outcome)
    {
        if (outcome is not TrialOutcome.Completed { Result: var result }) return null;
        // It becomes a file's name: nothing else may come that far.
        if (!Checkpoint.IsSha256(result.Checkpoint.Sha256)) return "A checkpoint's name is no SHA-256 of 64 hexadecimal digits in lower case.";
        var isPossible = result.BestEpoch >= 1 && result.Epochs >= result.BestEpoch
            && IsScore(result.Train) && IsScore(result.Validation) && IsScore(result.Test)
            && result is { ParameterCount: >= 0, Checkpoint.Bytes: >= 0 } && IsDuration(result.Seconds)
            && (result.TestReport is not { } report || (double.IsFinite(report.Top2Accuracy) && double.IsFinite(report.CalibrationError)));
        return !isPossible ? "A result has figures that there can't be." : FaultOf(result.Environment);
    }

    // A loss may be infinite or no number: that is how a trial diverges.
    private static bool IsScore(Score score) => double.IsFinite(score.Accuracy);

    private static bool IsDuration(double seconds) => seconds >= 0 && double.IsFinite(seconds);

    private static bool IsShown(string text) => text.Length <= LongestText && text.All(ShownText.IsShown);
}
