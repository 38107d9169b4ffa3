using System.Reflection;
using Anlan.Tests.Platform.Toolkit.Access;
using Anlan.Toolkit.Data;
using Anlan.Toolkit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Anlan.Tests.Platform.Toolkit.Security;

/// <summary>No sealed column is forgotten: found by looking at every entity that the server has.</summary>
public sealed class SealingTests
{
    [Fact]
    public async Task Every_column_of_bytes_is_declared_sealed_or_plain_and_every_blind_index_is_declared()
    {
        await using var server = await ScopedServer.StartAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var model = scope.ServiceProvider.GetRequiredService<AnlanDb>().Model;
        var declared = SealedRows.Of(model).ToDictionary(found => found.Type.ClrType, found => found.Sealing);

        var bytes = from entity in model.GetEntityTypes()
                    from property in entity.GetProperties().Where(property => property.ClrType == typeof(byte[]))
                    let isPlain = property.PropertyInfo?.IsDefined(typeof(PlainBytesAttribute)) == true
                    let isSealed = declared.TryGetValue(entity.ClrType, out var sealing) && sealing.Columns.Contains(property.Name)
                    where isPlain == isSealed
                    select $"{entity.ClrType.Name}.{property.Name}";
        var indexes = from entity in model.GetEntityTypes()
                      from property in entity.GetProperties().Where(property => property.Name.EndsWith("Index", StringComparison.Ordinal) && property.ClrType == typeof(string))
                      where !declared.TryGetValue(entity.ClrType, out var sealing) || !sealing.Indexes.Contains(property.Name)
                      select $"{entity.ClrType.Name}.{property.Name}";

        Assert.Empty(bytes.Concat(indexes));
        Assert.True(declared.Count >= 4);
    }
}
