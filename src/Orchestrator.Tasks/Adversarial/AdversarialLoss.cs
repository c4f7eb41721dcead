namespace Orchestrator.Tasks.Adversarial;

/// <summary>What generator and discriminator play for.</summary>
public enum AdversarialLoss
{
    /// <summary>Cross-entropy, the generator's in its form that does not saturate. Goodfellow et al.: Generative Adversarial Nets, NIPS 2014.</summary>
    Standard,

    /// <summary>Squared distances to 1 and 0. Mao et al.: Least Squares Generative Adversarial Networks, ICCV 2017.</summary>
    LeastSquares,

    /// <summary>Hinges at 1 and -1. Lim and Ye: Geometric GAN, 2017; Miyato et al., ICLR 2018.</summary>
    Hinge,

    /// <summary>Difference of the critic's means. Arjovsky et al.: Wasserstein GAN, ICML 2017.</summary>
    Wasserstein,
}
