// The rarer kinds of object, each told by its kind, its identity and a text that says all that defines it.
#include "base/text.h"
#include "engines/postgres/inspect_reading.h"

namespace slipway::postgres {

namespace {

// Each gives: class, oid, schema (0: none), definition, options, owner, access list, the default one. The first of a
// union gives the NULLs of the others their types.
constexpr const char* aggregates = R"(
    SELECT 'pg_proc'::regclass::oid, p.oid, p.pronamespace,
           concat_ws(', ', 'kind ' || a.aggkind::text, 'direct arguments ' || nullif(a.aggnumdirectargs, 0),
               'returns ' || format_type(p.prorettype, NULL), 'sfunc ' || a.aggtransfn,
               'stype ' || format_type(a.aggtranstype, NULL), 'sspace ' || nullif(a.aggtransspace, 0),
               'finalfunc ' || nullif(a.aggfinalfn::oid, 0)::regproc, 'finalfunc_modify ' || a.aggfinalmodify::text,
               CASE WHEN a.aggfinalextra THEN 'finalfunc_extra' END,
               'combinefunc ' || nullif(a.aggcombinefn::oid, 0)::regproc,
               'serialfunc ' || nullif(a.aggserialfn::oid, 0)::regproc,
               'deserialfunc ' || nullif(a.aggdeserialfn::oid, 0)::regproc, 'initcond ' || quote_literal(a.agginitval),
               'msfunc ' || nullif(a.aggmtransfn::oid, 0)::regproc,
               'minvfunc ' || nullif(a.aggminvtransfn::oid, 0)::regproc,
               'mstype ' || nullif(a.aggmtranstype, 0)::regtype,
               'mfinalfunc ' || nullif(a.aggmfinalfn::oid, 0)::regproc,
               'minitcond ' || quote_literal(a.aggminitval), 'sortop ' || nullif(a.aggsortop, 0)::regoperator,
               'parallel ' || p.proparallel::text),
           NULL::text[], p.proowner, p.proacl, acldefault('f', p.proowner)
      FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid)";

constexpr const char* operators = R"(
    SELECT 'pg_operator'::regclass::oid, o.oid, o.oprnamespace,
           concat_ws(', ', 'function ' || nullif(o.oprcode::oid, 0)::regproc,
               'returns ' || nullif(o.oprresult, 0)::regtype, 'commutator ' || nullif(o.oprcom, 0)::regoperator,
               'negator ' || nullif(o.oprnegate, 0)::regoperator, 'restrict ' || nullif(o.oprrest::oid, 0)::regproc,
               'join ' || nullif(o.oprjoin::oid, 0)::regproc, CASE WHEN o.oprcanmerge THEN 'merges' END,
               CASE WHEN o.oprcanhash THEN 'hashes' END),
           NULL, o.oprowner, NULL, NULL
      FROM pg_operator o)";

constexpr const char* operatorFamilies = R"(
    SELECT 'pg_opfamily'::regclass::oid, f.oid, f.opfnamespace,
           (SELECT string_agg(member, ', ' ORDER BY member COLLATE "C") FROM (
                SELECT concat_ws(' ', 'operator', o.amopstrategy, o.amopopr::regoperator,
                                 'order by ' || nullif(o.amopsortfamily, 0))
                  FROM pg_amop o WHERE o.amopfamily = f.oid
                UNION ALL
                SELECT format('function %s (%s, %s) %s', p.amprocnum, p.amproclefttype::regtype,
                              p.amprocrighttype::regtype, p.amproc::regprocedure)
                  FROM pg_amproc p WHERE p.amprocfamily = f.oid) members (member)),
           NULL, f.opfowner, NULL, NULL
      FROM pg_opfamily f)";

