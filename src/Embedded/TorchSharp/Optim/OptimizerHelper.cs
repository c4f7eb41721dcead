using TorchSharp.Interop;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups, states, and how these are saved.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    protected OptimizerOptions _defaults = null!;
    protected OrderedDict<IntPtr, OptimizerState> _state = [];

    private readonly Dictionary<ParamGroup, (Parameter Parameter, OptimizerState State)[]> _slots = [];
    private Parameter[]? _parameters;

    public override IEnumerable<Parameter> parameters() => base.parameters();

    public override unsafe void zero_grad()
    {
        _parameters ??= [.. parameters()];
        Span<nint> handles = _parameters.Length <= 128 ? stackalloc nint[_parameters.Length] : new nint[_parameters.Length];
        for (var i = 0; i < handles.Length; i++) handles[i] = _parameters[i].Handle;
        fixed (nint* first = handles) Native.Check(Native.ts_zero_grad(handles.Length, first, 0));
    }

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= NewOptions();
        param_group.Options.Complete(_defaults);
        _parameter_groups.Add(param_group);
        _parameters = null;
        _slots.Clear();
        foreach (var parameter in param_group.Parameters)
        {
            var state = NewState(parameter);
            _state[parameter.Handle] = state;
            state.Initialize(param_group.Options);
        }
    }

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            result.Options.Add(group.Options);
            var positions = new List<int>();
            result.StateIndexRef.Add(positions);
            foreach (var parameter in group.Parameters)
            {
                positions.Add(result.State.Count);
                result.State.Add(_state[parameter.Handle]);
            }
        }

        return result;
    }

    /// <summary>Copies settings and states from another optimizer's dictionary of the same layout.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        CheckLayout(own, state_dict.Options.Count, state_dict.State.Count);
        for (var i = 0; i < own.Options.Count; i++)
            if (!ReferenceEquals(own.Options[i], state_dict.Options[i])) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (var i = 0; i < own.State.Count; i++)
            if (!ReferenceEquals(own.State[i], state_dict.State[i])) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        var own = state_dict();
        writer.Encode(own.Options.Count);
        writer.Encode(own.State.Count);
        own.Options.ForEach(options => options.SaveStateDict(writer));
        own.State.ForEach(state => state.SaveStateDict(writer));
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name)
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        var own = state_dict();
        var options = reader.Decode();
        CheckLayout(own, options, reader.Decode());
        own.Options.ForEach(option => option.LoadStateDict(reader));
        own.State.ForEach(state => state.LoadStateDict(reader));
    }

    public void to(Device device)
    {
        foreach (var (_, state) in _state) state.to(device);
    }

    private protected void DisposeStates()
    {
        foreach (var (_, state) in _state) (state as IDisposable)?.Dispose();
    }

    private protected abstract OptimizerOptions NewOptions();

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Runs a step over every group without recording it.</summary>
    protected Tensor _step<T>(Action<T> body, Func<Tensor>? loss_closure = null) where T : ParamGroup
    {
        Tensor? loss = null;
        if (loss_closure is not null)
        {
            using var on = enable_grad();
            loss = loss_closure();
        }

        using (no_grad())
            foreach (var group in _parameter_groups) body((T)group);
        return loss!;
    }

    /// <summary>Parameters, their states' tensors and counts of updates, for a native step.</summary>
    private protected HandleTable NewTable(ParamGroup group)
    {
        var slots = Slots(group);
        var tensors = slots.Length == 0 ? 0 : slots[0].State.TensorCount;
        var table = new HandleTable(slots.Length, rows: 1 + tensors);
        var parameters = table.Row(0);
        for (var i = 0; i < slots.Length; i++) parameters[i] = slots[i].Parameter.Handle;
        for (var row = 0; row < tensors; row++)
        {
            var handles = table.Row(1 + row);
            for (var i = 0; i < slots.Length; i++) handles[i] = slots[i].State.TensorAt(row)?.Handle ?? 0;
        }

        for (var i = 0; i < slots.Length && slots[i].State.IsCounted; i++) table.Steps[i] = slots[i].State.Updates;
        return table;
    }

    /// <summary>Takes the counts of updates back from a native step.</summary>
    private protected void Count(in HandleTable table, ParamGroup group)
    {
        var slots = Slots(group);
        for (var i = 0; i < slots.Length; i++) slots[i].State.Updates = table.Steps[i];
    }

    /// <summary>A group's parameters with their states, looked up once: a step goes over arrays.</summary>
    private protected (Parameter Parameter, OptimizerState State)[] Slots(ParamGroup group)
    {
        if (_slots.TryGetValue(group, out var found)) return found;
        var slots = group.Parameters.Select(parameter => (parameter, _state[parameter.Handle])).ToArray();
        _slots[group] = slots;
        return slots;
    }

    private static void CheckLayout(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count) throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        if (states != own.State.Count) throw new ArgumentException("Invalid optimizer state -- different number of states.");
    }
}
