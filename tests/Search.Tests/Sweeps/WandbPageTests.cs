using System.Runtime.CompilerServices;
using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;
using static FashionSweep.Search.Tests.Trials.RecordedTrials;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Each point of docs/wandb.md, tried. A point without its claim here fails, and so does a claim without its point.</summary>
public sealed class WandbPageTests
{
    private static readonly Dictionary<string, Action> Claims = new()
    {
        ["The same: distributions"] = () => ShouldTake(
            "learning_rate: {distribution: log_uniform, min: -7, max: -2}", "learning_rate: {distribution: log_normal}",
            "dropout: {distribution: beta}", "width: {distribution: q_uniform, min: 8, max: 64}", "weight_decay: {distribution: normal}",
            "learning_rate: {distribution: inv_log_uniform_values, min: 0.01, max: 0.1}", "width: {distribution: q_normal, mu: 64, sigma: 8}",
            "optimizer: {distribution: categorical, values: [adam, sgd]}"),
        ["The same: a range without a distribution"] = () =>
        {
            Domain("width: {min: 8, max: 64}").ShouldBeOfType<SearchDomain.WholeRange>();
            Domain("learning_rate: {min: 0.01, max: 0.1}").ShouldBe(new SearchDomain.RealRange(0.01, 0.1, Logarithmic: false));
        },
        ["The same: q_uniform on a grid"] = () => Grid("width: {distribution: q_uniform, min: 10, max: 50, q: 20}").ShouldBe(["width=10", "width=30"]),
        ["The same: a grid cut by run_cap"] = () =>
            Grid("width: {values: [8, 16]}\n  activation: {values: [relu, tanh]}", cap: 2).ShouldBe(["activation=relu width=8", "activation=relu width=16"]),
        ["The same: a value that is listed twice"] = () =>
        {
            Grid("width: {values: [8, 8, 16]}").ShouldBe(["width=8", "width=16"]);
            ((SearchDomain.Choices)Domain("width: {values: [8, 8, 16]}")).Probabilities![0].ShouldBe(2 / 3.0, 1e-12);
        },
        ["The same: hyperband"] = () =>
        {
            Verdicts("min_iter: 1", first: [0.1], second: [0.9]).ShouldBe([false]);
            Verdicts("min_iter: 1", first: [0.9], second: [0.1]).ShouldBe([true]);
            Verdicts("min_iter: 2", first: [0.9, 0.5], second: [0.1, 0.6]).ShouldBe([true, false]);
            Verdicts("min_iter: 2, strict: false", first: [0.9, 0.5], second: [0.1, 0.6]).ShouldBe([true, true]);
        },
        ["The same: metrics"] = () =>
            SweepText.Read("metrics: [{name: val_acc, goal: maximize}, {name: params, goal: minimize}]\nmethod: grid\nparameters: {depth: {value: 1}}")
                .Objectives.Select(objective => objective.Metric).ShouldBe([Metric.ValidationAccuracy, Metric.ParameterCount]),
        ["The same: groups"] = () => Grid("model: {parameters: {width: {values: [8, 16]}}}").ShouldBe(["width=8", "width=16"]),
        ["The same: YAML"] = () => Grid("depth: &few {values: [1.0, 2]}\n  stages: {<<: *few}\n  model: {value: vgg}\n  batch_norm: {value: yes}").First()
            .ShouldBe("depth=1 stages=1 model=vgg batch_norm=true"),
        ["The same: null"] = () => Grid("gradient_clip: {value: null}\n  lr_scheduler: {value: null}").ShouldBe(["gradient_clip=0 schedule=constant"]),
        ["The same: command"] = () =>
        {
            Read("command: [python, fit.py, --epochs=3, --optimizer, sgd]\n", "depth: {values: [1, 2]}").Parameters
                .Select(parameter => parameter.Name).ShouldBe(["depth", "epochs", "optimizer"], ignoreOrder: true);
            Faults("command: [python, fit.py, \"${args}\", --epochs=3]\nmethod: grid\nparameters: {epochs: {values: [1, 2]}}").ShouldNotBeEmpty();
        },
        ["The same: metric"] = () => Read("metric: {name: val_accuracy, goal: maximize, target: 0.9}\n", "depth: {value: 1}").Budgets.Target.ShouldBe(0.9),
        ["Different: rounding to multiples of q"] = () =>
            Drawn("width: {distribution: q_uniform, min: 20, max: 100, q: 16}").Select(trial => Whole(trial, "width"))
                .ShouldAllBe(width => width >= 20 && width <= 100),
        ["Different: distributions"] = () =>
            Drawn("dropout: {distribution: normal, mu: 0.5, sigma: 5}").ShouldAllBe(trial => Real(trial, "dropout") >= 0 && Real(trial, "dropout") < 1),
        ["Different: a sampled space without run_cap"] = () =>
        {
            TrialSource.CountOf(SweepText.Read("method: random\nparameters: {learning_rate: {min: 0.001, max: 0.1}}")).ShouldBe(100);
            TrialSource.CountOf(SweepText.Read("method: random\nparameters: {width: {values: [8, 16, 32]}}")).ShouldBe(3);
        },
        ["Different: one configuration"] = () => Drawn("width: {values: [8, 16, 32]}", cap: 3).Select(trial => Whole(trial, "width")).ShouldBeUnique(),
        ["Different: a goal that isn't given"] = () =>
        {
            Read("metric: {name: val_accuracy}\n", "depth: {value: 1}").Objective.Goal.ShouldBe(Goal.Maximize);
            Read("metric: {name: val_loss}\n", "depth: {value: 1}").Objective.Goal.ShouldBe(Goal.Minimize);
        },
        ["Different: a metric of the test set"] = () =>
            Faults("metric: {name: test_acc}\nmethod: grid\nparameters: {depth: {value: 1}}").ShouldHaveSingleItem().ShouldContain("never used to choose"),
        ["Different: bayes"] = () => SweepText.Read("method: bayes\nparameters: {width: {min: 8, max: 64}}").Method.ShouldBe(SearchMethod.Gp),
        ["Different: failed trials"] = () => AfterTen(TrialState.Failed).ShouldBe(AfterTen(told: null)),
        ["Different: hyperband"] = () => Verdicts("min_iter: 1", first: [0.5, 0.5], second: [0.1, 0.9]).ShouldBe([true, true]),
        ["Different: probabilities on a grid"] = () =>
            SweepText.Notices("method: grid\nparameters: {optimizer: {values: [adam, sgd], probabilities: [0.9, 0.1]}}")
                .ShouldContain(notice => notice.Contains("robabilit", StringComparison.Ordinal)),
        ["Different: eta"] = () => Faults(Hyperband("min_iter: 1, eta: 101")).ShouldHaveSingleItem().ShouldContain("100"),
        ["Different: YAML"] = () => Faults("method: grid\nparameters: {depth: {value: !!int 1}}").ShouldNotBeEmpty(),
    };

