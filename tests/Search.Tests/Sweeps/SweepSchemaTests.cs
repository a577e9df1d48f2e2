using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class SweepSchemaTests
{
    // As a program that reads what is printed has it.
    private static readonly JsonSchemaCheck Schema = new(JsonNode.Parse(SweepSchema.Create(Engine.Catalog).ToJsonString())!.AsObject());

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Folder(), "*.*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder(), file)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void EachFileOfTheRepositoryIsAllowed(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), file));
        SweepFile.Load(Path.Combine(Folder(), file), Engine.Catalog);
        Schema.Allows(JsonOf(text)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("depth: 1")]
    [InlineData("depth: [1, 2]")]
    [InlineData("dropout: {mu: 0.3}")]
    [InlineData("dropout: {distribution: normal}")]
    [InlineData("dropout: {a: 2, b: 5, q: 0.1}")]
    [InlineData("learning_rate: {distribution: log_uniform, min: -9, max: -2}")]
    [InlineData("learning_rate: 1e-4")]
    [InlineData("optimizer: {values: [SGD, nag], probabilities: [0.5, 0.5]}")]
    [InlineData("Num-Layers: {value: 3, distribution: constant}")]
    [InlineData("optimizer: {parameters: {name: adam, lr: 0.1}}")]
    [InlineData("anything: {parameters: {hidden: [[128, 64], []]}}")]
    [InlineData("layers: {value: [conv 8, flatten]}")]
    public void WhatTheReadersTakeIsAllowed(string parameter)
    {
        var text = $"method: random\nrun_cap: 3\nparameters:\n  {parameter}";
        SweepText.Faults(text).ShouldBeEmpty();
        Schema.Allows(JsonOf(text)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("parameters: {depth: 1}")]
    [InlineData("method: gird\nparameters: {depth: 1}")]
    [InlineData("method: grid\nparameters: {}")]
    [InlineData("method: grid\nparameters: {depth: 1}\nrun_cap: 0")]
    [InlineData("method: grid\nparameters: {depth: 1}\nruncap: 3")]
    [InlineData("method: grid\nparameters: {depth: 1}\nmetric: {goal: maximize}")]
    [InlineData("method: grid\nparameters: {depth: 1}\nmetric: f1")]
    [InlineData("method: grid\nparameters: {dpeth: 1}")]
    [InlineData("method: grid\nparameters: {depth: 65}")]
    [InlineData("method: grid\nparameters: {depth: two}")]
    [InlineData("method: grid\nparameters: {depth: []}")]
    [InlineData("method: grid\nparameters: {depth: {}}")]
    [InlineData("method: grid\nparameters: {depth: {valeus: [1]}}")]
    [InlineData("method: grid\nparameters: {depth: {value: 1, values: [1]}}")]
    [InlineData("method: grid\nparameters: {depth: {min: 1}}")]
    [InlineData("method: grid\nparameters: {optimizer: {min: 1, max: 2}}")]
    [InlineData("method: grid\nparameters: {optimizer: adem}")]
    [InlineData("method: grid\nparameters: {dropout: 1}")]
    [InlineData("method: grid\nparameters: {nesterov: 1}")]
    [InlineData("method: grid\nparameters: {layers: {value: [cnv 8]}}")]
    [InlineData("method: grid\nparameters: {dropout: {min: 0, max: 1, distribution: gaussian}}")]
    public void WhatTheReadersRefuseIsNotAllowed(string text)
    {
        SweepText.Faults(text).ShouldNotBeEmpty();
        Schema.Allows(JsonOf(text)).ShouldBeFalse();
    }

    [Fact]
    public void EachHyperparameterIsThereWithItsMeaning()
    {
        var definitions = SweepSchema.Create(Engine.Catalog)["$defs"]!;
        foreach (var parameter in Engine.Catalog.All) definitions[parameter.Name]!["description"]!.GetValue<string>().ShouldStartWith(parameter.Meaning);
    }

    private static JsonNode? JsonOf(string text)
    {
        var faults = new FaultLog("t.yaml");
        return JsonOf(YamlTree.Read(text, faults)!);
    }

    private static JsonNode? JsonOf(YamlValue value) => value switch
    {
        YamlValue.Mapping mapping => new JsonObject(mapping.Entries.Select(entry => KeyValuePair.Create(entry.Key, JsonOf(entry.Value)))),
        YamlValue.Sequence list => new JsonArray([.. list.Items.Select(JsonOf)]),
        YamlValue.Scalar scalar => CoreSchema.Resolve(scalar) is { } known ? JsonSerializer.SerializeToNode(known) : null,
        _ => throw new InvalidOperationException($"{value} is no JSON."),
    };

    private static string Folder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../sweeps"));
}
