using System.CommandLine;
using System.Globalization;
using JobTracker.Configuration;
using JobTracker.Keys;
using JobTracker.Organizations;

namespace JobTracker.Silo.Commands;

/// <summary>
/// <c>keys generate</c> prints a key that is stored nowhere, for <c>Auth:BootstrapKey</c>; <c>keys create</c> makes one in the database,
/// prints it once and exits. What is no option of theirs is configuration, as for the service itself.
/// </summary>
internal static class KeysCommand
{
    private const string Operator = "operator";

    /// <param name="settings">The settings of the command's line, as the service takes them.</param>
    public static Command Make(string[] settings)
    {
        var generate = new Command("generate", "Print a key for Auth:BootstrapKey; it is stored nowhere.");
        generate.SetAction(_ => Console.Out.WriteLine(ApiKey.New().Text));
        return new Command("keys", "API keys, by whoever runs the service.") { Create(settings), generate };
    }

    private static Command Create(string[] settings)
    {
        var scopes = new Option<string[]>("--scopes")
        {
            Description = $"What the key may do: {string.Join(", ", Scopes.All)}. Repeated, or separated by commas.",
            Required = true,
        };
        scopes.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.SelectMany(token => token.Value.Split(',')).Where(word => !Scopes.All.Contains(word)))
                result.AddError($"'{token}' is no scope: use {string.Join(", ", Scopes.All)}.");
        });
        var organization = new Option<string>("--organization")
        {
            Description = "Whose key it is; made where there is none of this id.",
            DefaultValueFactory = _ => OrganizationId.Default,
        };
        organization.Validators.Add(result =>
        {
            if (!OrganizationId.IsValid(result.GetValueOrDefault<string>()))
                result.AddError("--organization must be a letter or digit and up to 63 more, _ and - among them, all in lower case.");
        });
        var user = new Option<string>("--user") { Description = "On whose behalf it acts.", DefaultValueFactory = _ => Operator };
        var name = new Option<string>("--name") { Description = "What people call it.", DefaultValueFactory = _ => "command line" };
        var days = new Option<int>("--days")
        {
            Description = "In how many days it expires, 0: never.",
            DefaultValueFactory = _ => 90,
        };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 365)
                result.AddError("--days must be 0 to 365.");
        });
        var create = new Command("create", "Make a key, print it once and exit.") { scopes, organization, user, name, days };
        create.TreatUnmatchedTokensAsErrors = false;
        create.SetAction((parsed, cancellation) =>
        {
            if (NoOption(parsed.UnmatchedTokens, create) is { } refusal)
            {
                Console.Error.WriteLine(refusal);
                return Task.FromResult(1);
            }

            var named = parsed.GetValue(scopes)!.SelectMany(word => word.Split(',')).ToHashSet(StringComparer.Ordinal);
            var expiresAt = parsed.GetValue(days) is var left and > 0
                ? TimeProvider.System.GetUtcNow().AddDays(left)
                : (DateTimeOffset?)null;
            return CreateAsync(
                new CreateKey(
                    parsed.GetValue(organization)!, parsed.GetValue(user)!, parsed.GetValue(name)!,
                    [.. Scopes.All.Where(named.Contains)], expiresAt, default, Operator),
                settings,
                cancellation);
        });
        return create;
    }

    /// <summary>What is no option, and no setting either, is a slip of the pen. Null: there is none.</summary>
    private static string? NoOption(IEnumerable<string> words, Command command) => words
        .Select(word => word.Split('=', 2)[0])
        .Select(
            name => $"'{name}' is no option of keys create; the nearest is {Likeness.Nearest(name, command.Options.Select(o => o.Name))}.")
        .FirstOrDefault();

    /// <summary>The key alone goes to the standard output, so that it can be kept by whoever asked for it.</summary>
    private static async Task<int> CreateAsync(CreateKey command, string[] configuration, CancellationToken cancellation)
    {
        var (key, snapshot) = await OperatorSilo.RunAsync(configuration, grains => NewKey.MakeAsync(grains, command), cancellation);
        await Console.Out.WriteLineAsync(key.Text);
        var end = snapshot.ExpiresAt is { } moment ? string.Create(CultureInfo.InvariantCulture, $"until {moment:u}") : "for ever";
        await Console.Error.WriteLineAsync(
            $"{snapshot.Id} of {snapshot.OrganizationId}, {string.Join(' ', snapshot.Scopes)}, {end}. It is shown this once.");
        return 0;
    }
}
