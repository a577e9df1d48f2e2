using FashionSweep.Shared.Data;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>The data set in numbers and pictures.</summary>
/// <param name="Histogram">How many pixels of the training images have each value from 0 to 255.</param>
/// <param name="Mean">Over all of these, scaled to 0 to 1.</param>
/// <param name="Why">It is not here; null where it is.</param>
internal sealed record DataPage(IReadOnlyList<DataClass> Classes, IReadOnlyList<long> Histogram, double? Mean, double? Deviation, string? Origin, string? Why)
{
    private const int Samples = 12;

    /// <param name="folder">Null to look where it usually lies.</param>
    public static DataPage Read(string? folder)
    {
        try
        {
            return Of(FashionMnist.Load(folder));
        }
        catch (UserException why)
        {
            return new DataPage([], [], null, null, null, why.Message);
        }
    }

    private static DataPage Of(FashionMnist data)
    {
        var (train, test) = (ImageStatistics.Of(data.Train), ImageStatistics.Of(data.Test));
        var classes = ClassImages.Of(data.Train).Select(one => new DataClass(
            FashionMnist.Classes[one.Label], train.ClassCounts[one.Label], test.ClassCounts[one.Label], one.Mean.Pixels, one.Deviation.Pixels,
            [.. data.Train.Labels.Index().Where(label => label.Item == one.Label).Take(Samples).Select(label => data.Train.Picture(label.Index).Pixels)]));
        return new DataPage([.. classes], train.Histogram, train.PixelMean, train.PixelDeviation, data.Place.Origin.ToString(), null);
    }
}

/// <param name="Mean">Of each pixel, 784 of them.</param>
/// <param name="Deviation">Twice the standard deviation of each pixel.</param>
/// <param name="Samples">Its first training images.</param>
internal sealed record DataClass(string Name, int Train, int Test, byte[] Mean, byte[] Deviation, IReadOnlyList<byte[]> Samples);
