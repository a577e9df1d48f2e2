using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>
/// Files of the dashboard's page in one piece: for a browser, which would ask for one after the other, and for a report, which asks for nothing.
/// </summary>
internal static partial class PageBundle
{
    private const string Folder = "DashboardPage/";

    private static readonly Assembly Program = Assembly.GetExecutingAssembly();

    /// <summary>A module with all that it imports, as one script: each a function that is called once, those before it that it needs.</summary>
    /// <param name="entry">As <c>report.js</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// Modules need each other, or say what is not understood here: names are exported where they are declared, and imported in braces.
    /// </exception>
    public static string Script(string entry)
    {
        var (text, order) = (new StringBuilder("'use strict';\n"), new List<string>());
        Add(entry, order, [], text);
        return $"(() => {{\n{text}}})();\n";
    }

    /// <summary>Style sheets, one behind the other.</summary>
    public static string Style(params ReadOnlySpan<string> names)
    {
        var text = new StringBuilder();
        foreach (var name in names) text.Append(Read(name));
        return text.ToString();
    }

    private static void Add(string name, List<string> order, HashSet<string> begun, StringBuilder text)
    {
        if (order.Contains(name)) return;
        if (!begun.Add(name)) throw new InvalidOperationException($"{name} imports itself by way of others.");
        var module = Read(name);
        foreach (Match import in Imports().Matches(module)) Add(Resolve(name, import.Groups["from"].Value), order, begun, text);
        var names = Exports().Matches(module).Select(export => export.Groups["name"].Value);
        var body = Exports().Replace(
            Imports().Replace(module, import => $"const {{{import.Groups["names"].Value.Replace(" as ", ": ", StringComparison.Ordinal)}}} = "
                + $"{VariableOf(order.IndexOf(Resolve(name, import.Groups["from"].Value)))};"),
            export => export.Value["export ".Length..]);
        if (Unread().Match(body) is { Success: true, Value: var unread }) throw new InvalidOperationException($"{name} has {unread}");
        text.Append($"const {VariableOf(order.Count)} = (() => {{\n{body}return {{ {string.Join(", ", names)} }};\n}})();\n");
        order.Add(name);
    }

    private static string VariableOf(int index) => $"module{index}";

    private static string Resolve(string from, string path)
    {
        var parts = new Stack<string>(from.Split('/').SkipLast(1));
        foreach (var part in path.Split('/'))
        {
            if (part == "..") parts.Pop();
            else if (part != ".") parts.Push(part);
        }
        return string.Join('/', parts.Reverse());
    }

    private static string Read(string name)
    {
        var resource = Program.GetManifestResourceNames().First(one => one.Replace('\\', '/') == Folder + name);
        using var reader = new StreamReader(Program.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^import \{(?<names>[^}]*)\} from '(?<from>[^']*)';$", RegexOptions.Multiline)]
    private static partial Regex Imports();

    [GeneratedRegex(@"^export (async function|function|class|const) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Exports();

    [GeneratedRegex(@"^(import|export)\b.*|\bawait import\(.*", RegexOptions.Multiline)]
    private static partial Regex Unread();
}
