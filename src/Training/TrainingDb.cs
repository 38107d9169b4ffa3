using Anlan.Toolkit.Data;
using Anlan.Training.Certificates;
using Microsoft.EntityFrameworkCore;

namespace Anlan.Training;

/// <summary>The tables of Training, seen through the one context.</summary>
internal sealed class TrainingDb(AnlanDb db)
{
    public DbSet<Certificate> Certificates => db.Set<Certificate>();

    public DbSet<CertificateChange> Changes => db.Set<CertificateChange>();

    public AnlanDb Context => db;
}
