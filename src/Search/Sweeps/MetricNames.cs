using System.Text.RegularExpressions;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>Which metric a name of another tool is: by its words, whatever folder it is logged in and whatever else is said of it.</summary>
internal static partial class MetricNames
{
    private static readonly string[] Accuracy = ["accuracy", "acc", "accuracies", "top1", "categorical", "sparse", "correct"];
    private static readonly string[] Loss = ["loss", "losses", "cost", "cross", "entropy", "crossentropy", "ce", "nll"];
    private static readonly string[] Validation = ["validation", "val", "valid", "eval", "evaluation", "dev", "holdout", "vali"];
    private static readonly string[] Training = ["train", "training", "tr", "trn"];
    private static readonly string[] Test = ["test", "testing", "tst", "ts", "tests"];

    // Of an epoch, the best one, the mean of its batches: what is compared here is all of that.
    private static readonly string[] NoDifference =
    [
        "metrics", "metric", "epoch", "step", "best", "final", "last", "avg", "average", "mean", "max", "min", "top", "1", "set", "total", "overall",
        "score", "wandb",
        "logs", "log", "on", "data", "per", "epochs", "end", "maximum", "minimum", "current", "mnist", "fashion", "model", "highest", "lowest", "percent",
        "pct", "summary",
    ];

    private static readonly Dictionary<string, Metric> NamesOfCosts = new()
    {
        ["parameter_count"] = Metric.ParameterCount,
        ["parameters"] = Metric.ParameterCount,
        ["params"] = Metric.ParameterCount,
        ["num_parameters"] = Metric.ParameterCount,
        ["num_params"] = Metric.ParameterCount,
        ["n_params"] = Metric.ParameterCount,
        ["param_count"] = Metric.ParameterCount,
        ["model_size"] = Metric.ParameterCount,
        ["seconds"] = Metric.Seconds,
        ["time"] = Metric.Seconds,
        ["runtime"] = Metric.Seconds,
        ["_runtime"] = Metric.Seconds,
        ["train_time"] = Metric.Seconds,
        ["training_time"] = Metric.Seconds,
    };

    /// <summary>As they are called here.</summary>
    public static IReadOnlyList<string> Costs { get; } = ["parameter_count", "seconds"];

    /// <summary>Whether it is one of the test set.</summary>
    public static bool IsOfTest(string written) => Words(written).Any(Test.Contains);

    /// <returns>Null where it is no cost of a trained network.</returns>
    public static Metric? FindCost(string written) => NamesOfCosts.TryGetValue(written[(written.LastIndexOf('/') + 1)..], out var metric) ? metric : null;

    /// <returns>Null where it is none of these, or not known to be.</returns>
    public static Metric? Find(string written)
    {
        var words = Words(written).Where(word => !NoDifference.Contains(word)).ToList();
        var (accuracy, loss) = (words.Any(Accuracy.Contains), words.Any(Loss.Contains));
        var (validation, training) = (words.Any(Validation.Contains), words.Any(Training.Contains));
        if (accuracy == loss || (validation && training) || words.Except([.. Accuracy, .. Loss, .. Validation, .. Training]).Any()) return null;
        return (accuracy, training) switch
        {
            (true, false) => Metric.ValidationAccuracy,
            (true, true) => Metric.TrainAccuracy,
            (false, false) => Metric.ValidationLoss,
            (false, true) => Metric.TrainLoss,
        };
    }

    private static IEnumerable<string> Words(string written) =>
        WordPattern().Matches(Glued().Replace(written, "$1 $2")).Select(match => match.Value.ToLowerInvariant());

    // A word of capitals, one that begins on a capital, one of small letters, a number.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();

    // valacc and trainloss are two words without anything between them.
    [GeneratedRegex("(?i)(train|training|validation|valid|val|eval|test)(accuracy|acc|loss)", RegexOptions.CultureInvariant)]
    private static partial Regex Glued();
}
