namespace Orchestrator.Tasks.Restoration;

/// <summary>What restored pixels are trained by.</summary>
public enum RestorationLoss
{
    /// <summary>Squared differences: the mean of what a pixel can be, which the PSNR asks for.</summary>
    Squared,

    /// <summary>
    /// Absolute differences: the median of what a pixel can be, so that what is most likely black stays black. Zhao et al.: Loss Functions for
    /// Image Restoration with Neural Networks, IEEE Transactions on Computational Imaging, 2017.
    /// </summary>
    Absolute,
}
