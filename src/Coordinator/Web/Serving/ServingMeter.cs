using System.Diagnostics.Metrics;

namespace FashionSweep.Coordinator.Web.Serving;

/// <summary>What a served model was asked, and how long it took to answer.</summary>
public sealed class ServingMeter : IDisposable
{
    public const string Name = "FashionSweep.Serving";

    private static readonly InstrumentAdvice<double> Times = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    };

    private readonly Meter _instruments = new(Name);
    private readonly Counter<long> _images;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;

    public ServingMeter()
    {
        _images = _instruments.CreateCounter<long>("fsweep.serve.images", "{image}", "Images that were classified.");
        _refused = _instruments.CreateCounter<long>("fsweep.serve.refused", "{request}", "Requests to classify that were wrong, and turned down.");
        _duration = _instruments.CreateHistogram(
            "fsweep.serve.duration", "s", "Time from a request's head to its answer, of those that were answered.", tags: null, Times);
        _images.Add(0);
        _refused.Add(0);
    }

    public void Answered(int images, TimeSpan took)
    {
        _images.Add(images);
        _duration.Record(took.TotalSeconds);
    }

    public void Refused() => _refused.Add(1);

    public void Dispose() => _instruments.Dispose();
}
