using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Trials;

/// <summary>A history in memory, and the few values that trials are made of in tests.</summary>
internal sealed class RecordedTrials(
    IReadOnlyList<PastTrial> trials, IReadOnlyList<EpochRecord>? epochs = null, IReadOnlyList<Extension>? extensions = null,
    int total = int.MaxValue / 2) : ITrialHistory
{
    private readonly IReadOnlyList<EpochRecord> _epochs = epochs ?? [];

    public static EpochReport Epoch(int epoch, double accuracy = 0.8, double loss = 0.5) => new(epoch, new Score(loss, accuracy), new Score(loss, accuracy), 1);

    public static TrialResult Result(double accuracy) => new(
        2, 3, new Score(0.5, accuracy), new Score(0.5, accuracy), new Score(0.5, accuracy), 109_386, "aa11", 4, new Checkpoint("bb22", 437_544),
        new TrialEnvironment("managed Vector512", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host"));

    public int Total => total;

    public IReadOnlyList<TrialOutline> Outlines() => [.. trials.Select(trial => TrialOutline.Of(trial.Spec, trial.State))];

    public IReadOnlyList<PastTrial> Trials() => trials;

    public IReadOnlyList<PastTrial> Trials(IReadOnlyCollection<int> numbers) => [.. trials.Where(trial => numbers.Contains(trial.Spec.Id.Number))];

    public IReadOnlyList<EpochRecord> Epochs() => _epochs;

    public IReadOnlyList<EpochRecord> Epochs(IReadOnlyCollection<int> trials, IReadOnlyCollection<int> epochs) =>
        [.. _epochs.Where(epoch => trials.Contains(epoch.Trial.Number) || epochs.Contains(epoch.Report.Epoch))];

    public IReadOnlyList<Extension> Extensions() => extensions ?? [];
}
