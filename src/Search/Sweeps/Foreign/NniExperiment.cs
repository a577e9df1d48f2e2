using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>NNI's experiment, of its second form and of the first; its search space is inside, or a file beside it.</summary>
internal sealed class NniExperiment : IForeignFile
{
    private static readonly string[] SpaceFiles = ["searchSpaceFile", "searchSpacePath"];
    private static readonly string[] Trials = ["trialCommand", "trial", "trainingService", "trainingServicePlatform"];

    private static readonly string[] Understood =
    [
        "experimentName", "searchSpace", "tuner", "advisor", "assessor", "trialConcurrency", "maxTrialNumber", "maxTrialNum", "maxExperimentDuration",
        "maxExecDuration", "maxTrialDuration", .. SpaceFiles,
    ];

    public string Kind => "an experiment of NNI";

    public bool Is(YamlValue root) =>
        (SpaceFiles.Any(root.Has) || root.Has("searchSpace") || root.Has("tuner")) && Trials.Any(root.Has);

    public void Read(YamlValue root, ForeignSearch search)
    {
        search.Name = root.At("experimentName").Text();
        search.Budget("parallel", root.At("trialConcurrency").Number());
        search.Budget("run_cap", (root.At("maxTrialNumber") ?? root.At("maxTrialNum")).Number());
        search.Time("sweep_timeout", (root.At("maxExperimentDuration") ?? root.At("maxExecDuration")).Text());
        search.Time("trial_timeout", root.At("maxTrialDuration").Text());
        var tuner = root.At("tuner") ?? root.At("advisor");
        search.ChooseBy((tuner.At("name") ?? tuner.At("builtinTunerName") ?? tuner.At("builtinAdvisorName")).Text());
        search.Goal = tuner.At("classArgs", "optimize_mode").Text() switch { "maximize" => Goal.Maximize, "minimize" => Goal.Minimize, _ => null };
        ReadAssessor((root.At("assessor", "name") ?? root.At("assessor", "builtinAssessorName")).Text(), search);
        ReadSpace(root, search);
        foreach (var entry in root.Entries().Where(entry => !Understood.Contains(entry.Key))) search.Missing.Add(entry.Key);
    }

    private static void ReadAssessor(string? name, ForeignSearch search)
    {
        if (name?.Contains("median", StringComparison.OrdinalIgnoreCase) == true) search.EarlyTerminate = "median";
        else if (name is not null) search.Missing.Add($"the assessor {name}");
    }

    private static void ReadSpace(YamlValue root, ForeignSearch search)
    {
        if (root.At("searchSpace") is { } inside)
        {
            NniSpace.Read(inside, search, null);
            return;
        }
        if (SpaceFiles.Select(key => root.At(key).Text()).FirstOrDefault(path => path is not null) is not { } path) return;
        var space = search.Beside(path) is { } text ? YamlTree.Read(text, new FaultLog(path)) : null;
        if (space is null) search.Missing.Add($"the search space, which is in {path} and can't be read");
        else NniSpace.Read(space, search, null);
    }
}
