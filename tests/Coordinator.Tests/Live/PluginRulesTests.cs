using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Live;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Live;

/// <summary>What is known of a user's own model where nothing of it is loaded.</summary>
public sealed class PluginRulesTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    /// <summary>A model that there is no class of.</summary>
    internal static GivenPlugin MyNet { get; } = new(
        new OwnModel("mynet", Convert.ToHexStringLower(SHA256.HashData(Bytes)),
        [
            new OwnParameter("mynet_width", new ValueRule.WholeNumber(1, 64), 8, "filters"),
            new OwnParameter("mynet_rate", new ValueRule.Number(0, double.PositiveInfinity), 0.5, "a number without an end"),
            new OwnParameter("mynet_kind", new ValueRule.OneOf(["plain", "wide"]), "plain", "one of two"),
        ]),
        Bytes);

    [Fact]
    public void PluginsAreTakenWhereTheyAreAllowedAlone()
    {
        FaultOf(MyNet).ShouldBeNull();
        new PluginRules(Allowed: false).FindFault(MyNet, TrainerCatalog.Parameters)!.ShouldContain("start it with --allow-plugins");
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        FaultOf(MyNet with { Bytes = [1, 2] })!.ShouldContain("damaged on its way");
        FaultOf(MyNet with { Model = MyNet.Model with { Name = "vgg" } })!.ShouldContain("a model of FashionSweep's own");
        FaultOf(With(new OwnParameter("lr", new ValueRule.Boolean(), true, "")))
            .ShouldBe("model mynet: parameter lr means learning_rate, a hyperparameter of FashionSweep's own: call it mynet_lr");
        FaultOf(With(new OwnParameter("mynet_x", new ValueRule.WholeNumber(1, 2), 3, "")))
            .ShouldBe("model mynet: parameter mynet_x is 3 unless given, must be a whole number from 1 to 2");
        FaultOf(With(new OwnParameter("mynet_x", new ValueRule.ListOf(new ValueRule.Boolean(), 2), true, "")))!.ShouldContain("or one of some words");
    }

    [Fact]
    public void ItIsTheSameBehindJson()
    {
        var text = JsonSerializer.Serialize(MyNet);
        var back = JsonSerializer.Deserialize<GivenPlugin>(text)!;
        back.Bytes.ShouldBe(Bytes);
        back.Model.Parameters.Select(parameter => parameter.Rule.Wording).ShouldBe(MyNet.Model.Parameters.Select(parameter => parameter.Rule.Wording));
        back.Model.Parameters.Select(parameter => parameter.Default).ShouldBe(MyNet.Model.Parameters.Select(parameter => parameter.Default));
        JsonSerializer.Serialize(back).ShouldBe(text);
    }

    [Fact]
    public void ItsParametersAreCheckedAtTheirPlaceInAFile()
    {
        var faults = Should.Throw<SweepFileException>(() => Parse("method: grid\nparameters:\n  model: {value: mynet}\n  mynet_width: {values: [8, 65]}\n"));
        faults.Message.ShouldContain("sweep.yaml:4:29: ");
        faults.Message.ShouldContain("a whole number from 1 to 64");
        Should.Throw<SweepFileException>(() => Parse("method: grid\nparameters:\n  model: {value: mynet}\n  mynet_widht: {value: 8}\n")).Message
            .ShouldContain("did you mean \"mynet_width\"?");
        Should.Throw<SweepFileException>(() => Parse("method: grid\nparameters:\n  model: {value: mynet}\n  engine: {value: native}\n")).Message
            .ShouldContain("so engine must be torchsharp with it");
    }

    [Fact]
    public void ItBringsItsEngineAlong()
    {
        Parse("method: grid\nparameters: {model: {value: mynet}}\n").Engines.ShouldBe(new EngineSet(["torchsharp"]));
        Parse("method: grid\nparameters: {model: {values: [mynet, mlp]}}\n").Engines.ShouldBe(new EngineSet(["native", "torchsharp"]));
        Parse("method: grid\nparameters: {depth: {value: 1}}\n").Engines.ShouldBe(EngineSet.NativeAlone);
    }

    private static GivenPlugin With(OwnParameter parameter) => MyNet with { Model = MyNet.Model with { Parameters = [parameter] } };

    private static string? FaultOf(GivenPlugin plugin) => new PluginRules(Allowed: true).FindFault(plugin, TrainerCatalog.Parameters);

    private static SweepSpec Parse(string text) =>
        SweepFile.Parse("sweep.yaml", Encoding.UTF8.GetBytes(text), TrainerCatalog.Parameters.With(MyNet.Model)).Spec;
}
