// Tables, views and sequences with their parts.
#include "base/text.h"
#include "engines/postgres/inspect_reading.h"

namespace slipway::postgres {

namespace {

std::string firing(char enabled) {
    switch (enabled) {
        case 'D':
            return "DISABLED";
        case 'R':
            return "REPLICA";
        case 'A':
            return "ALWAYS";
        default:
            return "";
    }
}

std::string replicaIdentity(char letter) {
    switch (letter) {
        case 'f':
            return "FULL";
        case 'n':
            return "NOTHING";
        case 'i':
            return "INDEX";
        default:
            return "";
    }
}

std::string storage(char letter) {
    switch (letter) {
        case 'p':
            return "PLAIN";
        case 'e':
            return "EXTERNAL";
        case 'm':
            return "MAIN";
        case 'x':
            return "EXTENDED";
        default:
            return "";
    }
}

Column readColumn(Row& row) {
    Column column{.name = row.text(), .type = row.text(), .notNull = row.flag(), .defaultValue = row.value()};
    const char identity = row.letter(), generated = row.letter();
    column.identity = identity == 'a' ? "ALWAYS" : identity == 'd' ? "BY DEFAULT" : "";
    column.generated = generated == 's' ? "STORED" : generated == 'v' ? "VIRTUAL" : "";
    column.collation = row.text();
    column.storage = storage(row.letter());
    const char compression = row.letter();
    column.compression = compression == 'p' ? "pglz" : compression == 'l' ? "lz4" : "";
    column.statisticsTarget = static_cast<int>(row.number(-1));
    column.inherited = row.flag();
    column.options = row.list();
    // PostgreSQL's minor releases of November 2026 (seen in 15.20) stamp every new column with a number of their own, another
    // one each time the table is made.
    std::erase_if(column.options, [](const std::string& option) { return option.starts_with("pg_attver="); });
    std::ranges::sort(column.options);
    column.grants = row.list();
    std::ranges::sort(column.grants);
    column.comment = row.text();
    return column;
}

}  // namespace

void Reading::readRelations() {
    Result result = ask(R"(
        SELECT c.oid, c.relkind, c.relnamespace, c.relname, pg_get_userbyid(c.relowner),
               array_to_string(c.relacl, E'\x1f'),
               CASE WHEN c.relacl IS NOT NULL THEN array_to_string(
                   acldefault((CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", c.relowner), E'\x1f') END,
               d.description, c.relpersistence = 'u', c.relrowsecurity, c.relforcerowsecurity, c.relispopulated,
               CASE WHEN c.relkind NOT IN ('v', 'f') THEN c.relreplident END,
               array_to_string(c.reloptions, E'\x1f'), array_to_string(toast.reloptions, E'\x1f'),
               array_to_string(ft.ftoptions, E'\x1f'), s.srvname, pg_get_expr(c.relpartbound, c.oid),
               CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
               CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END,
               nullif(c.reloftype, 0)::regtype, am.amname, ts.spcname
          FROM pg_class c
          LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
          LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
          LEFT JOIN pg_foreign_table ft ON ft.ftrelid = c.oid
          LEFT JOIN pg_foreign_server s ON s.oid = ft.ftserver
          LEFT JOIN pg_am am ON am.oid = c.relam AND am.amname <> 'heap'
          LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
         WHERE c.relnamespace = ANY ($1::oid[]) AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND )" +
                        notOfExtension("pg_class", "c.oid"));
    // The maps point into the vectors, which must not move while they grow.
    catalog_.tables.reserve(result.rows.size());
    catalog_.sequences.reserve(result.rows.size());
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t oid = row.oid();
        const char kind = row.letter();
        const std::string& schema = schemaNames_.at(row.oid());
        std::string name = row.text(), owner = row.text();
        std::vector<std::string> grants = row.grants();
        std::string comment = row.text();
        const bool unlogged = row.flag();
        if (kind == 'S') {
            sequences_[oid] = &catalog_.sequences.emplace_back(Sequence{.schema = schema,
                                                                        .name = std::move(name),
                                                                        .unlogged = unlogged,
                                                                        .owner = std::move(owner),
                                                                        .grants = std::move(grants),
                                                                        .comment = std::move(comment)});
            continue;
        }
        if (leftOut(schema, name)) {
            leftOut_.insert(oid);
            continue;
        }
        Table& table = catalog_.tables.emplace_back();
        tables_[oid] = &table;
        table.schema = schema;
        table.name = std::move(name);
        table.kind = static_cast<TableKind>(kind);
        table.owner = std::move(owner);
        table.grants = std::move(grants);
        table.comment = std::move(comment);
        table.unlogged = unlogged;
        table.rowSecurity = row.flag();
        table.rowSecurityForced = row.flag();
        table.populated = row.flag();
        table.replicaIdentity = replicaIdentity(row.letter());
        table.options = row.list();
        for (const std::string& option : row.list()) table.options.push_back("toast." + option);
        for (std::string& option : row.list()) table.options.push_back(withoutSecret(std::move(option)));
        std::ranges::sort(table.options);
        table.server = row.text();
        table.partitionBound = row.text();
        table.partitionKey = row.text();
        table.viewDefinition = row.definition();
        table.ofType = row.text();
        table.accessMethod = row.text();
        table.tablespace = row.text();
    }
}

void Reading::readColumns() {
    // Only the expression of a generated column speaks of other columns; for the rest a relation would cost time.
    Result result = ask(fmt::format(R"(
        SELECT a.attrelid, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               pg_get_expr(ad.adbin, CASE WHEN a.attgenerated <> '' THEN ad.adrelid ELSE 0 END),
               a.attidentity, a.attgenerated,
               CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation END,
               CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
               {}, a.attstattarget, NOT a.attislocal,
               array_to_string(a.attoptions || a.attfdwoptions, E'\x1f'), array_to_string(a.attacl, E'\x1f'),
               d.description
          FROM pg_attribute a
          JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum
          LEFT JOIN pg_description d
                 ON d.objoid = a.attrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum
         WHERE c.relnamespace = ANY ($1::oid[]) AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
           AND a.attnum > 0 AND NOT a.attisdropped
         ORDER BY a.attrelid, a.attnum)",
                                    version_ >= 140000 ? "a.attcompression" : "NULL"));
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t relation = row.oid();
        const int number = static_cast<int>(row.number());
        if (const auto table = tables_.find(relation); table != tables_.end()) {
            Column& column = table->second->columns.emplace_back(readColumn(row));
            columns_[relation][number] = column.name;
        } else if (const auto type = composites_.find(relation); type != composites_.end()) {
            type->second->attributes.push_back(readColumn(row));
        }
    }
}

