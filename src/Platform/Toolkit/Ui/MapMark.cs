using Anlan.Kernel.Places;

namespace Anlan.Toolkit.Ui;

/// <summary>One thing on the map.</summary>
/// <param name="Place">WGS-84.</param>
/// <param name="Tone">Its state's outline: <c>ok</c>, <c>warn</c>, <c>bad</c>, <c>off</c>, <c>info</c>, <c>idle</c>.</param>
/// <param name="Label">What a reader hears and sees on hover.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Count">How many things stand together there; null = one, drawn by its state alone.</param>
public sealed record MapMark(GeoPoint Place, string Tone, string Label, string Href, int? Count = null);
