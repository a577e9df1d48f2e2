using System.CommandLine;

namespace FashionSweep.Coordinator.Cli.Options;

/// <summary>The option <c>--format</c>, alike in all verbs that have it: for people unless given.</summary>
internal static class FormatOption
{
    /// <param name="description">What each is for, where there is more to say of it.</param>
    /// <param name="formats">The first is that for people.</param>
    public static Option<string> Create(string? description = null, params string[] formats) => new Option<string>("--format")
    {
        Description = description ?? $"{formats[0]}, or json for programs",
        HelpName = string.Join('|', formats),
        DefaultValueFactory = _ => formats[0],
    }.OnlyOf(formats);

    public static Option<string> TableOrJson() => Create(null, "table", "json");

    public static Option<string> TextOrJson() => Create(null, "text", "json");
}
