using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Results;

/// <summary>What a trial's accuracies say together.</summary>
public enum FitVerdict
{
    /// <summary>No better on what it learned from, and still getting better when it ended.</summary>
    Underfits,

    /// <summary>Better on what it learned from by no more than chance makes.</summary>
    Fits,

    /// <summary>Surely better on what it learned from, but by at most five points.</summary>
    OverfitsSlightly,

    Overfits,
}

/// <summary>Whether a trial learned too much of its training images or too little, with the figures that it rests on.</summary>
/// <param name="Findings">Sentences.</param>
public sealed record Fit(FitVerdict Verdict, Share Train, Share Validation, Share Test, IReadOnlyList<string> Findings)
{
    private const double MuchMore = 0.05;

    // A loss that rises by less goes up and down with the order of the batches.
    private const double Rise = 1.02;

    /// <param name="train">Of the best epoch's weights, as all three.</param>
    /// <param name="epochs">Of the attempt that ended the trial.</param>
    public static Fit Of(Share train, Share validation, Share test, IReadOnlyList<EpochReport> epochs)
    {
        var lowest = epochs.Where(epoch => double.IsFinite(epoch.Validation.Loss)).MinBy(epoch => epoch.Validation.Loss);
        var isStillFalling = lowest is not null && lowest == epochs[^1] && epochs.Count > 1;
        var gap = train.Value - validation.Value;
        var verdict = gap <= train.ChanceAgainst(validation) ? isStillFalling ? FitVerdict.Underfits : FitVerdict.Fits
            : gap > MuchMore ? FitVerdict.Overfits : FitVerdict.OverfitsSlightly;
        List<string> findings = [Words(verdict, train, validation)];
        if (lowest is not null && CurveOf(lowest, epochs) is { } curve) findings.Add(curve);
        findings.Add(OfTest(validation, test));
        return new Fit(verdict, train, validation, test, findings);
    }

    private static string Words(FitVerdict verdict, Share train, Share validation)
    {
        var points = Points(train.Value - validation.Value);
        var chance = Points(train.ChanceAgainst(validation));
        return verdict switch
        {
            FitVerdict.Overfits => $"It overfits: it knows its training images {points} better than others, of which chance explains {chance}. "
                + "Dropout, augmentation, weight decay or fewer parameters hold against it.",
            FitVerdict.OverfitsSlightly =>
                $"It overfits slightly: it knows its training images {points} better than others, of which chance explains {chance}.",
            FitVerdict.Underfits => "It underfits: it knows its training images no better than others. "
                + "More epochs, a higher rate or more parameters would teach it more.",
            _ => "It does not overfit: it knows its training images no better than others, but for chance.",
        };
    }

    private static string? CurveOf(EpochReport lowest, IReadOnlyList<EpochReport> epochs)
    {
        var last = epochs[^1];
        if (epochs.Count == 1) return null;
        var (least, end) = (Figure(lowest.Validation.Loss), Figure(last.Validation.Loss));
        if (lowest == last) return $"Validation loss was at its lowest, {end}, after its last epoch, {last.Epoch}: longer training may help.";
        return last.Validation.Loss > Rise * lowest.Validation.Loss && last.Train.Loss < lowest.Train.Loss
            ? $"Validation loss was lowest after epoch {lowest.Epoch}, {least}, and {end} after epoch {last.Epoch}, "
                + $"while training loss fell on from {Figure(lowest.Train.Loss)} to {Figure(last.Train.Loss)}: there it began to overfit."
            : $"Validation loss was lowest after epoch {lowest.Epoch} of {last.Epoch}, {least}, and {end} after the last: longer training won't help.";
    }

    private static string OfTest(Share validation, Share test)
    {
        var difference = validation.Value - test.Value;
        var (apart, chance) = (Points(Math.Abs(difference)), Points(validation.ChanceAgainst(test)));
        if (Math.Abs(difference) <= validation.ChanceAgainst(test))
            return $"Test accuracy is within chance of validation accuracy: {apart} apart, where chance makes {chance}.";
        return difference > 0
            ? $"Test accuracy is {apart} below validation accuracy, more than the {chance} of chance: "
                + "validation chose the epoch and ranks the trials, so believe the test."
            : $"Test accuracy is {apart} above validation accuracy, more than the {chance} of chance.";
    }

    private static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} points");

    private static string Figure(double loss) => loss.ToString("F4", CultureInfo.InvariantCulture);
}

/// <summary>How many of some images were classified rightly.</summary>
/// <param name="Value">0 to 1.</param>
public sealed record Share(double Value, int Images)
{
    /// <summary>How far two shares of different images are apart at most by chance, at about 5 %: twice the standard error of their difference.</summary>
    public double ChanceAgainst(Share other) => 2 * Math.Sqrt(Variance + other.Variance);

    private double Variance => Value * (1 - Value) / Images;
}
