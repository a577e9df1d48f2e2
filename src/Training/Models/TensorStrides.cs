namespace FashionSweep.Training.Models;

/// <summary>How a tensor's values lie in memory: from one to the next in each direction, in floats.</summary>
/// <param name="Room">With padding: a multiple of 16.</param>
internal readonly record struct TensorStrides(long Room, nint Output, nint Channel, nint Place)
{
    /// <summary>As <see cref="TensorLayout"/> says: outputs side by side, both sides padded.</summary>
    public static TensorStrides Padded(TensorLayout layout) =>
        new(layout.Room, Output: 1, layout.Columns, (nint)layout.ChannelStride * layout.Columns);

    /// <summary>As PyTorch has it, padded at the end alone.</summary>
    public static TensorStrides PyTorch(TensorLayout layout) =>
        new((layout.Count + 15) / 16 * 16, layout.IsVector ? 1 : layout.FanIn, layout.Places, Place: 1);
}
