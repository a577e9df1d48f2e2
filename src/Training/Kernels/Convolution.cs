namespace FashionSweep.Training.Kernels;

/// <summary>
/// The geometry of a convolution over a batch. Images lie as [images · height · width, channels], its weights as [kernel · kernel · channels, filters],
/// channels and filters padded as <see cref="Matrix"/> wants it.
/// </summary>
/// <param name="PadBefore">Rows and columns of zeros at the top and the left; as many as needed follow at the other sides.</param>
internal readonly record struct Convolution(
    int Images, int Height, int Width, int Channels, int Filters, int Kernel, int Stride, int PadBefore, int OutHeight, int OutWidth)
{
    /// <summary>At the bottom. Negative where windows leave the last rows out.</summary>
    public int PadBelow => ((OutHeight - 1) * Stride) + Kernel - Height - PadBefore;

    public int PadRight => ((OutWidth - 1) * Stride) + Kernel - Width - PadBefore;

    /// <summary>Values that one output sees.</summary>
    public int Window => Kernel * Kernel * Channels;

    public int OutRows => OutHeight * OutWidth;
}
