using System.Reflection;
using System.Reflection.Emit;

namespace JobTracker.Tests.Unit;

/// <summary>Which folders of a project its folders use, by what the compiler made of them: constants and comments leave no trace.</summary>
internal sealed class FolderReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Assembly _project;
    private readonly string _root;
    private readonly Dictionary<(string From, string To), SortedSet<string>> _uses = [];

    /// <param name="root">The namespace of the project's own folder, which is no folder here: there the project is put together.</param>
    public FolderReferences(Assembly project, string root)
    {
        _project = project;
        _root = root + ".";
        foreach (var type in project.GetTypes().Where(type => FolderOf(type) is not null))
        {
            foreach (var used in UsedBy(type))
                Note(type, used);
        }
    }

    /// <summary>Every use that is part of a circle, with the types; a folder and those inside it are one.</summary>
    /// <param name="but">Uses that are looked away from.</param>
    public IEnumerable<(string From, string To, string Types)> Circles(params IEnumerable<(string From, string To)> but)
    {
        var uses = _uses.Keys.Except(but).ToLookup(use => use.From, use => use.To);
        return _uses.Where(use => uses[use.Key.From].Contains(use.Key.To) && Reaches(use.Key.To, use.Key.From, uses))
            .Select(use => (use.Key.From, use.Key.To, string.Join(", ", use.Value)));
    }

    private static bool Reaches(string from, string to, ILookup<string, string> uses)
    {
        var (seen, left) = (new HashSet<string>([from]), new Stack<string>([from]));
        while (left.TryPop(out var folder))
        {
            if (folder == to)
                return true;
            foreach (var next in uses[folder].Where(seen.Add))
                left.Push(next);
        }
        return false;
    }

    private void Note(Type type, Type used)
    {
        var (from, to) = (FolderOf(type)!, FolderOf(used));
        if (to is null || used.Assembly != _project || $"{to}.".StartsWith($"{from}.", StringComparison.Ordinal)
            || $"{from}.".StartsWith($"{to}.", StringComparison.Ordinal))
            return;
        if (!_uses.TryGetValue((from, to), out var examples))
            _uses[(from, to)] = examples = new SortedSet<string>(StringComparer.Ordinal);
        examples.Add($"{Outermost(type).Name} uses {Outermost(used).Name}");
    }

    private string? FolderOf(Type type) =>
        type.Namespace?.StartsWith(_root, StringComparison.Ordinal) == true ? type.Namespace[_root.Length..] : null;

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<Type> UsedBy(Type type)
    {
        var declared = type.GetInterfaces().Append(type.BaseType).Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(type.GetCustomAttributesData().Select(attribute => attribute.AttributeType));
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All));
        return declared.Concat(methods.SelectMany(method => UsedBy(method))).OfType<Type>().SelectMany(Parts);
    }

    private static IEnumerable<Type?> UsedBy(MethodBase method)
    {
        var signature = method.GetParameters().Select(parameter => parameter.ParameterType)
            .Append((method as MethodInfo)?.ReturnType);
        if (method.GetMethodBody() is not { } body)
            return signature;
        return signature.Concat(body.LocalVariables.Select(local => local.LocalType)).Concat(Tokens(body.GetILAsByteArray()!)
            .SelectMany(token => UsedBy(method, token)));
    }

    private static IEnumerable<Type?> UsedBy(MethodBase method, int token)
    {
        var ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        var member = method.Module.ResolveMember(token, ofType, method.IsGenericMethod ? method.GetGenericArguments() : null);
        return member switch
        {
            Type type => [type],
            MethodInfo { IsGenericMethod: true } called => [called.DeclaringType, .. called.GetGenericArguments()],
            not null => [member.DeclaringType],
            _ => [],
        };
    }

    /// <summary>The metadata tokens in a method's code.</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var isLong = code[at] == 0xFE;
            var operation = OpCodesByValue[isLong ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += isLong ? 2 : 1;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                yield return BitConverter.ToInt32(code, at);
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType
        ? Parts(type.GetElementType()!)
        : type.IsConstructedGenericType ? type.GetGenericArguments().SelectMany(Parts).Prepend(type) : [type];
}
