namespace Anlan.Cameras.Worker.Detection;

/// <summary>What models run on.</summary>
internal enum InferenceProvider
{
    /// <summary>The processor; nothing has to be installed.</summary>
    Cpu,

    /// <summary>A graphics processor of NVIDIA; needs the runtime's package for it and the libraries of CUDA and cuDNN.</summary>
    Cuda,
}
