using System.ComponentModel;

namespace FashionSweep.Cluster.Tests.Network;

/// <summary>
/// Machines on a switch, each a network namespace of its own with a cable to it. Nothing of it can be reached from outside, or met by another one.
/// </summary>
internal sealed class Lab : IDisposable
{
    private readonly NetworkNamespace _switch;
    private readonly List<Machine> _machines = [];

    private Lab(NetworkNamespace hub) => _switch = hub;

    /// <exception cref="NetworkException">This process may not make networks, or this machine can't; says why.</exception>
    public static Lab Build()
    {
        try
        {
            var lab = new Lab(NetworkNamespace.Make());
            lab.SetUp();
            return lab;
        }
        catch (Win32Exception missing)
        {
            throw new NetworkException(missing.Message);
        }
    }

    /// <summary>Plugs one more in.</summary>
    public Machine Add()
    {
        lock (_machines)
        {
            var machine = new Machine(_switch, _machines.Count + 1);
            _machines.Add(machine);
            return machine;
        }
    }

    public void Dispose()
    {
        foreach (var machine in _machines) machine.Dispose();
        _switch.Dispose();
    }

    // All that a cable can do is tried: a kernel may lack a part of it.
    private void SetUp()
    {
        try
        {
            _switch.Run("ip", "link", "add", "name", "switch0", "type", "bridge");
            _switch.Run("ip", "link", "set", "switch0", "up");
            var machine = Add();
            foreach (var fault in Enum.GetValues<NetworkFault>())
            {
                machine.Fail(fault);
                machine.Heal();
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }
}
