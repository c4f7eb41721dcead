namespace TorchSharp.Modules;

/// <summary>What can be done with each setting of an optimizer; the settings come in the order of the saved form.</summary>
internal interface IOptionsVisitor
{
    /// <param name="own">The setting.</param>
    /// <param name="other">The same setting of the other options; null if there are none.</param>
    void Visit(ref double? own, double? other);

    /// <inheritdoc cref="Visit(ref double?, double?)"/>
    void Visit(ref bool? own, bool? other);
}
