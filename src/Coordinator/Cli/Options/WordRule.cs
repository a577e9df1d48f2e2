using System.CommandLine;
using System.CommandLine.Parsing;
using FashionSweep.Search.Names;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Options and arguments that take one of a few words: others are refused in the same words everywhere.</summary>
internal static class WordRule
{
    public static Option<T> OnlyOf<T>(this Option<T> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Refuse(result, option.Name, words));
        return option;
    }

    public static Argument<T> OnlyOf<T>(this Argument<T> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Refuse(result, argument.Name, words));
        return argument;
    }

    private static void Refuse(SymbolResult result, string name, string[] words)
    {
        foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
            result.AddError($"{name} is {token.Value}, must be {Suggestion.Rule(words)}{Suggestion.For(token.Value, words)}");
    }
}
