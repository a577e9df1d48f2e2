using System.Reflection;
using System.Text.Json;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Training.Tests.Configuration;

public sealed class TrainerCatalogTests
{
    private static ParameterCatalog Catalog => TrainerCatalog.Parameters;

    public static TheoryData<string> Names => [.. Catalog.Names];

    [Fact]
    public void EveryHyperparameterIsListed()
    {
        Type[] places = [typeof(ModelParameters), typeof(OptimizerParameters), typeof(ScheduleParameters), typeof(DataParameters)];
        var said = places.SelectMany(place => place.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => property.GetValue(null)).OfType<Hyperparameter>();
        Catalog.All.ShouldBe(said, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EachDefaultIsAllowed(string name)
    {
        var known = Catalog.Find(name)!;
        ParameterValue?[] defaults = [known.Default.Usual, known.Default.Earlier, .. known.Default.Exceptions.Select(exception => exception.Value)];
        defaults.OfType<ParameterValue>().ShouldAllBe(value => known.Rule.Allows(value));
        (known.Default != ParameterDefault.None || known.Name is "hidden" or "layers").ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatItHangsOnExists(string name)
    {
        var known = Catalog.Find(name)!;
        Beside?[] conditions = [known.MattersBeside, known.Default.NoneBeside, .. known.Default.Exceptions.Select(exception => exception.Beside)];
        foreach (var beside in conditions.OfType<Beside>())
        {
            var other = Catalog.Find(beside.Other).ShouldNotBeNull();
            beside.Values.ShouldAllBe(value => other.Rule.Allows(value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NoNameStandsForTwoValues(string name)
    {
        if (Catalog.Find(name)!.Rule is not ValueRule.OneOf rule) return;
        rule.Spellings.ShouldBeUnique();
        foreach (var word in rule.Words)
            foreach (var other in word.OtherNames) rule.Meant(other).ShouldBe(word);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EachMattersSomewhere(string name)
    {
        var choices = Catalog.All.Where(parameter => parameter.Rule is ValueRule.OneOf)
            .SelectMany(parameter => ((ValueRule.OneOf)parameter.Rule).Names.Select(value => Complete((parameter.Name, value))));
        choices.ShouldContain(complete => Catalog.Matters(name, complete));
    }

    [Theory]
    [InlineData("nesterov", "optimizer", "sgd", true)]
    [InlineData("nesterov", "optimizer", "adam", false)]
    [InlineData("depth", "model", "mlp", true)]
    [InlineData("depth", "model", "resnet", false)]
    [InlineData("patience", "early_stopping", "none", false)]
    [InlineData("learning_rate", "optimizer", "lion", true)]
    public void WhatDoesNothingDoesNotMatter(string name, string of, string value, bool matters) =>
        Catalog.Matters(name, Complete((of, value))).ShouldBe(matters);

    [Theory]
    [InlineData("depth", "NUM-LAYERS")]
    [InlineData("width", "hidden.size")]
    [InlineData("learning_rate", "LR")]
    [InlineData("weight_decay", "w_d")]
    [InlineData("batch_size", "batch-size")]
    public void NamesOfOtherToolsAreKnown(string name, string written) => Catalog.FindSpelled(written)!.Name.ShouldBe(name);

    // As releases before have written them: their records, and the order of their trials, hang on every letter.
    [Theory]
    [MemberData(nameof(Recorded))]
    public void ACompletedSetIsAsItEverWas(string chosen, string others)
    {
        var given = JsonSerializer.Deserialize<ParameterSet>(chosen)!;
        var usual = JsonSerializer.Deserialize<ParameterSet>(Usual)!.With(given).With(JsonSerializer.Deserialize<ParameterSet>(others)!);
        if (given["hidden"] is not null) usual = new ParameterSet(usual.Where(pair => pair.Key is not ("depth" or "width") || given[pair.Key] is not null));
        JsonSerializer.Serialize(Catalog.Complete(given, sweepSeed: 77)).ShouldBe(JsonSerializer.Serialize(usual));
    }

    private static ParameterSet Complete(params (string Name, ParameterValue Value)[] chosen) =>
        Catalog.Complete(new ParameterSet(chosen.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))), sweepSeed: 1);

    /// <summary>Nothing chosen.</summary>
    private const string Usual = """
        {"activation":"relu","alpha":0.99,"batch_norm":false,"batch_size":64,"beta1":0.9,"beta2":0.999,"blocks":2,"decay":0.1,"depth":2,
         "dropout":0.0,"early_stopping":"none","epochs":10,"epsilon":1E-08,"erasing":0.0,"filters":16,"flip":0.0,"freeze":0,"gradient_clip":0.0,
         "label_smoothing":0.0,"learning_rate":0.001,"loss":"cross_entropy","min_delta":0.0,"min_learning_rate":0.0,"mixup":0.0,"model":"mlp",
         "momentum":0.0,"momentum_decay":0.004,"nesterov":false,"normalization":"unit","optimizer":"adam","patience":5,"plateau_patience":3,
         "precision":"auto","rotation":0.0,"schedule":"constant","seed":77,"shift":0,"split_seed":77,"stages":3,"start_from":"none",
         "step_epochs":10,"validation_fraction":0.1,"warmup_epochs":0.0,"weight_decay":0.0,"weight_init":"pytorch","width":128}
        """;

    /// <summary>What is chosen, and what is otherwise than usual for it: of release 0.1.</summary>
    public static TheoryData<string, string> Recorded => new()
    {
        { """{"epsilon":0.001,"optimizer":"sgd"}""", """{"learning_rate":0.01}""" },
        { """{"optimizer":"momentum"}""", """{"learning_rate":0.01,"momentum":0.9}""" },
        { """{"optimizer":"nesterov"}""", """{"learning_rate":0.01,"momentum":0.9,"nesterov":true}""" },
        { """{"momentum":0,"width":7}""", """{}""" },
        { """{"depth":3,"nesterov":false}""", """{}""" },
        { """{"beta2":0.5,"freeze":0,"optimizer":"adam"}""", """{}""" },
        { """{"depth":3,"optimizer":"adamw"}""", """{}""" },
        { """{"hidden":[8,4],"optimizer":"nadam","stages":5}""", """{"learning_rate":0.002}""" },
        { """{"momentum":0,"optimizer":"rmsprop"}""", """{}""" },
        { """{"depth":3,"model":"mlp","optimizer":"adagrad"}""", """{"epsilon":1E-10,"learning_rate":0.01}""" },
        { """{"decay":0.5,"optimizer":"lion"}""", """{"beta2":0.99,"learning_rate":0.0001}""" },
        { """{"schedule":"exponential","width":7}""", """{"decay":0.95}""" },
        { """{"epsilon":0.001,"schedule":"cosine"}""", """{}""" },
        { """{"layers":["conv 8 3x3","flatten"],"seed":3}""", """{"model":"cnn"}""" },
        { """{"hidden":[],"seed":3}""", """{}""" },
        { """{"precision":"bf16","seed":3}""", """{}""" },
        { """{"freeze":5,"split_seed":4}""", """{}""" },
        { """{"depth":0,"width":7}""", """{}""" },
        { """{"freeze":0,"model":"vgg"}""", """{}""" },
        { """{"depth":3,"freeze":5}""", """{}""" },
        { """{"seed":3,"unknown":"x"}""", """{}""" },
        { """{"model":"vgg","optimizer":"rmsprop","precision":"fp32","seed":3,"stages":5,"unknown":"x","warmup_epochs":0.5,"width":7}""", """{}""" },
        { """{"batch_size":10,"early_stopping":"none","freeze":0,"momentum":0.0,"precision":"fp32","seed":3,"width":7}""", """{}""" },
        {
            """{"batch_size":0,"beta2":0.5,"depth":0,"model":"resnet","optimizer":"sgd","schedule":"exponential","stages":5,"unknown":"x","warmup_epochs":0}""",
            """{"decay":0.95,"learning_rate":0.01}"""
        },
        {
            """{"beta2":0.5,"decay":0.5,"depth":3,"early_stopping":"train_loss","freeze":5,"hidden":[],"learning_rate":0.5"""
                + ""","model":"cnn","optimizer":"adagrad","schedule":"one_cycle","unknown":"x"}""",
            """{"epsilon":1E-10}"""
        },
    };
}
