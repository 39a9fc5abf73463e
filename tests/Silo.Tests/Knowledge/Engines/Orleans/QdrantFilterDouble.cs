using System.Globalization;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace Colloquy.Tests.Knowledge;

/// <summary>Qdrant's filters over payload, in its strict mode: what is filtered by has an index of a fitting kind.</summary>
internal static class QdrantFilterDouble
{
    public static bool Passes(
        Filter filter, PointStruct point, IReadOnlyDictionary<string, CreateFieldIndexCollection> indexes) =>
        filter.MinShould is not null ? throw Refusal(StatusCode.Unimplemented, "min_should")
        // No short cuts: a condition that is refused must be refused for every point.
        : filter.Must.Count(condition => Holds(condition, point, indexes)) == filter.Must.Count
            & (filter.Should.Count == 0 | filter.Should.Sum(condition => Holds(condition, point, indexes) ? 1 : 0) > 0)
            & filter.MustNot.Sum(condition => Holds(condition, point, indexes) ? 1 : 0) == 0;

    private static bool Holds(
        Condition condition, PointStruct point, IReadOnlyDictionary<string, CreateFieldIndexCollection> indexes) =>
        condition.ConditionOneOfCase switch
        {
            Condition.ConditionOneOfOneofCase.Filter => Passes(condition.Filter, point, indexes),
            Condition.ConditionOneOfOneofCase.HasId => condition.HasId.HasId.Contains(point.Id),
            Condition.ConditionOneOfOneofCase.IsEmpty => !Values(point, condition.IsEmpty.Key).Any(),
            Condition.ConditionOneOfOneofCase.Field => Holds(condition.Field, point, indexes),
            var other => throw Refusal(StatusCode.Unimplemented, $"{other}"),
        };

    private static bool Holds(
        FieldCondition field, PointStruct point, IReadOnlyDictionary<string, CreateFieldIndexCollection> indexes)
    {
        var index = indexes.GetValueOrDefault(field.Key)
            ?? throw Refusal(StatusCode.InvalidArgument, $"Index required but not found for \"{field.Key}\"");
        var values = Values(point, field.Key);
        if (field.Match is { } match)
        {
            Fits(index, match.MatchValueCase switch
            {
                Match.MatchValueOneofCase.Keyword or Match.MatchValueOneofCase.Keywords => FieldType.Keyword,
                Match.MatchValueOneofCase.Integer or Match.MatchValueOneofCase.Integers => FieldType.Integer,
                Match.MatchValueOneofCase.Boolean => FieldType.Bool,
                var other => throw Refusal(StatusCode.Unimplemented, $"{other}"),
            });
            if (index.FieldType is FieldType.Integer && index.FieldIndexParams?.IntegerIndexParams is { Lookup: false })
                throw Refusal(StatusCode.InvalidArgument, $"Index of \"{field.Key}\" has no lookup");
            return values.Any(value => Equals(match, value));
        }

        if (field.Range is { } range)
        {
            Fits(index, FieldType.Integer);
            if (index.FieldIndexParams?.IntegerIndexParams is { Range: false })
                throw Refusal(StatusCode.InvalidArgument, $"Index of \"{field.Key}\" has no range");
            return values.Any(value => value.KindCase is Value.KindOneofCase.IntegerValue
                && (!range.HasGte || value.IntegerValue >= range.Gte) && (!range.HasGt || value.IntegerValue > range.Gt)
                && (!range.HasLte || value.IntegerValue <= range.Lte) && (!range.HasLt || value.IntegerValue < range.Lt));
        }

        if (field.DatetimeRange is { } span)
        {
            Fits(index, FieldType.Datetime);
            return values.Any(value => value.KindCase is Value.KindOneofCase.StringValue
                && DateTimeOffset.Parse(value.StringValue, CultureInfo.InvariantCulture) is var at
                && (span.Gte is null || at >= span.Gte.ToDateTimeOffset()) && (span.Gt is null || at > span.Gt.ToDateTimeOffset())
                && (span.Lte is null || at <= span.Lte.ToDateTimeOffset()) && (span.Lt is null || at < span.Lt.ToDateTimeOffset()));
        }

        throw Refusal(StatusCode.Unimplemented, $"{field}");
    }

    // A list holds what one of its values does; values of another kind never match.
    private static bool Equals(Match match, Value value) => match.MatchValueCase switch
    {
        Match.MatchValueOneofCase.Keyword => value.HasStringValue && value.StringValue == match.Keyword,
        Match.MatchValueOneofCase.Keywords => value.HasStringValue && match.Keywords.Strings.Contains(value.StringValue),
        Match.MatchValueOneofCase.Integer => value.HasIntegerValue && value.IntegerValue == match.Integer,
        Match.MatchValueOneofCase.Integers => value.HasIntegerValue && match.Integers.Integers.Contains(value.IntegerValue),
        _ => value.HasBoolValue && value.BoolValue == match.Boolean,
    };

    private static IEnumerable<Value> Values(PointStruct point, string key) =>
        !point.Payload.TryGetValue(key, out var value) || value.HasNullValue ? []
        : value.ListValue is { } list ? list.Values : [value];

    private static void Fits(CreateFieldIndexCollection index, FieldType type)
    {
        if (index.FieldType != type)
            throw Refusal(StatusCode.InvalidArgument, $"Index of \"{index.FieldName}\" is of another kind");
    }

    private static RpcException Refusal(StatusCode code, string detail) => new(new Status(code, detail));
}
