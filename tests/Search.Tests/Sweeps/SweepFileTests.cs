using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class SweepFileTests
{
    [Fact]
    public void AFullFileBecomesItsSpec()
    {
        var spec = SweepText.Read("""
            name: first.try-1
            description: what we know
            method: random
            metric: {name: val_loss}
            run_cap: 40
            seed: 7
            parameters:
              optimizer: {values: [sgd, adam]}
              learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 1}
              depth: {min: 1, max: 3}
              dropout: {min: 0.0, max: 0.5}
              weight_decay: {min: 0, max: 1, distribution: uniform}
              width: 128
            """);
        spec.ShouldBe(new SweepSpec("first.try-1", SearchMethod.Random, new Objective(Metric.ValidationLoss, Goal.Minimize), spec.Space, 40, 7, "what we know")
        {
            Notices = spec.Notices,
        });
        spec.Notices.ShouldBe(["read as the names used here: val_loss → validation_loss"]);
        spec.Parameters.Select(parameter => parameter.Name).ShouldBe(["optimizer", "learning_rate", "depth", "dropout", "weight_decay", "width"]);
        spec.Parameters.Skip(1).Select(parameter => parameter.Domain).ShouldBe([
            new SearchDomain.RealRange(1e-4, 1, Logarithmic: true),
            new SearchDomain.WholeRange(1, 3),
            new SearchDomain.RealRange(0, 0.5, Logarithmic: false),
            new SearchDomain.RealRange(0, 1, Logarithmic: false),
            new SearchDomain.Constant(128L),
        ]);
    }

    [Fact]
    public void WhatIsLeftOutHasADefault()
    {
        var spec = SweepText.Read("method: grid\nparameters: {depth: 1}");
        (spec.Name, spec.Seed, spec.RunCap, spec.Description, spec.Objective).ShouldBe(("t", 1, null, null, Objective.Default));
    }

    [Theory]
    [InlineData("val_acc", Metric.ValidationAccuracy, Goal.Maximize)]
    [InlineData("accuracy", Metric.ValidationAccuracy, Goal.Maximize)]
    [InlineData("validation_loss", Metric.ValidationLoss, Goal.Minimize)]
    [InlineData("loss", Metric.ValidationLoss, Goal.Minimize)]
    [InlineData("train_acc", Metric.TrainAccuracy, Goal.Maximize)]
    [InlineData("{name: training_loss}", Metric.TrainLoss, Goal.Minimize)]
    [InlineData("{goal: minimize, name: val_accuracy}", Metric.ValidationAccuracy, Goal.Minimize)]
    public void AMetricIsKnownByManyNames(string metric, Metric known, Goal goal) =>
        SweepText.Read($"method: grid\nmetric: {metric}\nparameters: {{depth: 1}}").Objective.ShouldBe(new Objective(known, goal));

    public static TheoryData<string, ParameterValue[]> Lists => new()
    {
        { "depth: [1, 0x10, 0o7, +3]", [1L, 16L, 7L, 3L] },
        { "learning_rate: [1e-4, 1E-3, .5, 2., 1, 0.1]", [1e-4, 1e-3, 0.5, 2.0, 1L, 0.1] },
        { "nesterov: [true, FALSE]\n  momentum: 0.9", [true, false] },
        { "optimizer: [sgd, 'adam']", ["sgd", "adam"] },
        { "hidden: [[128, 64], [256], []]", [List(128L, 64L), List(256L), List()] },
        { "depth: {\"values\": [1,\t2]}", [1L, 2L] },
        { "depth:\n  - 1\n  - 2", [1L, 2L] },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public void ValuesAreReadAsWritten(string parameter, ParameterValue[] values) =>
        SweepText.Read($"method: grid\nparameters:\n  {parameter}").Parameters[0].Domain.ShouldBeOfType<SearchDomain.Choices>().Values.ShouldBe(values);

    [Theory]
    [InlineData("hidden: {value: [128, 64]}")]
    [InlineData("hidden:\n    value:\n    - 128\n    - 64")]
    public void AListCanBeOneValue(string parameter) =>
        SweepText.Read($"method: grid\nparameters:\n  {parameter}").Parameters.ShouldBe(
            [new SearchParameter("hidden", new SearchDomain.Constant(List(128L, 64L)))]);

    [Fact]
    public void JsonIsASweepFileToo() =>
        SweepText.Read("{\n\t\"method\": \"grid\",\n\t\"parameters\": {\n\t\t\"depth\": {\"values\": [1, 2]}\n\t}\n}").Parameters.Count.ShouldBe(1);

    [Fact]
    public void JsonMayBeLaidOutAsItLikes()
    {
        var spec = SweepText.Read(
            "{\"method\"\r\n\t:\r\n\t\"grid\", \"description\": \"\\ud83d\\ude00 a\\/b \\u00e9 😀\", "
                + "\"parameters\":{\"learning_rate\":[1E-4,0.1],\"depth\" : 1,},}\r\n");
        spec.Description.ShouldBe("😀 a/b é 😀");
        spec.Parameters.Count.ShouldBe(2);
    }

    [Fact]
    public void AByteOrderMarkAndCarriageReturnsDoNoHarm() =>
        SweepText.Read("\uFEFFmethod: grid\r\nparameters:\r\n  depth: [1, 2]\r\n").Parameters.Count.ShouldBe(1);

    [Fact]
    public void TheSourceIsKeptToTheByte()
    {
        var bytes = "# é\r\nmethod: grid\r\nparameters: {depth: 1}"u8.ToArray();
        System.Text.Encoding.UTF8.GetBytes(SweepFile.Parse(SweepText.Path, bytes, Engine.Catalog).Source).ShouldBe(bytes);
    }

    private static ParameterValue.List List(params ParameterValue[] items) => new(items);
}
