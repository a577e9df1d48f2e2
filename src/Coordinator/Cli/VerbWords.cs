namespace FashionSweep.Coordinator.Cli;

/// <summary>Verbs by what other programs, and people, call them.</summary>
internal static class VerbWords
{
    private static readonly Dictionary<string, string[]> Others = new()
    {
        ["run"] = ["start", "train", "sweep", "launch", "exec", "execute", "go", "optimize", "search", "tune"],
        ["plan"] = ["check", "validate", "lint", "dry-run", "dryrun", "preview", "verify", "test", "count"],
        ["convert"] = ["import", "translate", "migrate"],
        ["model"] = ["architecture", "layers", "summary"],
        ["data"] = ["dataset", "datasets", "download", "fetch"],
        ["coordinator"] = ["server", "master", "controller", "head"],
        ["node"] = ["worker", "agent", "join", "trainer"],
        ["submit"] = ["create", "add", "queue", "enqueue", "push"],
        ["nodes"] = ["workers", "agents", "machines", "cluster"],
        ["drain"] = ["remove", "evict", "cordon"],
        ["status"] = ["list", "ls", "ps", "sweeps", "jobs", "info", "state"],
        ["watch"] = ["logs", "log", "follow", "tail", "attach", "monitor", "progress"],
        ["pause"] = ["suspend", "hold"],
        ["resume"] = ["continue", "restart", "unpause"],
        ["cancel"] = ["stop", "kill", "abort", "delete", "rm", "end"],
        ["extend"] = ["more", "grow"],
        ["rerun"] = ["retry", "repeat"],
        ["leaderboard"] = ["results", "result", "best", "rank", "ranking", "top", "trials", "table", "history"],
        ["show"] = ["trial", "describe", "get", "view", "cat"],
        ["compare"] = ["diff", "versus", "vs", "mcnemar"],
        ["importance"] = ["importances", "fanova", "effects", "sensitivity", "matters", "explain"],
        ["report"] = ["html", "page", "summarize", "plot", "plots", "charts"],
        ["evaluate"] = ["eval", "score"],
        ["predict"] = ["infer", "inference", "classify"],
        ["inspect"] = ["weights", "filters", "activations", "look"],
        ["ensemble"] = ["average", "combine", "bag", "blend", "stack", "vote"],
        ["serve"] = ["deploy", "host", "api", "http"],
        ["export"] = ["save", "extract", "safetensors", "onnx"],
        ["completion"] = ["completions", "complete", "autocomplete"],
        ["reproduce"] = ["replay", "restore"],
    };

    /// <returns>Null where none is known by this word.</returns>
    public static string? Meant(string word) =>
        Others.FirstOrDefault(verb => verb.Value.Contains(word, StringComparer.OrdinalIgnoreCase)).Key;
}
