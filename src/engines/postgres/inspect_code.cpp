// Functions and types.
#include "engines/postgres/inspect_reading.h"

namespace slipway::postgres {

void Reading::readFunctions() {
    // The constructors of a range type belong to the type (deptype i).
    Result result = ask(R"(
        SELECT p.pronamespace, p.proname, oidvectortypes(p.proargtypes), p.prokind, l.lanname,
               pg_get_function_result(p.oid), p.provolatile, p.proparallel, p.proisstrict, p.prosecdef,
               array_to_string(p.proconfig, E'\x1f'), pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner),
               array_to_string(p.proacl, E'\x1f'),
               CASE WHEN p.proacl IS NOT NULL THEN array_to_string(acldefault('f', p.proowner), E'\x1f') END,
               d.description
          FROM pg_proc p
          JOIN pg_language l ON l.oid = p.prolang
          LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_proc'::regclass
         WHERE p.pronamespace = ANY ($1::oid[]) AND p.prokind <> 'a'
           AND NOT EXISTS (SELECT FROM pg_depend dep WHERE dep.classid = 'pg_proc'::regclass AND dep.objid = p.oid
                              AND dep.deptype IN ('e', 'i')))");
    for (auto& values : result.rows) {
        Row row(values);
        Function& function = catalog_.functions.emplace_back();
        function.schema = schemaNames_.at(row.oid());
        function.name = row.text();
        function.arguments = row.text();
        function.kind = static_cast<FunctionKind>(row.letter());
        function.language = row.text();
        function.returns = row.text();
        const char volatility = row.letter(), parallel = row.letter();
        function.volatility = volatility == 'i' ? "IMMUTABLE" : volatility == 's' ? "STABLE" : "VOLATILE";
        function.parallel = parallel == 's' ? "SAFE" : parallel == 'r' ? "RESTRICTED" : "UNSAFE";
        function.strict = row.flag();
        function.securityDefiner = row.flag();
        function.settings = row.list();
        function.definition = row.definition();
        function.owner = row.text();
        function.grants = row.grants();
        function.comment = row.text();
    }
}

void Reading::readTypes() {
    // Left out: the array type that every type has, and the row type of every table.
    Result result = ask(fmt::format(R"(
        SELECT t.oid, t.typrelid, t.typnamespace, t.typname, t.typtype,
               array_to_string(ARRAY(SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid
                                      ORDER BY e.enumsortorder), E'\x1f'),
               CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
               coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault),
               CASE WHEN t.typtype = 'd' AND t.typcollation <> base.typcollation THEN t.typcollation::regcollation END,
               CASE WHEN r.rngtypid IS NOT NULL THEN
                   concat_ws(', ', 'subtype ' || format_type(r.rngsubtype, NULL),
                             'operator class ' || quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname),
                             'collation ' || nullif(r.rngcollation, 0)::regcollation,
                             'canonical ' || nullif(r.rngcanonical::oid, 0)::regproc,
                             'subtype_diff ' || nullif(r.rngsubdiff::oid, 0)::regproc, {})
               WHEN t.typtype = 'b' THEN
                   concat_ws(', ', 'input ' || t.typinput, 'output ' || t.typoutput,
                             'receive ' || nullif(t.typreceive::oid, 0)::regproc,
                             'send ' || nullif(t.typsend::oid, 0)::regproc,
                             'typmod_in ' || nullif(t.typmodin::oid, 0)::regproc,
                             'typmod_out ' || nullif(t.typmodout::oid, 0)::regproc,
                             'analyze ' || nullif(t.typanalyze::oid, 0)::regproc,
                             'length ' || t.typlen, 'alignment ' || t.typalign::text, 'storage ' || t.typstorage::text,
                             'category ' || t.typcategory::text, 'delimiter ' || t.typdelim::text,
                             'element ' || nullif(t.typelem, 0)::regtype,
                             CASE WHEN t.typispreferred THEN 'preferred' END, CASE WHEN t.typbyval THEN 'by value' END)
               END,
               pg_get_userbyid(t.typowner), array_to_string(t.typacl, E'\x1f'),
               CASE WHEN t.typacl IS NOT NULL THEN array_to_string(acldefault('T', t.typowner), E'\x1f') END,
               d.description
          FROM pg_type t
          LEFT JOIN pg_class c ON c.oid = t.typrelid
          LEFT JOIN pg_type element ON element.oid = t.typelem
          LEFT JOIN pg_type base ON base.oid = t.typbasetype
          LEFT JOIN pg_range r ON r.rngtypid = t.oid
          LEFT JOIN pg_opclass oc ON oc.oid = r.rngsubopc
          LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
          LEFT JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_type'::regclass
         WHERE t.typnamespace = ANY ($1::oid[])
           AND (t.typtype IN ('e', 'd', 'r', 'p') OR t.typtype = 'c' AND c.relkind = 'c'
                OR t.typtype = 'b' AND element.typarray IS DISTINCT FROM t.oid)
           AND {})",
                                    version_ >= 140000 ? "'multirange ' || r.rngmultitypid::regtype" : "NULL",
                                    notOfExtension("pg_type", "t.oid")));
    catalog_.types.reserve(result.rows.size());
    for (auto& values : result.rows) {
        Row row(values);
        Type& type = catalog_.types.emplace_back();
        types_[row.oid()] = &type;
        if (const uint32_t relation = row.oid(); relation != 0) composites_[relation] = &type;
        type.schema = schemaNames_.at(row.oid());
        type.name = row.text();
        type.kind = static_cast<TypeKind>(row.letter());
        type.labels = row.list();
        type.baseType = row.text();
        type.notNull = row.flag();
        type.defaultValue = row.value();
        type.collation = row.text();
        type.definition = row.text();
        type.owner = row.text();
        type.grants = row.grants();
        type.comment = row.text();
    }
}

}  // namespace slipway::postgres