void Reading::readConstraints() {
    // NOT NULL is told by the column; since PostgreSQL 18 a row of its own tells whether it was validated. A foreign
    // key to a partitioned table has further rows, one a partition, that come and go with the partitions.
    Result result = ask(fmt::format(R"(
        SELECT con.conrelid, con.contypid, con.contype, con.conname, pg_get_constraintdef(con.oid), con.convalidated,
               con.condeferrable, con.condeferred, NOT con.conislocal, con.connoinherit, con.conkey, con.conindid,
               con.confrelid, rn.nspname, r.relname, con.confkey, d.description
          FROM pg_constraint con
          LEFT JOIN pg_class r ON r.oid = con.confrelid
          LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
          LEFT JOIN pg_description d ON d.objoid = con.oid AND d.classoid = 'pg_constraint'::regclass
         WHERE con.connamespace = ANY ($1::oid[])
           AND (con.contype IN ('c', 'p', 'u', 'x') OR con.contype = 'f' AND con.conparentid = 0 {}))",
                                    version_ >= 180000 ? "OR con.contype = 'n' AND NOT con.convalidated" : ""));
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t relation = row.oid(), domain = row.oid();
        const char type = row.letter();
        Constraint constraint{.name = row.text(),
                              .definition = row.definition(),
                              .validated = row.flag(),
                              .deferrable = row.flag(),
                              .initiallyDeferred = row.flag(),
                              .inherited = row.flag(),
                              .noInherit = row.flag()};
        constraint.columns = columnNames(relation, row.numbers());
        const uint32_t index = row.oid(), referenced = row.oid();
        constraint.referencedSchema = row.text();
        constraint.referencedTable = row.text();
        constraint.referencedColumns = columnNames(referenced, row.numbers());
        constraint.comment = row.text();
        constraint.type = static_cast<ConstraintType>(type);
        constexpr std::string_view notValid = " NOT VALID";
        if (constraint.definition.ends_with(notValid))
            constraint.definition.resize(constraint.definition.size() - notValid.size());

        if (const auto table = tables_.find(relation); table != tables_.end()) {
            if (type == 'n') {
                for (Column& column : table->second->columns)
                    if (column.name == constraint.columns.at(0)) column.notNullValidated = false;
                continue;
            }
            if (type != 'f' && index != 0) constraintOfIndex_[index] = constraint.name;
            table->second->constraints.push_back(std::move(constraint));
        } else if (const auto owner = types_.find(domain); owner != types_.end()) {
            owner->second->constraints.push_back(std::move(constraint));
        }
    }
}

