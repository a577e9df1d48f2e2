using FashionSweep.Search.Sweeps.Yaml;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>A kind of file by which another tool is told what to search.</summary>
internal interface IForeignFile
{
    /// <summary>As <c>a search space of NNI</c>.</summary>
    string Kind { get; }

    /// <summary>Whether a document is of this kind. None of ours and none of W&amp;B's is.</summary>
    bool Is(YamlValue root);

    /// <summary>Tells what it searches.</summary>
    /// <param name="root">Of this kind.</param>
    void Read(YamlValue root, ForeignSearch search);
}
