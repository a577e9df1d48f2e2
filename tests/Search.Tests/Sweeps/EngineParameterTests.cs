using FashionSweep.Search.Space;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Engines as sweep files name them.</summary>
public sealed class EngineParameterTests
{
    [Theory]
    [InlineData("depth: 1", "native")]
    [InlineData("engine: native", "native")]
    [InlineData("engine: TorchSharp", "torchsharp")]
    [InlineData("engine: torch", "torchsharp")]
    [InlineData("engine: [native, torchsharp]", "native, torchsharp")]
    [InlineData("engine: {value: torchsharp, when: optimizer = adam}\n  optimizer: [sgd, adam]", "native, torchsharp")]
    public void ASweepKnowsItsEngines(string parameters, string engines) =>
        SweepText.Read($"method: grid\nparameters:\n  {parameters}").Engines.ToString().ShouldBe(engines);

    [Fact]
    public void ABaselineMayNameOneMore() =>
        SweepText.Read("method: grid\nbaselines: [{depth: 2, engine: torchsharp}]\nparameters: {depth: 1}").Engines.ToString().ShouldBe("native, torchsharp");

    [Theory]
    [InlineData("depth: 1", null, "native")]
    [InlineData("engine: native", "native", "native")]
    [InlineData("engine: torchsharp", "torchsharp", "torchsharp")]
    public void ATrialOfTheUsualEngineLooksAsItDidBeforeThereWasAnother(string parameter, string? written, string engine)
    {
        var trial = new TrialSource("t", SweepText.Read($"method: grid\nparameters: {{{parameter}}}")).Next()!;
        trial.Parameters["engine"]?.ToString().ShouldBe(written);
        trial.Parameters.Engine().ShouldBe(engine);
    }

    [Fact]
    public void ThatItIsTheUsualOneMayBeSaidAndMakesNoOtherTrial()
    {
        var trials = new TrialSource("t", SweepText.Read("method: grid\nbaselines: [{depth: 1, engine: native}]\nparameters: {depth: [1, 2]}"));
        trials.Next()!.Parameters["engine"].ShouldBe("native");
        trials.Next()!.Parameters["depth"].ShouldBe(2L);
        trials.Next().ShouldBeNull();
    }

    [Fact]
    public void ConditionsReadItWhereItIsNotSaid()
    {
        var space = SweepText.Read("method: grid\nparameters: {depth: {value: 1, when: engine = native}, width: 8}").Space;
        space.Choose(parameter => ((SearchDomain.Constant)parameter.Domain).Value)["depth"].ShouldBe(1L);
    }

    [Theory]
    [InlineData("engine: torchsharp\n  precision: bf16", "engine torchsharp computes in fp32, so precision can't be bf16 with it")]
    [InlineData("engine: torchsharpe", "did you mean \"torchsharp\"?")]
    [InlineData("engine: pytorch", "torchsharp is PyTorch's library in .NET")]
    [InlineData("model: mynet", "must be one of mlp, cnn, vgg, resnet, or a model of your own, which comes with --plugin or lies in a folder plugins")]
    [InlineData("model: resnett", "lies in a folder plugins beside the file; did you mean \"resnet\"?")]
    public void AFaultSaysItsPlace(string parameters, string fault)
    {
        var said = SweepText.Faults($"method: grid\nparameters:\n  {parameters}").ShouldHaveSingleItem();
        said.ShouldStartWith("3:");
        said.ShouldContain(fault);
    }
}
