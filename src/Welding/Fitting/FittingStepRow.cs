namespace Anlan.Welding.Fitting;

/// <summary>A step of a fitting as pages and answers show it.</summary>
/// <param name="Act">What was done.</param>
/// <param name="To">State afterwards.</param>
/// <param name="Chip">Chip, or null.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Note">What was found or why, or null.</param>
/// <param name="PlannedOn">The agreed day, or null.</param>
/// <param name="Readings">What a self-test measured; empty for other acts.</param>
/// <param name="UndoneAt">When it was taken back, or null.</param>
/// <param name="UndoneBy">By whom.</param>
public sealed record FittingStepRow(
    FittingAct Act, FittingState To, string? Chip, DateTimeOffset At, string By, string? Note, DateOnly? PlannedOn, IReadOnlyList<SelfTestReading> Readings, DateTimeOffset? UndoneAt, string? UndoneBy);
