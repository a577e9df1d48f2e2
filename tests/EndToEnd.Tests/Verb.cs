using FashionSweep.Coordinator.Cli;

namespace FashionSweep.EndToEnd.Tests;

/// <summary>A verb in the test's own process: all that it does and says, without the second that a start costs.</summary>
internal static class Verb
{
    /// <summary>Runs a verb that trains nothing on the folder's store, to its end.</summary>
    /// <param name="arguments">Files by their whole paths: this process works in another folder.</param>
    public static Fsweep.Ran Call(this Fsweep fsweep, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = CommandLine.RunAsync([.. arguments, .. Places(fsweep, arguments)], output, errors).GetAwaiter().GetResult();
        return new Fsweep.Ran(exitCode, output.ToString(), errors.ToString());
    }

    // What a process finds by its folder and its environment.
    private static IEnumerable<string> Places(Fsweep fsweep, string[] arguments)
    {
        var options = CommandLine.Create(arguments[0]).Subcommands.Where(verb => verb.Name == arguments[0]).SelectMany(verb => verb.Options).ToList();
        foreach (var (option, place) in new[] { ("--store", fsweep.Store), ("--data", PlainImages.Folder) })
            if (options.Exists(known => known.Name == option) && !arguments.Contains(option)) foreach (var word in new[] { option, place }) yield return word;
    }
}
