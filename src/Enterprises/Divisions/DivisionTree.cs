using Anlan.Contracts.Enterprises;
using Anlan.Kernel.Divisions;
using Anlan.Toolkit.City;
using Anlan.Toolkit.Data;
using Microsoft.Extensions.Logging;

namespace Anlan.Enterprises.Divisions;

/// <summary>
/// The configured city's divisions in memory. The pack's file is the record: a table would be a second copy of something that nobody
/// edits here, and would keep a city's divisions after the pack was exchanged.
/// </summary>
internal sealed partial class DivisionTree : IDivisions, IStartUpStep
{
    private readonly Dictionary<DivisionCode, Division> _byCode;
    private readonly ILookup<DivisionCode?, Division> _byParent;
    private readonly IReadOnlyList<DivisionFile.BrokenRow> _broken;
    private readonly string _file;
    private readonly ILogger<DivisionTree> _logger;

    /// <exception cref="InvalidDataException">The file is no division list, or the city itself is not in it: the doors stay closed.</exception>
    public DivisionTree(CityPack city, ILogger<DivisionTree> logger)
    {
        (_file, _logger) = (city.DivisionsFile, logger);
        var content = DivisionFile.Parse(File.ReadLines(_file));
        (All, _broken) = (content.Divisions, content.Broken);
        _byCode = All.ToDictionary(d => d.Code);
        _byParent = All.ToLookup(d => d.Parent);
        if (!_byCode.ContainsKey(new DivisionCode(city.Division))) throw new InvalidDataException($"{_file} does not hold the city itself, {city.Division}.");
    }

    public IReadOnlyList<Division> All { get; }

    public Division? Find(DivisionCode code) => _byCode.GetValueOrDefault(code);

    public IReadOnlyList<Division> Inside(DivisionCode outer) => [.. _byParent[outer]];

    /// <summary>Names from the county down to the division.</summary>
    public string PathOf(DivisionCode code)
    {
        var names = new Stack<string>();
        for (var division = Find(code); division is { Code.Value.Length: >= 6 }; division = division.Parent is { } parent ? Find(parent) : null) names.Push(division.Name);
        return names.Count > 0 ? string.Join(" / ", names) : Find(code)?.Name ?? code.Value;
    }

    /// <summary>Tells the operator which rows were left out.</summary>
    public Task RunAsync(AnlanDb db, CancellationToken stop)
    {
        foreach (var row in _broken) LogBrokenRow(_file, row.Line, row.Reason);
        LogLoaded(_file, All.Count, _broken.Count);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}, line {Line} was left out: {Reason}")]
    private partial void LogBrokenRow(string file, int line, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{File}: {Count} divisions, {Broken} rows left out")]
    private partial void LogLoaded(string file, int count, int broken);
}
