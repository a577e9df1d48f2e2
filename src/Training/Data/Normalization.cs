namespace FashionSweep.Training.Data;

/// <summary>What pixels of 0 to 255 are scaled to.</summary>
public enum Normalization
{
    None,

    /// <summary>0 to 1.</summary>
    Unit,

    /// <summary>A mean of 0 and a deviation of 1 over all training images.</summary>
    Standard,

    /// <summary>Each image to a Euclidean length of 1.</summary>
    L2,
}
