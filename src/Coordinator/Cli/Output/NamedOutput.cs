using System.Text;
using FashionSweep.Coordinator.Live;

namespace FashionSweep.Coordinator.Cli.Output;

/// <summary>Passes on what is printed, with the program called as it was started.</summary>
/// <param name="name">Of the program.</param>
internal sealed class NamedOutput(TextWriter output, string name) : TextWriter
{
    public override Encoding Encoding => output.Encoding;

    /// <summary>From now on, where it is not called as its words call it.</summary>
    public static void Begin()
    {
        if (ProgramName.IsOfClone) return;
        Console.SetOut(new NamedOutput(Console.Out, ProgramName.Text));
        Console.SetError(new NamedOutput(Console.Error, ProgramName.Text));
    }

    public override void Write(char value) => output.Write(value);

    public override void Write(char[] buffer, int index, int count) => output.Write(buffer, index, count);

    public override void Write(string? value) => output.Write(value is null ? null : ProgramName.In(value, name));

    public override void WriteLine(string? value) => output.WriteLine(value is null ? null : ProgramName.In(value, name));

    public override void Flush() => output.Flush();
}
