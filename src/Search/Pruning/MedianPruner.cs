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
    private readonly List<BestShare> _meansAt = [];

    public IReadOnlyList<int>? Remembered => null;

    public string? Judge(EpochOfTrial epoch)
    {
        var course = _running.GetValueOrDefault(epoch.Trial, Course.Start).With(epoch.RankedLoss);
        var others = MeansAt(epoch.Epoch);
        var (known, median) = (others.Count, others.Count > 0 ? others.Last.Loss : double.PositiveInfinity);
        // A trial that goes on although it was to stop already stands here.
        if (!course.Stopped) others.Add(course.Mean);
        var stops = !epoch.IsLast && epoch.Epoch > spec.WarmupEpochs && known >= Math.Max(1, spec.StartupTrials) && course.Best > median;
        if (stops && !course.Stopped)
            for (var later = epoch.Epoch + 1; later <= epoch.Epochs; later++) MeansAt(later).Add(course.Mean);
        if (epoch.IsLast) _running.Remove(epoch.Trial);
        else _running[epoch.Trial] = course with { Stopped = course.Stopped || stops };
        return stops ? $"epoch {epoch.Epoch}: {text.Of(course.Best)} at best is worse than the median of {known} other trials ({text.Of(median)})" : null;
    }

    private BestShare MeansAt(int epoch)
    {
        while (_meansAt.Count < epoch) _meansAt.Add(new BestShare(count => (count / 2) + 1));
        return _meansAt[epoch - 1];
    }

    private readonly record struct Course(double Best, double Sum, int Epochs, bool Stopped)
    {
        public static Course Start => new(double.PositiveInfinity, 0, 0, false);

        public double Mean => Sum / Epochs;

        public Course With(double loss) => this with { Best = Math.Min(Best, loss), Sum = Sum + loss, Epochs = Epochs + 1 };
    }
}
