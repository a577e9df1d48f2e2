namespace FashionSweep.Coordinator.Cli.Completion;

/// <summary>Completion for fish from 3.0 on.</summary>
internal static class FishScript
{
    public static string Of(CommandTree tree) => string.Join('\n',
    [
        "# Completion of fsweep for fish: made by fsweep completion fish.",
        "function __fsweep_at --description 'Whether this verb is being typed'",
        "    set -l words (commandline -opc)",
        "    set -l verb \"$words[2]\"",
        $"    contains -- \"$words[2..3]\" {string.Join(' ', tree.Pairs.Select(Quote))}; and set verb \"$words[2..3]\"",
        "    test \"$verb\" = \"$argv[1]\"",
        "end",
        "complete -c fsweep -f",
        .. Options("", tree.Options),
        .. Verbs("", tree.Groups.SelectMany(group => group.Verbs)),
        .. tree.Verbs.SelectMany(verb => (string[])
        [
            .. Verbs(verb.Path, verb.Verbs),
            .. verb.Arguments.Where(argument => argument.Value.IsKnown).Select(argument => $"{At(verb.Path)} {ValueOf(argument.Value)}"),
            .. Options(verb.Path, verb.Options),
        ]),
        "",
    ]);

    private static IEnumerable<string> Verbs(string path, IEnumerable<TypedVerb> verbs) =>
        verbs.Select(verb => $"{At(path)} -a {Quote(verb.Name)} -d {Quote(verb.Meaning)}");

    private static IEnumerable<string> Options(string path, IEnumerable<TypedOption> options) => options.Select(option =>
        $"{At(path)} -l {option.Name.TrimStart('-')}{(option.Value is { } value ? $" -r {ValueOf(value)}" : "")} -d {Quote(option.Meaning)}");

    private static string At(string path) => $"complete -c fsweep -n {Quote($"__fsweep_at {Quote(path)}")}";

    private static string ValueOf(TypedValue value) => string.Join(' ',
    [
        value.Path == TypedPath.Files ? "-F" : "-f",
        .. value.Path == TypedPath.Folders ? ["-a '(__fish_complete_directories)'"] : Array.Empty<string>(),
        .. value.Words.Count > 0 ? [$"-a {Quote(string.Join(' ', value.Words))}"] : Array.Empty<string>(),
    ]);

    private static string Quote(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";
}
