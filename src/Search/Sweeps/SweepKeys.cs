using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>The keys at the top of a sweep file.</summary>
internal static class SweepKeys
{
    /// <summary>What a word stands for where nothing else of the sweep decides it.</summary>
    public static IReadOnlyDictionary<string, SearchMethod> Methods { get; } = new Dictionary<string, SearchMethod>
    {
        ["grid"] = SearchMethod.Grid,
        ["random"] = SearchMethod.Random,
        ["sobol"] = SearchMethod.Sobol,
        ["gp"] = SearchMethod.Gp,
        ["tpe"] = SearchMethod.Tpe,
        ["cmaes"] = SearchMethod.Cmaes,
        [Auto] = SearchMethod.Gp,
        [Bayes] = SearchMethod.Gp,
    };

    /// <summary>W&amp;B's word for a Gaussian process: what it stands for hangs on the space.</summary>
    public const string Bayes = "bayes";

    /// <summary>Whichever method suits the sweep.</summary>
    public const string Auto = "auto";

    /// <summary>Other words for methods, without what makes no difference.</summary>
    public static IReadOnlyDictionary<string, string> OtherMethods { get; } = new Dictionary<string, string>
    {
        ["bayesian"] = Bayes,
        ["bayesopt"] = Bayes,
        ["bayesianoptimization"] = Bayes,
        ["bayesianoptimisation"] = Bayes,
        ["bo"] = Bayes,
        ["gaussianprocess"] = "gp",
        ["skopt"] = "gp",
        ["optuna"] = "tpe",
        ["ax"] = Bayes,
        ["hyperopt"] = "tpe",
        ["gridsearch"] = "grid",
        ["randomsearch"] = "random",
        ["qmc"] = "sobol",
    };

    public static ValueRule.WholeNumber RunCap { get; } = new(1, int.MaxValue);

    public static ValueRule.WholeNumber Seed { get; } = new(0, long.MaxValue);

    public static IReadOnlyList<FileKey> All { get; } =
    [
        new("name", "how the sweep and its trials are called; the file's own name unless given", new KeyShape.Text()),
        new("description", "what it is for", new KeyShape.Text()),
        new(
            "method",
            "how trials are chosen: every combination, at random, evenly spread (sobol), or by what earlier ones reached (gp, tpe, cmaes); "
                + "auto chooses one of them, and bayes is gp where that suits the space",
            new KeyShape.Value(new ValueRule.OneOf([.. Methods.Keys]))),
        new("metric", "what trials are ranked by; validation_accuracy unless given", MetricReader.Shape),
        new("metrics", "in its place, several objectives: the first ranks, and the front of all of them is told", MetricsReader.Shape),
        new("parameters", "what the trials are: each hyperparameter that is set, with what to try", new KeyShape.Parameters()),
        new("constraints", "what must hold of every trial, such as depth * width <= 512", new KeyShape.List(new KeyShape.Text())),
        new("baselines", "configurations that are tried first, each a mapping of parameters to values", BaselinesReader.Shape),
        new(PriorReader.Key, "finished sweeps of the same parameters, from whose results gp and tpe start", PriorReader.Shape),
        new("repeats", "each configuration is trained with so many seeds, and ranked by their mean", RepeatsReader.Shape),
        new("run_cap", "at most so many configurations, baselines among them", new KeyShape.Value(RunCap)),
        new("early_terminate", "ends trials that are not promising before their last epoch", PruningReader.Shape),
        .. BudgetsReader.Keys,
        new("notify", "who is told by HTTP that the sweep has ended: a URL, or a mapping", NotifyReader.Shape),
        new("seed", "of everything random: what is sampled, the weights, the batch order, dropout and the split; 1 unless given", new KeyShape.Value(Seed)),
        new("scheduler", "of W&B: who chooses trials; its engine stands for a method", new KeyShape.Anything()),
        new("command", "of W&B: how its script is started; values that it fixes are those of each trial", new KeyShape.Anything()),
    ];

    /// <summary>Of Weights &amp; Biases: who owns a sweep there, and how it starts a training script.</summary>
    public static IReadOnlyList<FileKey> PassedOver { get; } =
    [
        .. new[] { "program", "project", "entity", "controller", "job", "image_uri", "settings", "apiVersion", "kind" }
            .Select(key => new FileKey(key, "of W&B; passed over", new KeyShape.Anything())),
    ];
}