    public static TheoryData<string> Points => [.. PointsOf(File.ReadAllLines(Page()))];

    [Fact]
    public void EveryPointIsClaimedHere() => Points.Select(point => (string)point).ShouldBe(Claims.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Points))]
    public void APointIsTrue(string point) => Claims[point]();

    private static IEnumerable<string> PointsOf(IEnumerable<string> lines)
    {
        var section = "";
        foreach (var line in lines)
        {
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..].Replace(" on purpose", "");
            if (line.StartsWith("| ", StringComparison.Ordinal) && line[2] is not ('-' or '|' or ' '))
                yield return $"{section}: {line[2..].Split(" |")[0].Replace("`", "")}";
        }
    }

    private static void ShouldTake(params string[] parameters) =>
        parameters.ShouldAllBe(parameter => Faults($"method: random\nrun_cap: 2\nparameters:\n  {parameter}").Count == 0);

    private static SweepSpec Read(string head, string parameters) => SweepText.Read($"{head}method: grid\nparameters:\n  {parameters}");

    private static IReadOnlyList<string> Faults(string text) => SweepText.Faults(text);

    private static SearchDomain Domain(string parameter) => SweepText.Read($"method: random\nparameters:\n  {parameter}").Parameters[0].Domain;

    private static IEnumerable<string> Grid(string parameters, int? cap = null)
    {
        var spec = Read(cap is null ? "" : $"run_cap: {cap}\n", parameters);
        return All(spec).Select(trial => string.Join(' ', spec.Parameters.Select(parameter => $"{parameter.Name}={trial.Parameters[parameter.Name]}")));
    }

    private static List<TrialSpec> Drawn(string parameter, int cap = 50) => All(SweepText.Read($"method: random\nrun_cap: {cap}\nparameters:\n  {parameter}"));

    private static List<TrialSpec> All(SweepSpec spec)
    {
        var (source, trials) = (new TrialSource("page", spec), new List<TrialSpec>());
        while (source.Next() is { } trial) trials.Add(trial);
        return trials;
    }

    private static string Hyperband(string keys) =>
        $"method: grid\nmetric: val_loss\nearly_terminate: {{type: hyperband, {keys}}}\nparameters: {{width: {{values: [8, 16]}}, epochs: {{value: 9}}}}";

    // The losses of two trials, epoch by epoch; whether the second goes on after each.
    private static List<bool> Verdicts(string keys, double[] first, double[] second)
    {
        var source = new TrialSource("page", SweepText.Read(Hyperband(keys)));
        var (one, other) = (source.Next()!, source.Next()!);
        for (var epoch = 1; epoch <= first.Length; epoch++) source.Judge(one, Epoch(epoch, loss: first[epoch - 1]));
        return second.Select((loss, index) => source.Judge(other, Epoch(index + 1, loss: loss)) is null).ToList();
    }

    // What TPE proposes eleventh, after ten that came to nothing.
    private static ParameterSet AfterTen(TrialState? told)
    {
        var source = new TrialSource("page", SweepText.Read("method: tpe\nrun_cap: 20\nparameters: {learning_rate: {min: 0.001, max: 0.1}}"));
        for (var number = 0; number < 10; number++)
        {
            var trial = source.Next()!;
            if (told is { } state) source.Ended(trial, state, null);
        }
        return source.Next()!.Parameters;
    }

    private static long Whole(TrialSpec trial, string name) => ((ParameterValue.Whole)trial.Parameters[name]!).Value;

    private static double Real(TrialSpec trial, string name) => ((ParameterValue.Real)trial.Parameters[name]!).Value;

    private static string Page([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../../../docs/wandb.md");
}
