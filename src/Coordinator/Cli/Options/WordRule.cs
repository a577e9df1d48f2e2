using System.CommandLine;
using FashionSweep.Search.Names;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>Options that take one of a few words: others are refused in the same words everywhere.</summary>
internal static class WordRule
{
    public static Option<T> OnlyOf<T>(this Option<T> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !words.Contains(token.Value)))
                result.AddError($"{option.Name} is {token.Value}, must be {Suggestion.Rule(words)}{Suggestion.For(token.Value, words)}");
        });
        return option;
    }
}
