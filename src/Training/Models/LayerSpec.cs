namespace FashionSweep.Training.Models;

/// <summary>One layer as a model's description names it; shapes follow when the layers are put in their places.</summary>
public abstract record LayerSpec
{
    private LayerSpec()
    {
    }

    /// <summary>A fully connected layer.</summary>
    public sealed record Dense(int Units) : LayerSpec;

    /// <summary>A convolution of square kernels. Padding keeps the size, but for the stride, or is none.</summary>
    public sealed record Conv(int Filters, int Kernel, int Stride = 1, Padding Padding = Padding.Valid) : LayerSpec
    {
        /// <summary>Zeros before each row and column.</summary>
        internal int Before => Padding == Padding.Same ? (Kernel - 1) / 2 : 0;

        /// <summary>Zeros behind them: of an even kernel one more.</summary>
        internal int Behind => Padding == Padding.Same ? Kernel / 2 : 0;
    }

    public sealed record MaxPool(int Size, int Stride) : LayerSpec;

    public sealed record AveragePool(int Size, int Stride) : LayerSpec;

    /// <summary>The mean of each channel: from images to a vector.</summary>
    public sealed record GlobalAveragePool : LayerSpec;

    /// <summary>Ioffe, Szegedy, "Batch Normalization", ICML 2015: each channel over the batch while training, by running means otherwise.</summary>
    public sealed record BatchNorm : LayerSpec
    {
        /// <summary>Added to a variance before its root is taken.</summary>
        internal const double Epsilon = 1e-5;
    }

    public sealed record Dropout(double Rate) : LayerSpec;

    /// <summary>From images to a vector, channels first as PyTorch's.</summary>
    public sealed record Flatten : LayerSpec;

    public sealed record Activate(Activation Activation) : LayerSpec
    {
        /// <summary>Slope of <see cref="Activation.LeakyRelu"/> below 0.</summary>
        internal const double Leak = 0.01;
    }

    /// <summary>
    /// Two 3×3 convolutions, to whose output their input is added: the basic block of He, Zhang, Ren, Sun, "Deep Residual Learning for Image
    /// Recognition", CVPR 2016, section 3.3, with a 1×1 convolution as the shortcut where filters or size change (their option B).
    /// </summary>
    public sealed record Residual(int Filters, int Stride = 1, Activation Activation = Activation.Relu) : LayerSpec
    {
        public IReadOnlyList<LayerSpec> Body =>
        [
            new Conv(Filters, 3, Stride, Padding.Same), new BatchNorm(), new Activate(Activation),
            new Conv(Filters, 3, 1, Padding.Same), new BatchNorm(),
        ];

        /// <summary>None where the input fits as it is.</summary>
        public IReadOnlyList<LayerSpec> Shortcut(int channels) =>
            channels == Filters && Stride == 1 ? [] : [new Conv(Filters, 1, Stride, Padding.Same), new BatchNorm()];
    }
}

public enum Padding
{
    /// <summary>None: a kernel of 3 makes an image smaller by 2.</summary>
    Valid,

    /// <summary>Zeros all around, so that a stride of 1 keeps the size.</summary>
    Same,
}

/// <summary>What a value becomes behind a layer. Parameters are PyTorch's defaults.</summary>
public enum Activation
{
    Identity,
    Relu,

    /// <summary>0.01 x below 0.</summary>
    LeakyRelu,

    /// <summary>exp(x) - 1 below 0. Clevert, Unterthiner, Hochreiter, ICLR 2016.</summary>
    Elu,

    /// <summary>x Φ(x), with the error function and no approximation by tanh. Hendrycks, Gimpel, 2016.</summary>
    Gelu,

    /// <summary>x σ(x), also called swish. Ramachandran, Zoph, Le, 2017.</summary>
    Silu,
    Sigmoid,
    Tanh,
}
