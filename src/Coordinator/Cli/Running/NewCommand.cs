using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Running;

/// <summary><c>fsweep new model NAME</c>: the files of a model of your own, which work as they are.</summary>
internal static partial class NewCommand
{
    // What each is made of, by the place where it goes.
    private static readonly (string Template, string Place)[] Files =
    [
        ("Model.cs", "@Model@.cs"), ("Model.csproj", "@Model@.csproj"), ("Sweep.yaml", "@model@.yaml"), ("Tests.csproj", "tests/@Model@.Tests.csproj"),
        ("Tests.cs", "tests/Program.cs"), ("ModelTests.cs", "tests/@Model@Tests.cs"), ("Directory.Build.props", "Directory.Build.props"),
    ];

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "Of its class, such as MyNet; sweep files call it mynet" };
        var model = new Command("model", "Writes project, class, test and sweep file into a folder NAME") { name };
        model.SetAction(arguments =>
        {
            Write(arguments.GetRequiredValue(name), arguments.InvocationConfiguration.Output);
            return ExitCodes.Done;
        });
        return new Command("new", "Begins a model of your own, in C# with TorchSharp: see docs/models.md") { model };
    }

    private static void Write(string name, TextWriter output)
    {
        if (!NamePattern().IsMatch(name)) throw new InputException($"NAME is '{name}', must be up to 30 letters and digits, and begin with a capital: MyNet");
        if (Path.Exists(name)) throw new InputException($"{name}: is there already, and nothing is written over: choose another name");
        EngineFolder.Require(AppContext.BaseDirectory, new EngineSet([EngineNames.TorchSharp]));
        foreach (var (template, place) in Files)
        {
            var file = Path.Combine(name, Fill(place, name));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Fill(TextOf(template), name));
        }
        var model = name.ToLowerInvariant();
        output.WriteLine($"""
            {name} has {string.Join(", ", Files.Select(file => Fill(file.Place, name)))}. Next:
              dotnet run --project {name}/tests                                     tests it
              ./fsweep run {name}/{model}.yaml --plugin {name}/{name}.csproj        builds and trains it
            """);
    }

    private static string Fill(string text, string name) => text
        .Replace("@Model@", name, StringComparison.Ordinal)
        .Replace("@model@", name.ToLowerInvariant(), StringComparison.Ordinal)
        .Replace("@engine@", EngineFolder.PathOf(AppContext.BaseDirectory), StringComparison.Ordinal);

    private static string TextOf(string template)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"NewModel.{template}.template")!);
        return text.ReadToEnd();
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,29}\\z")]
    private static partial Regex NamePattern();
}
