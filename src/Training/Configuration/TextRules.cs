using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>The rules of texts that the engine reads.</summary>
internal static class TextRules
{
    public static ValueRule Layer { get; } = new ValueRule.Text($"a layer: {string.Join(", ", LayerSyntax.Forms)}", IsLayer)
    {
        Forms = new TextForms(LayerSyntax.Forms, FaultOf),
    };

    /// <summary>What a trial may start from, as a sweep file says it; a trial or a file is a checkpoint's SHA-256 as soon as the sweep runs.</summary>
    public static ValueRule CheckpointName { get; } = new ValueRule.Text("none, a trial such as quickstart/10, or a .safetensors file", IsCheckpointName)
    {
        Recorded = new RecordedText("none or a checkpoint's SHA-256", text => text == "none" || Checkpoint.IsSha256(text)),
    };

    private static bool IsLayer(string text) => LayerSyntax.Parse(text, out _) is not null;

    private static string FaultOf(string text)
    {
        LayerSyntax.Parse(text, out var fault);
        return fault;
    }

    private static bool IsCheckpointName(string text) =>
        text == "none" || text.Contains('/') || text.EndsWith(".safetensors", StringComparison.Ordinal) || Checkpoint.IsSha256(text);
}