void Reading::readIndexes() {
    // pg_get_indexdef is the dearest function of all: it is not asked where the constraint says the same.
    Result result = ask(R"(
        SELECT i.indexrelid, i.indrelid, c.relname, am.amname,
               CASE WHEN c.reloptions IS NOT NULL
                      OR i.indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE contype IN ('p', 'u'))
                    THEN pg_get_indexdef(i.indexrelid) ELSE '' END, i.indisvalid,
               i.indisready, i.indisunique, i.indisprimary, i.indpred IS NOT NULL, i.indisreplident, i.indisclustered,
               i.indkey, i.indnkeyatts, ts.spcname, st.targets, d.description
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid
          JOIN pg_am am ON am.oid = c.relam
          LEFT JOIN pg_tablespace ts ON ts.oid = c.reltablespace
          LEFT JOIN (SELECT attrelid, string_agg(attnum || '=' || attstattarget, ', ' ORDER BY attnum) AS targets
                       FROM pg_attribute WHERE attnum > 0 AND attstattarget >= 0 GROUP BY attrelid) st
                 ON st.attrelid = i.indexrelid
          LEFT JOIN pg_description d
                 ON d.objoid = i.indexrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
         WHERE c.relnamespace = ANY ($1::oid[]))");
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t oid = row.oid(), relation = row.oid();
        const auto table = tables_.find(relation);
        if (table == tables_.end()) continue;
        Index index{.name = row.text(),
                    .method = row.text(),
                    .definition = row.definition(),
                    .valid = row.flag(),
                    .ready = row.flag(),
                    .unique = row.flag(),
                    .primary = row.flag(),
                    .partial = row.flag(),
                    .replicaIdentity = row.flag(),
                    .clustered = row.flag()};
        index.columns = columnNames(relation, row.numbers());
        index.keyColumns = static_cast<int>(row.number());
        index.tablespace = row.text();
        index.statisticsTargets = row.text();
        index.comment = row.text();
        if (const auto constraint = constraintOfIndex_.find(oid); constraint != constraintOfIndex_.end())
            index.constraint = constraint->second;
        indexes_[oid] = {table->second, table->second->indexes.size()};
        table->second->indexes.push_back(std::move(index));
    }
}

