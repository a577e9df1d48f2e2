using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class PlanCommandTests : IDisposable
{
    private const string Grid = "name: t\nmethod: grid\nparameters:\n  depth: [1, 2, 3]\n  warp_factor: 1\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("fsweep-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ThePlanSaysWhatTheSweepWouldDo()
    {
        var (exit, output, error) = Plan("name: t\ndescription: a try\nmethod: grid\nparameters:\n  depth: [1, 2, 3]\n  dropout: [0, 0.5]\n  epochs: 2\n");
        (exit, error).ShouldBe((0, ""));
        var lines = output.Split(Environment.NewLine);
        var defaults = lines.Single(line => line.StartsWith("Defaults: ", StringComparison.Ordinal));
        defaults.ShouldContain("optimizer adam, learning_rate 0.001, ");
        lines.ShouldBe([
            "",
            "t  grid, 6 trials, ranked by validation accuracy (maximize)",
            "a try",
            "",
            "  parameter  kind       values",
            "  depth      3 choices  1, 2, 3",
            "  dropout    2 choices  0, 0.5",
            "  epochs     constant   2",
            "",
            defaults,
            "",
            "6 trials, 12 epochs, 648,000 images through training",
            "",
            "  trial  depth  dropout",
            "  t/1        1        0",
            "  t/2        1      0.5",
            "  t/3        2        0",
            "  t/4        2      0.5",
            "  t/5        3        0",
            "and 1 trial more",
            "",
            $"Next:   ./fsweep run {File} (nothing is started yet)",
            "",
        ]);
    }

    [Fact]
    public void ThePlanSaysWhatMustHold()
    {
        const string Sweep =
            "method: grid\nparameters: {depth: [1, 2], dropout: {values: [0.1, 0.2], when: {depth: 2}}, epochs: 2}\n"
                + "constraints: [depth + epochs > 2, dropout < 0.3]";
        Plan(Sweep).Output.Split(Environment.NewLine).ShouldContain("  dropout    2 choices  0.1, 0.2  depth = 2");
        Plan(Sweep).Output.Split(Environment.NewLine).ShouldContain("constraints: depth + epochs > 2; dropout < 0.3");
        var json = JsonNode.Parse(Plan(Sweep, "--format", "json").Output)!;
        json["when"]!.ToJsonString().ShouldBe("{\"dropout\":\"depth = 2\"}");
        json["constraints"]!.AsArray().Select(constraint => constraint!.GetValue<string>()).ShouldBe(["depth + epochs > 2", "dropout < 0.3"]);
        json["trials"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public void AMeasuredEpochGivesTheTimeOfTheSweep()
    {
        var measured = new List<ParameterSet>();
        var (_, output, _) = Plan("method: grid\nparameters: {depth: [1, 2, 3, 4], width: [8, 16, 32, 64], epochs: 5}", trials =>
        {
            measured.AddRange(trials);
            return Task.FromResult<IReadOnlyList<double>?>([.. trials.Select(_ => 3.0)]);
        });
        output.ShouldContain("4 min 00 s on one");
        measured.Count.ShouldBe(6);
        measured.ShouldAllBe(parameters => parameters["optimizer"] != null);
    }

    [Fact]
    public void ProgramsGetOneObject()
    {
        var (exit, output, _) = Plan("name: t\nmethod: random\nrun_cap: 9\nparameters: {learning_rate: {min: 1.0, max: 2}, depth: 3}", "--format", "json");
        exit.ShouldBe(0);
        var plan = JsonDocument.Parse(output).RootElement;
        plan.GetProperty("method").GetString().ShouldBe("random");
        plan.GetProperty("objective").GetProperty("metric").GetString().ShouldBe("validation_accuracy");
        JsonNode.DeepEquals(
            JsonNode.Parse(plan.GetProperty("parameters").GetRawText()),
            JsonNode.Parse("""{"learning_rate":{"min":1,"max":2,"distribution":"uniform"},"depth":{"value":3}}""")).ShouldBeTrue();
        plan.GetProperty("trials").GetInt32().ShouldBe(9);
        plan.GetProperty("epochs").GetInt64().ShouldBe(90);
        plan.GetProperty("first").GetArrayLength().ShouldBe(5);
        plan.GetProperty("first")[0].GetProperty("trial").GetString().ShouldBe("t/1");
        plan.GetProperty("seconds").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void DistributionsAreSaidInWordsAndToPrograms()
    {
        const string Text = """
            method: random
            run_cap: 3
            parameters:
              optimizer: {values: [sgd, adam], probabilities: [0.25, 0.75]}
              learning_rate: {min: 0, max: 0.1}
              weight_decay: {mu: 0, sigma: 0.01}
              batch_size: {distribution: q_log_uniform_values, q: 8, min: 32, max: 256}
              width: {distribution: q_normal, mu: 128, sigma: 32, q: 16}
            """;
        var lines = Plan(Text).Output.Split(Environment.NewLine);
        lines.ShouldContain("  optimizer      2 choices          sgd (25 %), adam (75 %)");
        lines.ShouldContain("  learning_rate  uniform            0 to 0.1");
        lines.ShouldContain("  weight_decay   normal             mu 0, sigma 0.01, from 0");
        lines.ShouldContain("  batch_size     log-uniform steps  32 to 256 by 8");
        lines.ShouldContain("  width          normal steps       mu 128, sigma 32, from 1 to 65536, by 16");
        JsonNode.DeepEquals(
            JsonNode.Parse(Plan(Text, "--format", "json").Output)!["parameters"],
            JsonNode.Parse("""
                {
                  "optimizer": {"values": ["sgd", "adam"], "probabilities": [0.25, 0.75]},
                  "learning_rate": {"min": 0, "max": 0.1, "distribution": "uniform"},
                  "weight_decay": {"mu": 0, "sigma": 0.01, "distribution": "normal"},
                  "batch_size": {"min": 32, "max": 256, "distribution": "q_log_uniform_values", "q": 8},
                  "width": {"mu": 128, "sigma": 32, "distribution": "q_normal", "q": 16}
                }
                """)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("method: grid\nrun_cap: 2\nparameters: {depth: [1, 2, 3]}", "note: run_cap cuts the grid: the first 2 of its 3 points are tried")]
    [InlineData("method: random\nrun_cap: 9\nparameters: {depth: [1, 2, 3]}", "note: the space has no more than 3 points: each is tried once, in random order")]
    [InlineData(
        "method: grid\nmetric: {name: accuracy, goal: minimize}\nparameters: {depth: 1}",
        "note: the goal asks for the worst trials: accuracy is usually maximized and loss minimized")]
    [InlineData(
        "method: grid\nparameters: {weight_decay: {min: 0, max: 1}}",
        "note: weight_decay has whole bounds, so only whole numbers are tried: distribution: uniform tries those between as well")]
    public void WhatMayNotBeMeantIsNoted(string text, string note) => Plan(text).Output.Split('\n').ShouldContain(note);

    [Fact]
    public void ManyTrialsAreEstimatedFromSome() =>
        Plan("method: grid\nrun_cap: 1000000\nparameters: {seed: {min: 0, max: 99999}, epochs: {min: 1, max: 3}, depth: [1, 2, 3, 4]}").Output
            .ShouldMatch(@"1,000,000 trials, about (1,9|2,0)\d\d,\d\d\d epochs");

    [Fact]
    public void AWrongFileIsRefusedWithItsFaults()
    {
        var error = new StringWriter();

        Should.Throw<SweepFileException>(() => Plan(Grid)).WriteTo(error);

        error.ToString().ShouldStartWith($"{File}:5:3: unknown parameter \"warp_factor\"; known are model, hidden, depth, width,");
        error.ToString().ShouldEndWith($"1 fault in {File}; nothing was started.{Environment.NewLine}");
    }

    [Theory]
    [InlineData("start_from")]
    [InlineData("init.start_from")]
    public void WhatATrialStartsFromIsLookedForAtItsPlace(string name)
    {
        var fault = Should.Throw<SweepFileException>(() => Plan(
            $"method: grid\nparameters:\n  epochs: 1\n  {name}: [none, nosuch/1, gone.safetensors]\n", "--store", Path.Combine(_folder, "store")));
        fault.Faults.Select(one => (one.Line, one.Column)).ShouldBe([(4, name.Length + 12), (4, name.Length + 22)]);
        fault.Faults[0].Message.ShouldStartWith("start_from is nosuch/1: ");
        fault.Faults[1].Message.ShouldStartWith("start_from is gone.safetensors: ");
    }

    [Fact]
    public void BracketsOfAFileAreNotTakenForMarkup() =>
        Plan("method: grid\ndescription: \"[red]x[/] [\"\nparameters: {hidden: [[8], [9, 9]]}").Output.ShouldContain("[red]x[/] [");

    private string File => Path.Combine(_folder, "t.yaml");

    private (int Exit, string Output, string Error) Plan(string text, params string[] options) =>
        Plan(text, _ => Task.FromResult<IReadOnlyList<double>?>(null), options);

    private (int Exit, string Output, string Error) Plan(
        string text, Func<IReadOnlyList<ParameterSet>, Task<IReadOnlyList<double>?>> measure, params string[] options)
    {
        System.IO.File.WriteAllText(File, text);
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = PlanCommand.Create(TrainerCatalog.Parameters, measure).Parse([File, .. options]).Invoke(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return (exit, output.ToString(), error.ToString());
    }
}
