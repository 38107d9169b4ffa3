namespace Anlan.Toolkit.Http;

/// <summary>Cells that a spreadsheet program would run.</summary>
public static class Formula
{
    /// <summary>The cell with a sign before it that makes text of it, where it begins like a formula; masked numbers begin with a star and stay as they are.</summary>
    public static string Neutralise(string cell) => cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell;
}
