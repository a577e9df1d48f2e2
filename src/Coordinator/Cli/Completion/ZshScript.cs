namespace FashionSweep.Coordinator.Cli.Completion;

/// <summary>Completion for zsh: sourced, or as <c>_fsweep</c> in a folder of <c>fpath</c>.</summary>
internal static class ZshScript
{
    // As a file of fpath it is the function's body when it is first asked for; sourced, it says whom it completes.
    private const string Start = """
        if [[ ${funcstack[1]} == _fsweep ]]; then
            _fsweep "$@"
        else
            (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
            compdef _fsweep fsweep
        fi

        """;

    public static string Of(CommandTree tree) => string.Join('\n',
    [
        "#compdef fsweep",
        "# Completion of fsweep for zsh: made by fsweep completion zsh.",
        "_fsweep() {",
        "    local verb=$words[2]",
        "    local -a verbs",
        "    if (( CURRENT == 2 )); then",
        "        if [[ $PREFIX == -* ]]; then",
        .. Arguments("            ", tree.Options.Select(Spec)),
        "        else",
        .. tree.Groups.SelectMany(group => Describe("            ", group.Title, group.Verbs)),
        "        fi",
        "        return",
        "    fi",
        "    (( CURRENT > 3 )) && case \"$verb $words[3]\" in",
        $"        ({string.Join('|', tree.Pairs.Select(Quote))}) verb+=\" $words[3]\"; shift words; (( CURRENT-- )) ;;",
        "    esac",
        "    shift words; (( CURRENT-- ))",
        "    case $verb in",
        .. tree.Verbs.SelectMany(Case),
        "    esac",
        "}",
        Start,
    ]);

    private static IEnumerable<string> Case(TypedVerb verb) =>
    [
        $"        ({Quote(verb.Path)})",
        .. verb.Verbs.Count > 0
            ? [
                "            if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then",
                .. Describe("                ", verb.Name, verb.Verbs),
                "                return",
                "            fi",
            ]
            : Array.Empty<string>(),
        .. Arguments("            ", verb.Options.Select(Spec).Concat(verb.Arguments.Select(Spec))),
        "            ;;",
    ];

    private static IEnumerable<string> Describe(string indent, string title, IEnumerable<TypedVerb> verbs) =>
    [
        $"{indent}verbs=({string.Join(' ', verbs.Select(verb => Quote($"{verb.Name}:{verb.Meaning}")))})",
        $"{indent}_describe -t {Quote(title.ToLowerInvariant().Replace(' ', '-'))} {Quote(title)} verbs",
    ];

    private static IEnumerable<string> Arguments(string indent, IEnumerable<string> specs) =>
        [$"{indent}_arguments \\", string.Join(" \\\n", specs.Select(spec => $"{indent}    {Quote(spec)}"))];

    // As --store=[Folder of the results]:DIR:_files -/
    private static string Spec(TypedOption option)
    {
        var (sign, value) = option.Value is { } taken ? ("=", ValueOf(taken)) : ("", "");
        return $"{(option.Repeats ? "*" : "")}{option.Name}{sign}[{Escape(option.Meaning)}]{value}";
    }

    private static string Spec(TypedArgument argument) => $"{(argument.Repeats ? "*" : "")}{ValueOf(argument.Value)}";

    // A space as what to do says what is wanted, and offers nothing.
    private static string ValueOf(TypedValue value) => $":{Escape(value.Name)}:" + value switch
    {
        { Words: [], Path: TypedPath.Files } => "_files",
        { Words: [], Path: TypedPath.Folders } => "_files -/",
        { Words: [] } => " ",
        { Path: TypedPath.None } => $"({string.Join(' ', value.Words)})",
        _ => $"{{compadd - {string.Join(' ', value.Words)}; _files{(value.Path == TypedPath.Folders ? " -/" : "")}}}",
    };

    private static string Escape(string text) =>
        string.Concat(text.Select(letter => letter is '\\' or ':' or '[' or ']' ? $@"\{letter}" : letter.ToString()));

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