constexpr const char* operatorClasses = R"(
    SELECT 'pg_opclass'::regclass::oid, c.oid, c.opcnamespace,
           concat_ws(', ', CASE WHEN c.opcdefault THEN 'default' END, 'for type ' || c.opcintype::regtype,
               'family ' || quote_ident(n.nspname) || '.' || quote_ident(f.opfname),
               'storage ' || nullif(c.opckeytype, 0)::regtype),
           NULL, c.opcowner, NULL, NULL
      FROM pg_opclass c JOIN pg_opfamily f ON f.oid = c.opcfamily JOIN pg_namespace n ON n.oid = f.opfnamespace)";

constexpr const char* casts = R"(
    SELECT 'pg_cast'::regclass::oid, c.oid, 0::oid,
           concat_ws(', ', 'method ' || c.castmethod::text, 'context ' || c.castcontext::text,
               'function ' || nullif(c.castfunc, 0)::regprocedure),
           NULL, NULL::oid, NULL, NULL
      FROM pg_cast c)";

constexpr const char* conversions = R"(
    SELECT 'pg_conversion'::regclass::oid, c.oid, c.connamespace,
           concat_ws(', ', CASE WHEN c.condefault THEN 'default' END,
               'from ' || pg_encoding_to_char(c.conforencoding), 'to ' || pg_encoding_to_char(c.contoencoding),
               'function ' || c.conproc),
           NULL, c.conowner, NULL, NULL
      FROM pg_conversion c)";

// Without collversion, which belongs to the machine. The columns of the locale have had several names.
constexpr const char* collations = R"(
    SELECT 'pg_collation'::regclass::oid, c.oid, c.collnamespace,
           concat_ws(', ', 'provider ' || c.collprovider::text,
               'locale ' || coalesce(j ->> 'colllocale', j ->> 'colliculocale'),
               'lc_collate ' || c.collcollate, 'lc_ctype ' || c.collctype, 'rules ' || (j ->> 'collicurules'),
               CASE WHEN NOT c.collisdeterministic THEN 'not deterministic' END, 'encoding ' || c.collencoding),
           NULL, c.collowner, NULL, NULL
      FROM pg_collation c CROSS JOIN LATERAL to_jsonb(c) j)";

constexpr const char* textSearch = R"(
    SELECT 'pg_ts_config'::regclass::oid, c.oid, c.cfgnamespace,
           concat_ws(', ', 'parser ' || quote_ident(n.nspname) || '.' || quote_ident(p.prsname),
               (SELECT string_agg(format('%s: %s', t.alias, m.dicts), ', ' ORDER BY t.tokid)
                  FROM (SELECT maptokentype, string_agg(mapdict::regdictionary::text, ' ' ORDER BY mapseqno) AS dicts
                          FROM pg_ts_config_map WHERE mapcfg = c.oid GROUP BY maptokentype) m
                  JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype)),
           NULL, c.cfgowner, NULL, NULL
      FROM pg_ts_config c JOIN pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_namespace n ON n.oid = p.prsnamespace
     WHERE c.oid >= 16384
    UNION ALL
    SELECT 'pg_ts_dict'::regclass::oid, d.oid, d.dictnamespace,
           concat_ws(', ', 'template ' || quote_ident(n.nspname) || '.' || quote_ident(t.tmplname), d.dictinitoption),
           NULL, d.dictowner, NULL, NULL
      FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_namespace n ON n.oid = t.tmplnamespace
    UNION ALL
    SELECT 'pg_ts_template'::regclass::oid, t.oid, t.tmplnamespace,
           concat_ws(', ', 'init ' || nullif(t.tmplinit::oid, 0)::regproc, 'lexize ' || t.tmpllexize),
           NULL, NULL::oid, NULL, NULL
      FROM pg_ts_template t
    UNION ALL
    SELECT 'pg_ts_parser'::regclass::oid, p.oid, p.prsnamespace,
           concat_ws(', ', 'start ' || p.prsstart, 'token ' || p.prstoken, 'end ' || p.prsend,
               'headline ' || nullif(p.prsheadline::oid, 0)::regproc, 'lextypes ' || p.prslextype),
           NULL, NULL::oid, NULL, NULL
      FROM pg_ts_parser p)";

