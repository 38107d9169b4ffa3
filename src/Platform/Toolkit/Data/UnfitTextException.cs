namespace Anlan.Toolkit.Data;

/// <summary>A text holds U+0000: PostgreSQL takes it nowhere, and a table that has it could not be moved there. Nothing was written.</summary>
/// <param name="field">Which field.</param>
public sealed class UnfitTextException(string field) : Exception($"{field} holds the character U+0000, which no field takes.");
