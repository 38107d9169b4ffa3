namespace Anlan.Cameras.Sight.Tracking;

/// <summary>A person as a tracker knows him at one picture.</summary>
/// <param name="Number">Number of the person, counted by the tracker.</param>
/// <param name="Box">Where he is; where he is thought to be while he is not seen.</param>
/// <param name="IsSeen">True when this picture shows him.</param>
/// <param name="IsConfirmed">True when he is a person and no flicker.</param>
/// <param name="Best">How sure the model was of him at best, 0 to 1.</param>
public readonly record struct Followed(int Number, PersonBox Box, bool IsSeen, bool IsConfirmed, float Best);
