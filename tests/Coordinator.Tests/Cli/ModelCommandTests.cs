using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Shared.Faults;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class ModelCommandTests : IDisposable
{
    private const string Sweep = """
        name: t
        method: grid
        parameters:
          layers:
            values:
              - [conv 8 3x3, max_pool 2, batch_norm, residual 16 stride=2, residual 16, flatten, dense 4, dropout 0.5]
              - [conv 8 3x3 padding=same, flatten]
        """;

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("fsweep-model-");

    public void Dispose() => _temporary.Delete(recursive: true);

    [Fact]
    public void EachLayerHasARowWithItsShapeAndParameters()
    {
        var (code, text) = Run("sweep.yaml");

        code.ShouldBe(0);
        foreach (var part in new[]
        {
            "t/1  images of 1 x 28 x 28", "conv 1", "8 filters of 3 x 3", "8 x 26 x 26", "sum with a 1 x 1 convolution of the input, stride 2",
            "The sweep has 2 different models",
        })
            text.ShouldContain(part);
    }

    [Fact]
    public void AnotherTrialHasAnotherModel() => Run("sweep.yaml", "--trial", "2").Text.ShouldContain("62,810 parameters");

    [Fact]
    public void ATrialThatIsNotThereIsRefused() =>
        Should.Throw<InputException>(() => Run("sweep.yaml", "--trial", "3")).Message.ShouldBe("--trial is 3, must be from 1 to 2: t has 2 trials");

    [Fact]
    public void ProgramsGetTheSameAsJson()
    {
        var model = JsonDocument.Parse(Run("sweep.yaml", "--trial", "2", "--format", "json").Text).RootElement;

        model.GetProperty("parameters").GetInt64().ShouldBe((8 * 9) + 8 + (8 * 28 * 28 * 10) + 10);
        model.GetProperty("layers")[0].GetProperty("output").EnumerateArray().Select(size => size.GetInt32()).ShouldBe([8, 28, 28]);
        model.GetProperty("layers")[0].GetProperty("tensors")[0].GetProperty("name").GetString().ShouldBe("layers.0.weight");
    }

    [Fact]
    public void TheDrawingIsSvgWithABoxForEachLayer()
    {
        var path = Path.Combine(_temporary.FullName, "model.svg");

        Run("sweep.yaml", "--svg", path).Code.ShouldBe(0);

        var drawing = XDocument.Load(path);
        drawing.Root!.Name.LocalName.ShouldBe("svg");
        string[] texts = [.. drawing.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        foreach (var text in new[] { "conv 8, 3 x 3", "residual block 16, stride 2", "+ 1 x 1 conv", "+ input", "dense 4", "dense 10" })
            texts.ShouldContain(text);
    }

    private (int Code, string Text) Run(string name, params string[] options)
    {
        var file = Path.Combine(_temporary.FullName, name);
        File.WriteAllText(file, Sweep);
        var output = new StringWriter();
        var code = ModelCommand.Create(TrainerCatalog.Parameters).Parse([file, .. options]).Invoke(
            new InvocationConfiguration { Output = output, Error = new StringWriter(), EnableDefaultExceptionHandler = false });
        return (code, output.ToString());
    }
}
