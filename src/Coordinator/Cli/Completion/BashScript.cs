namespace FashionSweep.Coordinator.Cli.Completion;

/// <summary>Completion for bash from 4.4 on, which <c>./fsweep</c> needs as well.</summary>
internal static class BashScript
{
    // Readline lists each word with what it means, and inserts the word alone: a list (63, or 33 and 64 with show-all-if-…) begins alike only in words.
    private const string Answer = """
            local word name widest=0
            for word in "${words[@]}"; do
                name=${word%% *}
                [[ $name == "$current"* ]] || continue
                COMPREPLY+=("$word")
                ((${#name} <= widest)) || widest=${#name}
            done
            if ((${#COMPREPLY[@]} > 1)) && [[ ${COMP_TYPE-} == @(33|63|64) && ${words[0]} == *' '* ]]; then
                local i width=$((${COLUMNS:-80} - 1))
                for i in "${!COMPREPLY[@]}"; do
                    printf -v word '%-*s  %s' "$widest" "${COMPREPLY[i]%% *}" "${COMPREPLY[i]#* }"
                    printf -v 'COMPREPLY[i]' '%-*s' "$width" "${word:0:width}"
                done
            else
                COMPREPLY=("${COMPREPLY[@]%% *}")
            fi
            ((${#COMPREPLY[@]} > 0)) || case $paths in
                Files) compopt -o default ;;
                Folders) compopt -o dirnames ;;
            esac
        }
        complete -o nosort -F _fsweep fsweep

        """;

    public static string Of(CommandTree tree) => string.Join('\n',
    [
        "# Completion of fsweep for bash: made by fsweep completion bash, to be sourced.",
        "_fsweep() {",
        "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb='' paths='' words=()",
        "    COMPREPLY=()",
        "    # To bash --store=DIR is three words.",
        "    if [[ $current == = ]]; then current=''; elif [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi",
        "    ((COMP_CWORD == 1)) || verb=${COMP_WORDS[1]}",
        "    ((COMP_CWORD <= 2)) || case \"$verb ${COMP_WORDS[2]}\" in",
        $"        {string.Join(" | ", tree.Pairs.Select(Quote))}) verb+=\" ${{COMP_WORDS[2]}}\" ;;",
        "    esac",
        "    case \"$verb $before\" in",
        .. tree.Verbs.SelectMany(verb => verb.Options.Where(option => option.Value is not null)
            .Select(option => $"        {Quote($"{verb.Path} {option.Name}")}) {Offer(option.Value!.Words, option.Value.Path)} ;;")),
        "        *) case $verb in",
        $"            '') if [[ $current == -* ]]; then {Offer(tree.Options)}; else {Offer(tree.Groups.SelectMany(group => group.Verbs))}; fi ;;",
        .. tree.Verbs.Select(verb => $"            {Quote(verb.Path)}) {Offer(verb)} ;;"),
        "        esac ;;",
        "    esac",
        Answer,
    ]);

    // Where nothing else is known, its options are what to go on with.
    private static string Offer(TypedVerb verb)
    {
        var known = verb.Arguments.Where(argument => argument.Value.IsKnown).Select(argument => argument.Value).ToList();
        var places = verb.Verbs.Count > 0 ? Offer(verb.Verbs)
            : known.Count > 0 ? Offer(known.SelectMany(value => value.Words), known.Max(value => value.Path))
            : null;
        return places is null ? Offer(verb.Options) : $"if [[ $current == -* ]]; then {Offer(verb.Options)}; else {places}; fi";
    }

    private static string Offer(IEnumerable<TypedOption> options) => Offer(options.Select(option => $"{option.Name} {option.Meaning}"), TypedPath.None);

    private static string Offer(IEnumerable<TypedVerb> verbs) => Offer(verbs.Select(verb => $"{verb.Name} {verb.Meaning}"), TypedPath.None);

    private static string Offer(IEnumerable<string> words, TypedPath path) =>
        $"words=({string.Join(' ', words.Select(Quote))}){(path == TypedPath.None ? "" : $" paths={path}")}";

    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
