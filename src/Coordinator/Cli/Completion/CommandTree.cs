using System.CommandLine;
using System.CommandLine.Completions;

namespace FashionSweep.Coordinator.Cli.Completion;

/// <summary>What can be typed behind <c>fsweep</c>, as a value: all that the script of a shell is made of.</summary>
/// <param name="Options">Where no verb is given.</param>
internal sealed record CommandTree(IReadOnlyList<TypedGroup> Groups, IReadOnlyList<TypedOption> Options)
{
    /// <param name="root">Its options, not its verbs: of those that every verb takes each gets its own.</param>
    public static CommandTree Of(RootCommand root, IEnumerable<(string Title, IEnumerable<Command> Verbs)> groups)
    {
        var everywhere = root.Options.Where(option => option.Recursive).ToList();
        return new CommandTree(
            [.. groups.Select(group => new TypedGroup(group.Title, [.. group.Verbs.Select(verb => TypedVerb.Of(verb, "", everywhere))]))],
            [.. root.Options.Select(TypedOption.Of)]);
    }

    /// <summary>Every verb, and behind each those below it.</summary>
    public IEnumerable<TypedVerb> Verbs => Groups.SelectMany(group => group.Verbs).SelectMany(verb => (TypedVerb[])[verb, .. verb.Verbs]);

    /// <summary>The paths of verbs of two words, as <c>data show</c>.</summary>
    public IEnumerable<string> Pairs => Verbs.Select(verb => verb.Path).Where(path => path.Contains(' ', StringComparison.Ordinal));
}

/// <param name="Title">As in <c>fsweep --help</c>.</param>
internal sealed record TypedGroup(string Title, IReadOnlyList<TypedVerb> Verbs);

/// <param name="Path">The words that name it, as <c>data show</c>.</param>
/// <param name="Verbs">Those below it.</param>
internal sealed record TypedVerb(
    string Path, string Meaning, IReadOnlyList<TypedOption> Options, IReadOnlyList<TypedArgument> Arguments, IReadOnlyList<TypedVerb> Verbs)
{
    public string Name => Path.Split(' ')[^1];

    public static TypedVerb Of(Command verb, string above, IReadOnlyList<Option> everywhere)
    {
        var path = above + verb.Name;
        return new TypedVerb(
            path,
            TypedText.FirstLine(verb.Description),
            [.. verb.Options.Where(option => !option.Hidden).Concat(everywhere).Select(TypedOption.Of)],
            [.. verb.Arguments.Select(TypedArgument.Of)],
            [.. verb.Subcommands.Select(below => Of(below, path + " ", everywhere))]);
    }
}

/// <param name="Name">As <c>--store</c>.</param>
/// <param name="Value">Null where it takes none.</param>
/// <param name="Repeats">Whether it may be given several times.</param>
internal sealed record TypedOption(string Name, string Meaning, TypedValue? Value, bool Repeats)
{
    public static TypedOption Of(Option option)
    {
        var takes = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return new TypedOption(
            option.Name,
            TypedText.FirstLine(option.Description),
            takes ? TypedValue.Of(option.HelpName ?? "VALUE", option.CompletionSources) : null,
            takes && option.Arity.MaximumNumberOfValues > 1);
    }
}

/// <param name="Repeats">Whether more than one of it may stand there.</param>
internal sealed record TypedArgument(TypedValue Value, bool Repeats)
{
    public static TypedArgument Of(Argument argument) =>
        new(TypedValue.Of(argument.HelpName ?? argument.Name, argument.CompletionSources), argument.Arity.MaximumNumberOfValues > 1);
}

internal enum TypedPath
{
    None,
    Files,
    Folders,
}

/// <summary>What stands where a value is wanted.</summary>
/// <param name="Name">What help calls it, as <c>DIR</c>.</param>
/// <param name="Words">Those that it may be, where they are few.</param>
internal sealed record TypedValue(string Name, IReadOnlyList<string> Words, TypedPath Path)
{
    private static readonly string[] OfFiles = ["FILE", "PATH", "PEM", "DLL", "CSPROJ"];

    // By its name: help says DIR wherever a folder is meant.
    public static TypedValue Of(string name, IEnumerable<Func<CompletionContext, IEnumerable<CompletionItem>>> sources)
    {
        var parts = name.Split('|');
        var path = parts.Contains("DIR") ? TypedPath.Folders : parts.Intersect(OfFiles).Any() ? TypedPath.Files : TypedPath.None;
        return new TypedValue(name, [.. sources.SelectMany(source => source(CompletionContext.Empty)).Select(item => item.Label)], path);
    }

    /// <summary>Whether a shell has anything to offer for it.</summary>
    public bool IsKnown => Words.Count > 0 || Path != TypedPath.None;
}

internal static class TypedText
{
    public static string FirstLine(string? text) => text?.Split('\n')[0].TrimEnd() ?? "";
}