void Reading::readAttachments() {
    Result result = ask(R"(
        SELECT 't', t.tgrelid, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, d.description
          FROM pg_trigger t
          JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = ANY ($1::oid[])
          LEFT JOIN pg_description d ON d.objoid = t.oid AND d.classoid = 'pg_trigger'::regclass
         WHERE NOT t.tgisinternal
        UNION ALL
        SELECT 'r', r.ev_class, r.rulename, pg_get_ruledef(r.oid), r.ev_enabled, d.description
          FROM pg_rewrite r
          JOIN pg_class c ON c.oid = r.ev_class AND c.relnamespace = ANY ($1::oid[])
          LEFT JOIN pg_description d ON d.objoid = r.oid AND d.classoid = 'pg_rewrite'::regclass
         WHERE r.rulename <> '_RETURN'
        UNION ALL
        SELECT 'p', p.polrelid, p.polname,
               concat_ws(' ', CASE WHEN NOT p.polpermissive THEN 'AS RESTRICTIVE' END,
                         'FOR', CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                                              WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                         'TO', (SELECT string_agg(name, ', ' ORDER BY name COLLATE "C")
                                  FROM (SELECT CASE role WHEN 0 THEN 'PUBLIC' ELSE role::regrole::text END
                                          FROM unnest(p.polroles) role) roles (name)),
                         'USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
                         'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
               '', d.description
          FROM pg_policy p
          JOIN pg_class c ON c.oid = p.polrelid AND c.relnamespace = ANY ($1::oid[])
          LEFT JOIN pg_description d ON d.objoid = p.oid AND d.classoid = 'pg_policy'::regclass)");
    for (auto& values : result.rows) {
        Row row(values);
        const char kind = row.letter();
        const auto table = tables_.find(row.oid());
        if (table == tables_.end()) continue;
        Attachment item{
            .name = row.text(), .definition = row.definition(), .firing = firing(row.letter()), .comment = row.text()};
        (kind == 't'   ? table->second->triggers
         : kind == 'r' ? table->second->rules
                       : table->second->policies)
            .push_back(std::move(item));
    }
}

void Reading::readParents() {
    Result result = connection_.query(fmt::format(R"(
        SELECT i.inhrelid, n.nspname, p.relname, {}
          FROM pg_inherits i
          JOIN pg_class p ON p.oid = i.inhparent
          JOIN pg_namespace n ON n.oid = p.relnamespace
         ORDER BY i.inhrelid, i.inhseqno)",
                                                  version_ >= 140000 ? "i.inhdetachpending" : "false"));
    for (auto& values : result.rows) {
        Row row(values);
        const uint32_t child = row.oid();
        const std::string schema = row.text();
        const std::string parent = sqlName(schema, row.text());
        if (const auto table = tables_.find(child); table != tables_.end()) {
            table->second->parents.push_back(parent);
            table->second->detachPending = row.flag();
        } else if (const auto index = indexes_.find(child); index != indexes_.end()) {
            index->second.first->indexes[index->second.second].parent = parent;
        }
    }
}

void Reading::readSequences() {
    Result result = ask(R"(
        SELECT s.seqrelid, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
               s.seqcycle, dep.refobjid, dep.refobjsubid, dep.deptype = 'i'
          FROM pg_sequence s
          JOIN pg_class c ON c.oid = s.seqrelid AND c.relnamespace = ANY ($1::oid[])
          LEFT JOIN pg_depend dep ON dep.classid = 'pg_class'::regclass AND dep.objid = s.seqrelid AND dep.objsubid = 0
                AND dep.refclassid = 'pg_class'::regclass AND dep.refobjsubid > 0 AND dep.deptype IN ('a', 'i'))");
    for (auto& values : result.rows) {
        Row row(values);
        const auto found = sequences_.find(row.oid());
        if (found == sequences_.end()) continue;
        Sequence& sequence = *found->second;
        sequence.type = row.text();
        sequence.start = row.number();
        sequence.increment = row.number();
        sequence.minimum = row.number();
        sequence.maximum = row.number();
        sequence.cache = row.number();
        sequence.cycle = row.flag();
        const uint32_t owner = row.oid();
        const int column = static_cast<int>(row.number());
        if (const auto table = tables_.find(owner); table != tables_.end()) {
            sequence.ownedBySchema = table->second->schema;
            sequence.ownedByTable = table->second->name;
            sequence.ownedByColumn = columnNames(owner, {column}).at(0);
            sequence.identity = row.flag();
        } else if (leftOut_.contains(owner)) {
            sequence.name.clear();
        }
    }
}

}  // namespace slipway::postgres
