namespace FashionSweep.Training.Models;

/// <summary>How weights begin. Biases are 0 but for PyTorch's default; a batch norm begins as the identity.</summary>
public enum Initialization
{
    /// <summary>PyTorch's for its linear and convolution layers: weights and biases from U(±1/√fan_in).</summary>
    PyTorch,

    /// <summary>Keras's: <see cref="GlorotUniform"/>.</summary>
    Keras,

    /// <summary>
    /// Glorot, Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural Networks", AISTATS 2010: U(±√(6/(fan_in + fan_out))).
    /// </summary>
    GlorotUniform,

    /// <summary>A deviation of √(2/(fan_in + fan_out)).</summary>
    GlorotNormal,

    /// <summary>He, Zhang, Ren, Sun, "Delving Deep into Rectifiers", ICCV 2015: U(±√(6/fan_in)).</summary>
    HeUniform,

    /// <summary>A deviation of √(2/fan_in).</summary>
    HeNormal,

    /// <summary>A deviation of 0.05, as Keras's RandomNormal.</summary>
    Normal,
}
