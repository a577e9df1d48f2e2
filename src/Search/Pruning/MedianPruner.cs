namespace FashionSweep.Search.Pruning;

/// <summary>
/// Stops a trial whose best loss so far is worse than the median of the other trials' mean losses up to that epoch: the median stopping rule of Golovin et al.,
/// "Google Vizier: a service for black-box optimization", KDD 2017, section 3.2.2.
/// </summary>
/// <remarks>
/// Departs from it in that running trials count as well, as soon as they have reached the epoch. A trial that was stopped stands at all later epochs with the
/// mean that it ended on: each epoch compares with the whole crowd, not with those that earlier epochs have let through. Of an even crowd the worse of the two
/// in the middle is the median.
/// </remarks>
internal sealed class MedianPruner(PrunerSpec.Median spec, LossText text) : IPruner
{
    private readonly Dictionary<int, Course> _running = [];

    // Of the trials that have reached an epoch, sorted.
    private readonly List<List<double>> _meansAt = [];

    // Of those that were stopped, sorted, by the epoch at which they were and the last that they were to have: they stand at each between.
    private readonly Dictionary<(int Stopped, int Last), List<double>> _stopped = [];

    public IReadOnlyList<int>? Remembered => null;

    public string? Judge(EpochOfTrial epoch)
    {
        var course = _running.GetValueOrDefault(epoch.Trial, Course.Start).With(epoch.RankedLoss);
        var others = OthersAt(epoch.Epoch);
        var known = others.Sum(means => means.Count);
        var median = known > 0 ? SortedLists.At(others, known / 2) : double.PositiveInfinity;
        // A trial that goes on although it was to stop already stands here.
        if (!course.Stopped) SortedLists.Insert(_meansAt[epoch.Epoch - 1], course.Mean);
        var stops = !epoch.IsLast && epoch.Epoch > spec.WarmupEpochs && known >= Math.Max(1, spec.StartupTrials) && course.Best > median;
        if (stops && !course.Stopped) Stop(epoch, course.Mean);
        if (epoch.IsLast) _running.Remove(epoch.Trial);
        else _running[epoch.Trial] = course with { Stopped = course.Stopped || stops };
        return stops ? $"epoch {epoch.Epoch}: {text.Of(course.Best)} at best is worse than the median of {known} other trials ({text.Of(median)})" : null;
    }

    private List<List<double>> OthersAt(int epoch)
    {
        while (_meansAt.Count < epoch) _meansAt.Add([]);
        return [_meansAt[epoch - 1], .. _stopped.Where(means => means.Key.Stopped < epoch && epoch <= means.Key.Last).Select(means => means.Value)];
    }

    private void Stop(EpochOfTrial epoch, double mean)
    {
        var key = (epoch.Epoch, epoch.Epochs);
        if (!_stopped.TryGetValue(key, out var means)) _stopped[key] = means = [];
        SortedLists.Insert(means, mean);
    }

    private readonly record struct Course(double Best, double Sum, int Epochs, bool Stopped)
    {
        public static Course Start => new(double.PositiveInfinity, 0, 0, false);

        public double Mean => Sum / Epochs;

        public Course With(double loss) => this with { Best = Math.Min(Best, loss), Sum = Sum + loss, Epochs = Epochs + 1 };
    }
}
