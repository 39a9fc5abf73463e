using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Which values can never change, and so may be shared by caller and grain. Decided once for each type.</summary>
static class Constancy
{
    static readonly FrozenSet<Type> Constants = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(Uri), typeof(Version), typeof(CancellationToken), typeof(Int128), typeof(UInt128),
        typeof(System.Numerics.BigInteger), typeof(object),
    }.ToFrozenSet();

    static readonly FrozenSet<Type> ImmutableCollections = new[]
    {
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>),
    }.ToFrozenSet();

    static readonly FrozenSet<Type> Plain = new[]
    {
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>),
        typeof(ValueTuple<,,,>), typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>),
    }.ToFrozenSet();

    /// <summary>No value of exactly this type can change.</summary>
    public static bool Of(Type type) => Of(type, []);

    /// <summary>No value that a field or item of this type holds can change.</summary>
    public static bool OfPart(Type type) => Of(type, [typeof(void)]);

    public static bool IsImmutableCollection(Type shape) => ImmutableCollections.Contains(shape);

    /// <summary>Made of its fields and nothing else.</summary>
    public static bool IsPlain(Type shape) => Plain.Contains(shape);

    /// <param name="asking">The types being asked about; void stands for "inside of something".</param>
    static bool Of(Type type, HashSet<Type> asking)
    {
        if (type.IsPrimitive || type.IsEnum || Constants.Contains(type)
            || type.IsAssignableTo(typeof(GrainReference)) || type.IsAssignableTo(typeof(Type))
            || type.IsAssignableTo(typeof(Exception)) || type.IsDefined(typeof(ImmutableAttribute), inherit: false))
            return type != typeof(object) || asking.Count == 0; // a field of type object may hold anything
        if (type.IsInterface)
            return type.IsAssignableTo(typeof(IAddressable));
        var shape = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (ImmutableCollections.Contains(shape) || shape == typeof(Nullable<>))
            return type.GetGenericArguments().All(argument => Of(argument, asking.Count == 0 ? [typeof(void)] : asking));
        if ((!type.IsValueType && !type.IsSealed) || type.IsArray || type.IsAssignableTo(typeof(Delegate)))
            return false;
        if (!Plain.Contains(shape) && !type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            return false;
        if (!asking.Add(type))
            return true; // it refers to itself: as constant as the rest of it
        return Copier.Fields(type).All(field => (field.IsInitOnly || type.IsValueType) && Of(field.FieldType, asking));
    }
}
