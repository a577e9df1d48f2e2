namespace FashionSweep.Training.Losses;

/// <summary>What a batch's images are: a class each, or, mixed, two of them in the same shares for all.</summary>
/// <param name="labels">One for each image.</param>
internal readonly ref struct Targets(ReadOnlySpan<byte> labels)
{
    public ReadOnlySpan<byte> Labels { get; } = labels;

    /// <summary>The classes of what each image was mixed with; empty where they are not mixed.</summary>
    public ReadOnlySpan<byte> Partners { get; init; }

    /// <summary>Of the label; the partner has the rest.</summary>
    public float Share { get; init; } = 1;

    public int Count => Labels.Length;
}
