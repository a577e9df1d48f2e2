using System.CommandLine;
using FashionSweep.Coordinator.Cli.Running;
using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Tests.Cli;

/// <summary>Beside the tests lies no engine.</summary>
public sealed class EngineCommandTests
{
    [Fact]
    public async Task ItSaysWhatIsHereAndHowTheRestIsGot() =>
        (await RunAsync()).ShouldBe("native      here\ntorchsharp  not here: ./fsweep engine torchsharp gets it\n");

    [Theory]
    [InlineData("torchsharp", "engine torchsharp is not on this machine: ./fsweep engine torchsharp gets it")]
    [InlineData("torch", "NAME is 'torch', must be native or torchsharp")]
    public async Task OneThatIsNotHereIsAnError(string name, string fault) =>
        (await Should.ThrowAsync<InputException>(() => RunAsync(name))).Message.ShouldBe(fault);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        await EngineCommand.Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return output.ToString();
    }
}
