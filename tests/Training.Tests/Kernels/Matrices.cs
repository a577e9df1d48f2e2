using FashionSweep.Training.Kernels;
using FashionSweep.Training.Randomness;

namespace FashionSweep.Training.Tests.Kernels;

/// <summary>Operands as a model would have them: random numbers, and zeros in the padding.</summary>
internal static class Matrices
{
    public static Matrix Images(NativeBuffers buffers, int rows, int columns, int stream) =>
        Filled(buffers.Allocate(rows, columns), rows, columns, stream);

    // Weights have rows for the padding of what they are multiplied with.
    public static Matrix Weights(NativeBuffers buffers, int inputs, int outputs, int stream) =>
        Filled(buffers.Allocate(Matrix.PadColumns(inputs), outputs), inputs, outputs, stream);

    public static unsafe Matrix Bias(NativeBuffers buffers, int outputs) =>
        Filled(new Matrix(buffers.Allocate((nint)Matrix.PadColumns(outputs)), 1, Matrix.PadColumns(outputs)), 1, outputs, stream: 3);

    private static Matrix Filled(Matrix matrix, int rows, int columns, int stream)
    {
        var numbers = new RandomStream(11, Purpose.Weights, stream);
        for (var row = 0; row < rows; row++)
            foreach (ref var value in matrix.Row(row)[..columns]) value = numbers.Symmetric(1);
        return matrix;
    }
}