constexpr const char* eventTriggers = R"(
    SELECT 'pg_event_trigger'::regclass::oid, e.oid, 0::oid,
           concat_ws(', ', 'on ' || e.evtevent, 'function ' || e.evtfoid::regproc, 'firing ' || e.evtenabled::text,
               'tags ' || array_to_string(e.evttags, ' ')),
           NULL, e.evtowner, NULL, NULL
      FROM pg_event_trigger e)";

constexpr const char* foreignData = R"(
    SELECT 'pg_foreign_data_wrapper'::regclass::oid, f.oid, 0::oid,
           concat_ws(', ', 'handler ' || nullif(f.fdwhandler, 0)::regproc,
               'validator ' || nullif(f.fdwvalidator, 0)::regproc),
           f.fdwoptions, f.fdwowner, f.fdwacl, acldefault('F', f.fdwowner)
      FROM pg_foreign_data_wrapper f
    UNION ALL
    SELECT 'pg_foreign_server'::regclass::oid, s.oid, 0::oid,
           concat_ws(', ', 'wrapper ' || quote_ident(f.fdwname), 'type ' || s.srvtype, 'version ' || s.srvversion),
           s.srvoptions, s.srvowner, s.srvacl, acldefault('S', s.srvowner)
      FROM pg_foreign_server s JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw)";

constexpr const char* statistics = R"(
    SELECT 'pg_statistic_ext'::regclass::oid, s.oid, s.stxnamespace,
           concat_ws(', ', pg_get_statisticsobjdef(s.oid), 'target ' || nullif(s.stxstattarget, -1)),
           NULL, s.stxowner, NULL, NULL
      FROM pg_statistic_ext s)";

constexpr const char* languages = R"(
    SELECT 'pg_language'::regclass::oid, l.oid, 0::oid,
           concat_ws(', ', CASE WHEN l.lanpltrusted THEN 'trusted' END,
               'handler ' || nullif(l.lanplcallfoid, 0)::regproc, 'inline ' || nullif(l.laninline, 0)::regproc,
               'validator ' || nullif(l.lanvalidator, 0)::regproc),
           NULL, l.lanowner, l.lanacl, acldefault('l', l.lanowner)
      FROM pg_language l
    UNION ALL
    SELECT 'pg_transform'::regclass::oid, t.oid, 0::oid,
           concat_ws(', ', 'from sql ' || nullif(t.trffromsql::oid, 0)::regproc,
               'to sql ' || nullif(t.trftosql::oid, 0)::regproc),
           NULL, NULL::oid, NULL, NULL
      FROM pg_transform t)";

constexpr const char* accessMethods = R"(
    SELECT 'pg_am'::regclass::oid, a.oid, 0::oid, concat_ws(', ', 'type ' || a.amtype::text, 'handler ' || a.amhandler),
           NULL, NULL::oid, NULL, NULL
      FROM pg_am a)";

constexpr const char* defaultPrivileges = R"(
    SELECT 'pg_default_acl'::regclass::oid, a.oid, a.defaclnamespace, '', NULL, NULL::oid, a.defaclacl, NULL
      FROM pg_default_acl a)";

/// Row filters, column lists and schemas came with PostgreSQL 15, generated columns with 18.
std::string publications(int version) {
    const bool lists = version >= 150000;
    return fmt::format(
        R"(
    SELECT 'pg_publication'::regclass::oid, p.oid, 0::oid,
           concat_ws(', ', CASE WHEN p.puballtables THEN 'for all tables' END,
               CASE WHEN p.pubviaroot THEN 'via root' END,
               CASE to_jsonb(p) ->> 'pubgencols' WHEN 's' THEN 'with stored generated columns' END,
               CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
               CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
               (SELECT string_agg(concat_ws(' ', 'table', name, columns, filter), ', ' ORDER BY name COLLATE "C")
                  FROM (SELECT r.prrelid::regclass::text, {}, {}
                          FROM pg_publication_rel r WHERE r.prpubid = p.oid) tables (name, columns, filter)),
               {}),
           NULL, p.pubowner, NULL, NULL
      FROM pg_publication p)",
        lists ? "'(' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a"
                " WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')'"
              : "NULL",
        lists ? "'where ' || pg_get_expr(r.prqual, r.prrelid)" : "NULL",
        lists ? "(SELECT string_agg('schema ' || s.pnnspid::regnamespace::text, ', '"
                " ORDER BY s.pnnspid::regnamespace::text COLLATE \"C\")"
                " FROM pg_publication_namespace s WHERE s.pnpubid = p.oid)"
              : "NULL");
}

