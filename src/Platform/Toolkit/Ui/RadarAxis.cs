namespace Anlan.Toolkit.Ui;

/// <summary>One axis of a radar.</summary>
/// <param name="Name">What it is, in the reader's language.</param>
/// <param name="Value">0 to 100; null = no data: the axis stays without a point.</param>
/// <param name="Other">What it is compared with, 0 to 100, or null.</param>
public sealed record RadarAxis(string Name, double? Value, double? Other);
