using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Models;

/// <summary>
/// One tensor of a model: by its name and shape in PyTorch, and as it lies in memory: [places · channels, outputs] with both sides padded, so
/// that outputs are contiguous for the vector units.
/// </summary>
/// <param name="Outputs">Units or filters; of a vector its length.</param>
/// <param name="Channels">Input channels; 0 makes the tensor a vector, which lies in one row.</param>
/// <param name="ChannelStride">Rows from one place of the kernel to the next.</param>
/// <param name="Places">Of a convolution's kernel; 1 for a dense layer.</param>
/// <param name="Learned">A parameter; otherwise a running statistic.</param>
/// <param name="Frozen">Stays as it starts.</param>
public sealed record TensorLayout(
    string Name, IReadOnlyList<int> Shape, int Outputs, int Channels = 0, int ChannelStride = 0, int Places = 0, bool Learned = true, bool Frozen = false)
{
    /// <summary>Changed by the optimizer.</summary>
    public bool Trained => Learned && !Frozen;

    public bool IsVector => Channels == 0;

    public long Count => IsVector ? Outputs : (long)Outputs * Channels * Places;

    /// <summary>Of inputs to one output: what initial weights are scaled by.</summary>
    public int FanIn => Channels * Places;

    public int FanOut => Outputs * Places;

    public int Rows => IsVector ? 1 : Matrix.PadColumns(Places * ChannelStride);

    public int Columns => Matrix.PadColumns(Outputs);

    /// <summary>With padding.</summary>
    public long Room => (long)Rows * Columns;

    /// <summary>From one output's values to the next one's, in PyTorch's order.</summary>
    internal int Step => IsVector ? 1 : FanIn;

    /// <summary>The rows that hold values, with the index of each one's first value in PyTorch's order.</summary>
    internal IEnumerable<(int Row, int Index)> UsedRows
    {
        get
        {
            if (IsVector)
            {
                yield return (0, 0);
                yield break;
            }
            for (var place = 0; place < Places; place++)
                for (var channel = 0; channel < Channels; channel++) yield return ((place * ChannelStride) + channel, (channel * Places) + place);
        }
    }
}
