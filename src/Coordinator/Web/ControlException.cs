using FashionSweep.Shared.Faults;

namespace FashionSweep.Coordinator.Web;

/// <summary>A running coordinator can't be reached or can't be understood; the message says why and what to do.</summary>
public sealed class ControlException(string message, Exception? inner = null) : UserException(message, inner);
