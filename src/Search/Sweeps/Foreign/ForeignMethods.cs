namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>The methods of other tools by the nearest here.</summary>
internal static class ForeignMethods
{
    private static readonly Dictionary<string, SearchMethod> Known = new()
    {
        ["grid"] = SearchMethod.Grid,
        ["gridsearch"] = SearchMethod.Grid,
        ["batchtuner"] = SearchMethod.Grid,
        ["bruteforce"] = SearchMethod.Grid,
        ["basic"] = SearchMethod.Grid,
        ["random"] = SearchMethod.Random,
        ["randomsearch"] = SearchMethod.Random,
        ["hyperband"] = SearchMethod.Random,
        ["asha"] = SearchMethod.Random,
        ["adaptiveasha"] = SearchMethod.Random,
        ["asynchalving"] = SearchMethod.Random,
        ["adaptivesimple"] = SearchMethod.Random,
        ["synchalving"] = SearchMethod.Random,
        ["adaptive"] = SearchMethod.Random,
        ["variantgenerator"] = SearchMethod.Random,
        ["sobol"] = SearchMethod.Sobol,
        ["qmc"] = SearchMethod.Sobol,
        ["tpe"] = SearchMethod.Tpe,
        ["multivariatetpe"] = SearchMethod.Tpe,
        ["motpe"] = SearchMethod.Tpe,
        ["bohb"] = SearchMethod.Tpe,
        ["hyperopt"] = SearchMethod.Tpe,
        ["optuna"] = SearchMethod.Tpe,
        ["bayesianoptimization"] = SearchMethod.Tpe,
        ["bayesian"] = SearchMethod.Tpe,
        ["bayes"] = SearchMethod.Tpe,
        ["gp"] = SearchMethod.Tpe,
        ["skopt"] = SearchMethod.Tpe,
        ["forest"] = SearchMethod.Tpe,
        ["gbrt"] = SearchMethod.Tpe,
        ["smac"] = SearchMethod.Tpe,
        ["metis"] = SearchMethod.Tpe,
        ["cmaes"] = SearchMethod.Cmaes,
        ["cma"] = SearchMethod.Cmaes,
    };

    /// <param name="written">As <c>optuna.samplers.TPESampler</c> or <c>multivariate-tpe</c>.</param>
    /// <returns>Null where there is none like it.</returns>
    public static SearchMethod? Find(string written)
    {
        var word = string.Concat(written.Split('.')[^1].Where(char.IsLetterOrDigit)).ToLowerInvariant();
        foreach (var ending in (string[])["sampler", "tuner", "optimizer", "advisor"])
            if (word.Length > ending.Length && !Known.ContainsKey(word) && word.EndsWith(ending, StringComparison.Ordinal)) word = word[..^ending.Length];
        return Known.TryGetValue(word, out var method) ? method : null;
    }
}
