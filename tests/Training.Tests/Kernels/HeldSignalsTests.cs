using System.Globalization;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests.Kernels;

/// <summary>oneDNN's kernels may use the stack register for the heap, where a signal's frame would be written over what others keep there.</summary>
public sealed class HeldSignalsTests
{
    private const int SegmentationFault = 11;
    private const int Termination = 15;
    private const int FirstRealTime = 34; // The one by which the runtime suspends threads.

    [Fact(Timeout = 60_000)]
    public async Task NoSignalButAFaultReachesAThreadInsideAProduct()
    {
        var task = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var seen = new CancellationTokenSource();
        var running = Task.Run(() => Multiply(task, seen.Token), TestContext.Current.CancellationToken);
        var path = await task.Task;

        ulong inside;
        do inside = Blocked(path);
        while (!Holds(inside, FirstRealTime));
        await seen.CancelAsync();

        Holds(inside, Termination).ShouldBeTrue();
        Holds(inside, SegmentationFault).ShouldBeFalse();
        var (before, after) = await running;
        Holds(before, FirstRealTime).ShouldBeFalse();
        after.ShouldBe(before);
    }

    [Fact]
    public void AStepsSignalsAreHeldUntilItsEnd()
    {
        var path = $"/proc/{Directory.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName[6..]}/status";
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(KernelChoice.OneDnn).Open();
        var product = kernels.Forward(
            Matrices.Images(buffers, 8, 16, 1), Matrices.Weights(buffers, 16, 16, 2), Matrices.Bias(buffers, 16), buffers.Allocate(8, 16), rectify: false);
        var before = Blocked(path);

        using (kernels.Hold())
        {
            product.Run();
            Holds(Blocked(path), FirstRealTime).ShouldBeTrue();
        }

        Blocked(path).ShouldBe(before);
    }

    // An inner dimension above 252 is what takes oneDNN's stack to the heap.
    private static (ulong Before, ulong After) Multiply(TaskCompletionSource<string> task, CancellationToken seen)
    {
        var path = $"/proc/{Directory.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.FullName[6..]}/status";
        using var buffers = new NativeBuffers();
        using var kernels = KernelSet.Choose(KernelChoice.OneDnn).Open();
        var product = kernels.Forward(
            Matrices.Images(buffers, 512, 784, 1), Matrices.Weights(buffers, 784, 512, 2), Matrices.Bias(buffers, 512), buffers.Allocate(512, 512),
            rectify: false);
        var before = Blocked(path);
        task.SetResult(path);
        while (!seen.IsCancellationRequested) product.Run();
        return (before, Blocked(path));
    }

    private static bool Holds(ulong blocked, int signal) => (blocked >> (signal - 1) & 1) == 1;

    private static ulong Blocked(string path)
    {
        var line = File.ReadLines(path).Single(line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
        return ulong.Parse(line[7..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
