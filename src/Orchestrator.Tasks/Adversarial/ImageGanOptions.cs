using System.ComponentModel;

namespace Orchestrator.Tasks.Adversarial;

/// <summary>Parameters that GANs of images share.</summary>
public record ImageGanOptions : AdversarialOptions
{
    /// <summary>Whether generator and discriminator are told the class of each image: samples are of a class then.</summary>
    /// <value>The default is false.</value>
    [Description("Whether generator and discriminator are told the class of each image (Mirza and Osindero, 2014; Miyato and Koyama, 2018): samples are of a class then.")]
    public bool Conditional { get; init; }
}
