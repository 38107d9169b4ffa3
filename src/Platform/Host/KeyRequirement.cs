using Anlan.Toolkit.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Anlan.Host;

/// <summary>Says in the API document which operations an API key opens: those that ask for a permission, and what everybody may know.</summary>
internal sealed class KeyRequirement : IOpenApiOperationTransformer
{
    private const string Scheme = "key";

    /// <summary>Declares the scheme.</summary>
    public static void Declare(OpenApiDocument api)
    {
        api.Components ??= new OpenApiComponents();
        api.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        api.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "anlan_…",
            Description = "An API key, made on the page of API keys and shown once. It carries some of its account's permissions; it starts no machine and administers no accounts.",
        };
    }

    /// <inheritdoc />
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var asked = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(data => data.Policy);
        if (asked.Any(policy => policy == PermissionExtensions.KeyPolicy || policy?.StartsWith(PermissionExtensions.PolicyPrefix, StringComparison.Ordinal) == true))
        {
            (operation.Security ??= []).Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] });
        }

        return Task.CompletedTask;
    }
}
