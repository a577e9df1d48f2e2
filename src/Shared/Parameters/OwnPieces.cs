using System.Text.Json.Serialization;

namespace FashionSweep.Shared.Parameters;

/// <summary>What a user's own model brings along of its training, beside its layers. All else is the sweep file's.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<OwnPieces>))]
public enum OwnPieces
{
    None = 0,

    /// <summary>In place of <c>loss</c>.</summary>
    Loss = 1,

    /// <summary>In place of <c>optimizer</c>.</summary>
    Optimizer = 2,

    /// <summary>Behind the sweep file's own.</summary>
    Augmentation = 4,
}
