using FashionSweep.Shared.Faults;

namespace FashionSweep.Training.Plugins;

/// <summary>A plug-in can't be used; the message says which, why, and where there is something to do, what.</summary>
public sealed class PluginException(string message, Exception? inner = null) : UserException(message, inner)
{
    public override bool IsWrongInput => true;
}