void addOptions(std::string& definition, std::vector<std::string> options) {
    if (options.empty()) return;
    std::ranges::sort(options);
    for (std::string& option : options) option = withoutSecret(std::move(option));
    definition += (definition.empty() ? "options " : ", options ") + join(options, ", ");
}

}  // namespace

void Reading::readOthers() {
    const std::string all =
        join(std::vector<std::string>{aggregates, operators, operatorFamilies, operatorClasses, casts, conversions,
                                      collations, textSearch, eventTriggers, foreignData, statistics, languages,
                                      accessMethods, defaultPrivileges, publications(version_)},
             " UNION ALL ");
    // Objects that initdb made have OIDs below 16384 (transam.h, FirstNormalObjectId).
    Result result = ask(R"(
        SELECT i.type, i.identity, o.definition, array_to_string(o.options, E'\x1f'), pg_get_userbyid(o.owner),
               array_to_string(o.acl, E'\x1f'), array_to_string(o.usual, E'\x1f'), d.description
          FROM ()" + all +
                        R"() o (class, oid, schema, definition, options, owner, acl, usual)
          CROSS JOIN LATERAL pg_identify_object(o.class, o.oid, 0) i
          LEFT JOIN pg_description d ON d.classoid = o.class AND d.objoid = o.oid AND d.objsubid = 0
         WHERE o.oid >= 16384 AND (o.schema = 0 OR o.schema = ANY ($1::oid[]))
           AND NOT EXISTS (SELECT FROM pg_depend e
                            WHERE e.classid = o.class AND e.objid = o.oid AND e.deptype = 'e'))");
    for (auto& values : result.rows) {
        Row row(values);
        Other& other = catalog_.others.emplace_back();
        other.kind = row.text();
        other.identity = row.text();
        other.definition = row.text();
        addOptions(other.definition, row.list());
        other.owner = row.text();
        other.grants = row.grants();
        other.comment = row.text();
    }
}

void Reading::readLoose() {
    // Only columns of pg_subscription that every role may read since PostgreSQL 13: never the connection string, which
    // holds a password. Of user mappings only that they are there.
    Result result = ask(R"(
        SELECT 'subscription', quote_ident(s.subname),
               concat_ws(', ', CASE WHEN NOT s.subenabled THEN 'disabled' END, 'slot ' || s.subslotname,
                         'publications ' || array_to_string(s.subpublications, ' ')),
               pg_get_userbyid(s.subowner)
          FROM pg_subscription s
         WHERE s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        UNION ALL
        SELECT 'database setting', split_part(setting, '=', 1), setting, NULL
          FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) setting
         WHERE s.setrole = 0 AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
        UNION ALL
        SELECT 'user mapping', format('%I on %I', m.usename, m.srvname), '', NULL FROM pg_user_mappings m
        UNION ALL
        SELECT 'security label', concat_ws(' ', quote_ident(l.provider), 'on', i.type, i.identity), l.label, NULL
          FROM pg_seclabel l CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) i
         WHERE i.schema IS NULL OR i.schema IN (SELECT quote_ident(n.nspname) FROM pg_namespace n
                                                 WHERE n.oid = ANY ($1::oid[])))");
    for (auto& values : result.rows) {
        Row row(values);
        Other other{.kind = row.text(), .identity = row.text(), .definition = row.text(), .owner = row.text()};
        if (other.kind == "database setting") other.definition = withoutSecret(std::move(other.definition));
        catalog_.others.push_back(std::move(other));
    }
}

}  // namespace slipway::postgres
