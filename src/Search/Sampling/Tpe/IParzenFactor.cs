namespace FashionSweep.Search.Sampling.Tpe;

/// <summary>
/// The kernels of a mixture's components along one axis. One that has no place there knows nothing of it, and has the distribution of the space.
/// </summary>
internal interface IParzenFactor
{
    /// <summary>Adds to the logarithm of each component's density that of its kernel at a place.</summary>
    void Weigh(double place, Span<double> logarithms);

    /// <summary>The share below which this part of a component's kernel lies.</summary>
    /// <param name="part">In [0, 1).</param>
    double Draw(int component, double part);
}
