// What pg_catalog holds in PostgreSQL 13 to 18, to be asked without a server.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace slipway::postgres {

/// The versions whose pg_catalog is known. A newer server is taken for the last, an older for the first of them.
inline constexpr int firstKnownServer = 13, lastKnownServer = 18;

/// The versions of the server in which a row holds, both inclusive.
struct ServerVersions {
    uint8_t first;
    uint8_t last;

    bool contains(int serverMajor) const;
};

// Types are named as in pg_type ("int4", "_text"), and what is not there is "". One object may have several rows, for
// versions that exclude each other.

/// A row of pg_proc.
struct BuiltinFunction {
    std::string_view name;
    std::string_view arguments;  ///< types of the input arguments: "text, int4"
    std::string_view result;     ///< a type; "" for a procedure that returns nothing
    uint8_t argumentCount;
    uint8_t defaults;  ///< how many of them, from the last on, may be left out
    bool variadic;     ///< the last may be repeated
    char volatility;   ///< 'i'mmutable, 's'table, 'v'olatile
    char kind;         ///< 'f'unction, 'a'ggregate, 'w'indow function, 'p'rocedure
    ServerVersions versions;

    bool takes(int arguments) const;  ///< whether a call may have so many
};

/// A row of pg_type: base types, pseudo-types, ranges, the row types of the catalogs, and arrays of them.
struct BuiltinType {
    std::string_view name;
    std::string_view formatted;  ///< as format_type() prints it: "integer", "text[]"
    std::string_view element;    ///< of an array; not of types that merely can be subscripted, such as point
    std::string_view array;      ///< the type of arrays of it
    int16_t length;              ///< bytes, -1 varlena, -2 null-terminated
    char align;                  ///< 'c', 's', 'i', 'd': 1, 2, 4, 8 bytes
    char storage;                ///< 'p'lain, 'e'xternal, 'm'ain, e'x'tended
    char kind;                   ///< typtype: 'b'ase, 'c'omposite, 'p'seudo, 'r'ange, 'm'ultirange
    char category;               ///< typcategory: 'N'umeric, 'S'tring ...
    bool byValue;
    bool collatable;
    bool modifiers;         ///< takes some: numeric(10,2)
    char inputVolatility;   ///< of the conversion from text, hence of a literal: 's' for timestamptz
    char outputVolatility;  ///< of the conversion to text
    ServerVersions versions;
};

/// A row of pg_cast. Source and target are the same where a type is brought to a length: varchar(10) to varchar(5).
struct BuiltinCast {
    std::string_view source;
    std::string_view target;
    std::string_view function;  ///< "" where none is needed
    char method;                ///< 'b'inary-coercible, 'f'unction, 'i': by way of text
    char context;               ///< 'i'mplicit, in an 'a'ssignment, 'e'xplicit only
    char volatility;
    bool simplifies;  ///< the function has a support function, which drops a call that would change nothing
    ServerVersions versions;
};

/// A row of pg_operator.
struct BuiltinOperator {
    std::string_view name;
    std::string_view left;  ///< "" for a prefix operator
    std::string_view right;
    std::string_view result;
    std::string_view function;
    char volatility;
    ServerVersions versions;
};

/// The operator class that an index on a column gets when none is named.
struct DefaultOpclass {
    std::string_view accessMethod;
    std::string_view type;
    std::string_view name;
    std::string_view family;
    std::string_view inputType;  ///< of the operator class: "text" for varchar, "anyarray" for arrays
    std::string_view keyType;    ///< what is stored, where that is another type
    ServerVersions versions;
};

/// All rows, sorted by their first fields as bytes.
std::span<const BuiltinFunction> builtinFunctions();
std::span<const BuiltinType> builtinTypes();
std::span<const BuiltinCast> builtinCasts();
std::span<const BuiltinOperator> builtinOperators();
std::span<const DefaultOpclass> defaultOpclasses();

/// The overloads of a function, in all versions.
std::span<const BuiltinFunction> builtinFunctions(std::string_view name);

/// The least stable volatility of the overloads that may be called with so many arguments: 'i', 's' or 'v'; '\0' when
/// there is none.
char volatilityOf(std::string_view function, int arguments, int serverMajor);

/// The type that pg_type calls so, nullptr when there is none.
const BuiltinType* builtinType(std::string_view name, int serverMajor = lastKnownServer);

/// The type that format_type() prints so, with or without modifiers: "character varying(20)", "numeric(10,2)[]".
const BuiltinType* builtinTypeNamed(std::string_view formatted, int serverMajor = lastKnownServer);

/// The cast that pg_cast lists, nullptr when it lists none.
const BuiltinCast* builtinCast(std::string_view source, std::string_view target, int serverMajor);

/// Whether values of one type are values of the other as they stand, so that a column's change of type need not rewrite
/// them (but for what a new length asks). True for a type and itself. Arrays of coercible types are not coercible: each
/// value holds its element's OID (ATColumnChangeRequiresRewrite() in src/backend/commands/tablecmds.c).
bool binaryCoercible(std::string_view from, std::string_view to, int serverMajor);

/// The operators of a name, in all versions.
std::span<const BuiltinOperator> builtinOperators(std::string_view name);

/// As GetDefaultOpClass() in src/backend/commands/indexcmds.c finds it, nullptr when the access method cannot index the
/// type. For types that users made, ask for "anyenum", "anyrange", "anymultirange", "anyarray" or "record".
const DefaultOpclass* defaultOpclass(std::string_view accessMethod, std::string_view type, int serverMajor);

}  // namespace slipway::postgres
