using System.IO.Pipes;
using System.Text;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Transport;
using Microsoft.Win32.SafeHandles;

namespace FashionSweep.Shared.Tests.Transport;

public sealed class PipeTransportTests : TransportContract
{
    private readonly PipeCoordinatorTransport _coordinator = new();

    protected override ICoordinatorTransport Coordinator => _coordinator;

    [Fact]
    public async Task GarbageEndsTheConnectionWithItsReason()
    {
        var node = new NodeId("ann");
        await using var wire = Attach(node, () => "exited with code 0");
        wire.Output.Write([.. WireFormat.Encode(Ended(1)), .. "\nHello!\n"u8, .. WireFormat.Encode(Ended(2)), .. "\n"u8]);
        var heard = await Take(_coordinator.Inbox, 2);
        heard[0].ShouldBe(new FromNode.Said(node, Ended(1)));
        heard[1].ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldContain("Not a message");
        wire.Input.ReadByte().ShouldBe(-1);
    }

    [Fact]
    public async Task ALineWithoutEndIsCutOffAtTheBound()
    {
        await using var wire = Attach(new NodeId("ann"));
        var writing = Task.Run(() => wire.Output.Write(new byte[WireFormat.MaximumBytes + 1]));
        (await Take(_coordinator.Inbox, 1))[0].ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldContain("1048576");
        await writing;
    }

    [Fact]
    public async Task TheOwnerOfTheProcessSaysHowItEnded()
    {
        var wire = Attach(new NodeId("ann"), () => "killed by signal 9");
        wire.Output.Write("""{"v":1,"mess"""u8);
        await wire.DisposeAsync();
        (await Take(_coordinator.Inbox, 1))[0].ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldBe("killed by signal 9");
    }

    [Fact]
    public async Task ANodeThatDoesNotReadHoldsNobodyUp()
    {
        var node = new NodeId("ann");
        await using var wire = Attach(node);
        var order = new ToNode.StopTrial(new Lease(new("quick", 1), new NodeId(new string('x', 60_000)), 1));
        for (var index = 0; index < 20; index++) await _coordinator.SendAsync(node, order, CancellationToken.None);
        await _coordinator.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task AnotherVersionIsNamed()
    {
        await using var wire = Attach(new NodeId("ann"));
        wire.Output.Write(Encoding.UTF8.GetBytes("{\"v\":9,\"message\":{}}\n"));
        (await Take(_coordinator.Inbox, 1))[0].ShouldBeOfType<FromNode.Disconnected>().Reason.ShouldContain("version 9");
    }

    protected override INodeTransport Open(NodeId node)
    {
        var wire = Attach(node);
        return new PipeNodeTransport(wire.Input, wire.Output);
    }

    private Wire Attach(NodeId node, Func<string>? reasonOfEnd = null)
    {
        var up = new AnonymousPipeServerStream(PipeDirection.Out);
        var down = new AnonymousPipeServerStream(PipeDirection.Out);
        _coordinator.Attach(node, ReadEndOf(up), down, reasonOfEnd);
        return new Wire(ReadEndOf(down), up);
    }

    // The server's stream would close the reader's handle together with its own, with bytes still in the pipe: two processes have no such tie.
    private static AnonymousPipeClientStream ReadEndOf(AnonymousPipeServerStream pipe)
    {
        var own = new SafePipeHandle(pipe.ClientSafePipeHandle.DangerousGetHandle(), ownsHandle: true);
        pipe.ClientSafePipeHandle.SetHandleAsInvalid();
        return new AnonymousPipeClientStream(PipeDirection.In, own);
    }

    /// <summary>A node's two streams.</summary>
    private sealed record Wire(Stream Input, Stream Output) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Output.DisposeAsync();
            await Input.DisposeAsync();
        }
    }
}
