using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Anlan.Toolkit.Data;

/// <summary>The model depends on the modules, not on the context's type alone: two compositions in one process (tests, tools) must not share one.</summary>
internal sealed class ModelCacheKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as AnlanDb)?.Composition, designTime);
}
