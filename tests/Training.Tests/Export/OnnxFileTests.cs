using FashionSweep.Shared.Trials;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Export;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FashionSweep.Training.Tests.Export;

/// <summary>ONNX Runtime is the judge: from the same pixels it must come to the same probabilities.</summary>
public sealed class OnnxFileTests : ToyTrials
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>Every layer, activation and scaling of pixels at least once; the first five are shaped as the reference systems.</summary>
    public static TheoryData<string, ParameterSet> Models => new()
    {
        { "S0", Set(("depth", 1L), ("width", 128L)) },
        { "S1", Set(("depth", 0L), ("normalization", "none"), ("optimizer", "sgd"), ("learning_rate", 0.0001)) },
        { "S2", Cnn("conv 8 3x3 padding=same, batch_norm, max_pool 2, dropout 0.2, conv 8 3x3 padding=same, max_pool 2, flatten, dense 32") },
        { "S3", Set(("depth", 2L), ("width", 64L), ("normalization", "standard")) },
        { "S4", Cnn("conv 8 3x3, max_pool 2, conv 8 2x2, flatten, dense 32, dropout 0.5") },
        { "residual", Cnn("conv 8 3x3 padding=same, batch_norm, residual 8, residual 16 stride=2, global_average_pool") },
        { "an even kernel", Cnn("conv 4 4x4 padding=same, average_pool 3 stride=2, conv 4 2x2 padding=same stride=2, flatten", ("activation", "gelu")) },
        { "elu", Set(("depth", 2L), ("width", 16L), ("batch_norm", true), ("activation", "elu")) },
        { "leaky relu", Set(("depth", 1L), ("width", 16L), ("activation", "leaky_relu"), ("normalization", "l2")) },
        { "silu", Set(("depth", 1L), ("width", 16L), ("activation", "silu")) },
        { "sigmoid", Set(("depth", 1L), ("width", 16L), ("activation", "sigmoid")) },
        { "tanh", Set(("depth", 1L), ("width", 16L), ("activation", "tanh")) },
        { "identity", Set(("depth", 1L), ("width", 16L), ("activation", "identity")) },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void OnnxRuntimeComesToTheSameProbabilities(string name, ParameterSet parameters)
    {
        // Some processors train convolutions in bf16, which ONNX Runtime does not.
        var spec = Spec([.. parameters.Select(pair => (pair.Key, pair.Value)), ("precision", "fp32")]);
        var result = Completed(Trainer().Train(spec, _ => { }, CancellationToken.None));
        var model = RecordedModel.Read(spec, result, Checkpoints);
        var inference = new Inference(model, result.Environment, ToyData.Data, new NativeEngine(KernelSet.Choose(KernelChoice.Auto)));
        var ours = inference.Predict(DataPart.Test, inference.ImagesOf(DataPart.Test), CancellationToken.None);

        var theirs = Run(Written(name, model), ToyData.Data.Test.Pixels);

        foreach (var (row, one) in ours.Index())
            for (var label = 0; label < one.Probabilities.Count; label++) theirs[row, label].ShouldBe((float)one.Probabilities[label], 1e-4f);
    }

    [Fact]
    public void TheSameModelGivesTheSameBytes()
    {
        var spec = Spec();
        var model = RecordedModel.Read(spec, Completed(Trainer().Train(spec, _ => { }, CancellationToken.None)), Checkpoints);

        Written("twice", model).ShouldBe(Written("twice", model));
    }

    private static byte[] Written(string name, RecordedModel model)
    {
        using var file = new MemoryStream();
        OnnxFile.Write(file, name, model, ToyData.Data, Nothing);
        return file.ToArray();
    }

    private static Tensor<float> Run(byte[] file, byte[] pixels)
    {
        using var session = new InferenceSession(file);
        var side = ToyData.Data.Image.Height;
        var images = new DenseTensor<byte>(pixels, [ToyData.Data.Test.Count, side, side]);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("pixels", images)], ["probabilities"]);
        return outputs[0].AsTensor<float>().Clone();
    }

    private static ParameterSet Cnn(string layers, params (string Name, ParameterValue Value)[] chosen) =>
        Set([("model", "cnn"), ("layers", new ParameterValue.List([.. layers.Split(", ").Select(layer => (ParameterValue)layer)])), .. chosen]);

    private static ParameterSet Set(params (string Name, ParameterValue Value)[] chosen) => new(chosen.ToDictionary(pair => pair.Name, pair => pair.Value));
}
