#include "engines/postgres/predict_snapshot.h"

#include <set>

#include "base/text.h"
#include "engines/postgres/connect.h"

namespace slipway::postgres {

namespace {

/// All "schema.name" in a text of SQL, quoted where they are quoted there: of longer ones the first two parts, and what
/// merely looks like it.
std::set<std::string> namesIn(std::string_view text) {
    auto inWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$'; };
    std::set<std::string> names;
    std::vector<std::string_view> parts;
    for (size_t at = 0; at < text.size();) {
        size_t end = at;
        if (text[at] == '"') {
            end = std::min(text.find('"', at + 1), text.size() - 1) + 1;
        } else {
            while (end < text.size() && inWord(text[end])) end++;
        }
        if (end == at) {
            parts.clear();
            at++;
            continue;
        }
        parts.push_back(text.substr(at, end - at));
        if (parts.size() == 2) names.insert(fmt::format("{}.{}", parts[0], parts[1]));
        if (end < text.size() && text[end] == '.')
            end++;
        else
            parts.clear();
        at = end;
    }
    return names;
}

std::string nameOf(const Table& table) { return qualified(table.schema, table.name); }

bool isView(const Table& table) { return table.kind == TableKind::view || table.kind == TableKind::materializedView; }

/// Something to be made, and what of the others its definition names.
struct Item {
    std::string name;
    std::string sql;
    std::string needs;  ///< the text in which the names of others are looked for
};

/// The items, each behind those that it names. Of a circle none can be first: they follow as they come.
std::string ordered(const std::vector<Item>& items) {
    std::string sql;
    std::set<std::string> open;
    for (const Item& item : items) open.insert(item.name);
    std::vector<const Item*> left;
    for (const Item& item : items) left.push_back(&item);
    while (!left.empty()) {
        std::vector<const Item*> later;
        for (const Item* item : left) {
            const bool waits = std::ranges::any_of(namesIn(item->needs), [&](const std::string& name) { return name != item->name && open.contains(name); });
            if (waits) {
                later.push_back(item);
                continue;
            }
            sql += item->sql;
            open.erase(item->name);
        }
        if (later.size() == left.size()) {
            for (const Item* item : later) sql += item->sql;
            break;
        }
        left = std::move(later);
    }
    return sql;
}

class Writer {
  public:
    Writer(const Catalog& catalog, std::vector<std::string>& missing) : catalog_(catalog), missing_(missing) {}

    std::string write() {
        add("SET check_function_bodies = off");
        for (const Schema& schema : catalog_.schemas)
            if (schema.name != "public") add("CREATE SCHEMA " + quoteIdentifier(schema.name));
        for (const Extension& extension : catalog_.extensions)
            add(fmt::format("CREATE EXTENSION IF NOT EXISTS {} SCHEMA {}", quoteIdentifier(extension.name), quoteIdentifier(extension.schema)));
        others(true);
        types();
        for (const Sequence& sequence : catalog_.sequences)
            if (!sequence.identity && !sequence.name.empty()) add(createSequence(sequence));
        functions(false);
        tables();
        for (const Sequence& sequence : catalog_.sequences) own(sequence);
        functions(true);
        each(&Writer::constraints);
        each(&Writer::indexes);
        sql_ += attached_;
        views();
        each(&Writer::foreignKeys);
        each(&Writer::rest);
        others(false);
        return std::move(sql_);
    }

  private:
    void add(const std::string& statement) { sql_ += statement + ";\n"; }
    void each(void (Writer::*write)(const Table&)) {
        for (const Table& table : catalog_.tables) (this->*write)(table);
    }

    void types() {
        std::vector<Item> items;
        for (const Type& type : catalog_.types) {
            Item item{.name = qualified(type.schema, type.name)};
            std::vector<std::string> parts;
            switch (type.kind) {
                case TypeKind::enumeration:
                    for (const std::string& label : type.labels) parts.push_back("'" + replaceAll(label, "'", "''") + "'");
                    item.sql = fmt::format("CREATE TYPE {} AS ENUM ({});\n", item.name, join(parts, ", "));
                    break;
                case TypeKind::composite:
                    for (const Column& column : type.attributes) parts.push_back(quoteIdentifier(column.name) + " " + column.type);
                    item.needs = join(parts, ", ");
                    item.sql = fmt::format("CREATE TYPE {} AS ({});\n", item.name, item.needs);
                    break;
                case TypeKind::domain:
                    item.needs = type.baseType;
                    item.sql = fmt::format("CREATE DOMAIN {} AS {}{}{}", item.name, type.baseType, type.defaultValue ? " DEFAULT " + *type.defaultValue : "",
                                           type.notNull ? " NOT NULL" : "");
                    for (const Constraint& constraint : type.constraints)
                        item.sql += fmt::format(" CONSTRAINT {} {}", quoteIdentifier(constraint.name), constraint.definition);
                    item.sql += ";\n";
                    break;
                case TypeKind::range: {
                    const std::string subtype = split(type.definition, ',').front();  // "subtype timestamp with time zone, ..."
                    item.needs = subtype;
                    item.sql = fmt::format("CREATE TYPE {} AS RANGE (SUBTYPE = {});\n", item.name, subtype.substr(std::min<size_t>(subtype.size(), 8)));
                    break;
                }
                case TypeKind::shell:
                    item.sql = fmt::format("CREATE TYPE {};\n", item.name);
                    break;
                case TypeKind::base:
                    missing_.push_back(fmt::format("type {}", item.name));
                    continue;
            }
            items.push_back(std::move(item));
        }
        sql_ += ordered(items);
    }

    static std::string createSequence(const Sequence& sequence) {
        return fmt::format("CREATE {}SEQUENCE {} AS {} START {} INCREMENT {} MINVALUE {} MAXVALUE {} CACHE {}{}", sequence.unlogged ? "UNLOGGED " : "",
                           qualified(sequence.schema, sequence.name), sequence.type, sequence.start, sequence.increment, sequence.minimum, sequence.maximum,
                           sequence.cache, sequence.cycle ? " CYCLE" : "");
    }

    void own(const Sequence& sequence) {
        if (sequence.identity || sequence.ownedByTable.empty() || sequence.name.empty()) return;
        add(fmt::format("ALTER SEQUENCE {} OWNED BY {}.{}", qualified(sequence.schema, sequence.name),
                        qualified(sequence.ownedBySchema, sequence.ownedByTable), quoteIdentifier(sequence.ownedByColumn)));
    }

    /// Functions whose signature or parsed body names a relation come behind the tables.
    void functions(bool ofRelations) {
        std::set<std::string> relations;
        for (const Table& table : catalog_.tables) relations.insert(nameOf(table));
        for (const Function& function : catalog_.functions) {
            const bool parsed = function.language == "sql" && (function.definition.contains("BEGIN ATOMIC") || function.definition.contains("\nRETURN "));
            const auto named = namesIn(function.arguments + ", " + function.returns);
            const bool names = parsed || std::ranges::any_of(named, [&](const std::string& name) { return relations.contains(name); });
            if (names == ofRelations) add(function.definition);
        }
    }

    std::string column(const Column& column) const {
        std::string text = quoteIdentifier(column.name) + " " + column.type;
        if (!column.collation.empty()) text += " COLLATE " + column.collation;
        if (!column.generated.empty())
            text += fmt::format(" GENERATED ALWAYS AS ({}) STORED", column.defaultValue.value_or("NULL"));
        else if (column.defaultValue)
            text += " DEFAULT " + *column.defaultValue;
        if (column.notNull) text += " NOT NULL";
        return text;
    }

    std::string identity(const Table& table, const Column& column) const {
        for (const Sequence& sequence : catalog_.sequences)
            if (sequence.identity && sequence.ownedBySchema == table.schema && sequence.ownedByTable == table.name && sequence.ownedByColumn == column.name)
                return fmt::format(" GENERATED {} AS IDENTITY (SEQUENCE NAME {})", column.identity, qualified(sequence.schema, sequence.name));
        return fmt::format(" GENERATED {} AS IDENTITY", column.identity);
    }

    static std::string foreignOptions(const Table& table) {
        std::vector<std::string> options;
        for (const std::string& option : table.options) {
            const size_t equals = option.find('=');
            if (equals == std::string::npos) continue;
            options.push_back(fmt::format("{} '{}'", quoteIdentifier(option.substr(0, equals)), replaceAll(option.substr(equals + 1), "'", "''")));
        }
        return options.empty() ? "" : fmt::format(" OPTIONS ({})", join(options, ", "));
    }

    /// As SQL needs them: a catalog does not quote what is merely a keyword.
    std::vector<std::string> parentsOf(const Table& table) const {
        std::vector<std::string> parents;
        for (const std::string& parent : table.parents) {
            const auto found = std::ranges::find_if(catalog_.tables, [&](const Table& one) { return sqlName(one.schema, one.name) == parent; });
            parents.push_back(found == catalog_.tables.end() ? parent : nameOf(*found));
        }
        return parents;
    }

    /// Partitions are made as tables of their own, so that their indexes keep their names, and attached with these:
    /// the server then matches them with those of the parent (manual, ALTER TABLE, ATTACH PARTITION).
    void tables() {
        std::vector<Item> items;
        for (const Table& table : catalog_.tables) {
            if (isView(table)) continue;
            const bool partition = !table.partitionBound.empty();
            std::vector<std::string> columns;
            for (const Column& each : table.columns)
                if (!each.inherited || partition || !table.ofType.empty()) columns.push_back(column(each) + (each.identity.empty() || partition ? "" : identity(table, each)));
            Item item{.name = nameOf(table)};
            const bool foreign = table.kind == TableKind::foreign;
            item.sql = fmt::format("CREATE {}TABLE {} ({})", foreign ? "FOREIGN " : table.unlogged ? "UNLOGGED " : "", item.name, join(columns, ", "));
            if (!partition && !table.parents.empty()) item.sql += fmt::format(" INHERITS ({})", join(parentsOf(table), ", "));
            if (!table.partitionKey.empty()) item.sql += " PARTITION BY " + table.partitionKey;
            if (!table.accessMethod.empty()) item.sql += " USING " + quoteIdentifier(table.accessMethod);
            if (foreign) item.sql += " SERVER " + quoteIdentifier(table.server) + foreignOptions(table);
            else if (!table.options.empty()) item.sql += fmt::format(" WITH ({})", join(table.options, ", "));
            if (!table.tablespace.empty()) item.sql += " TABLESPACE " + quoteIdentifier(table.tablespace);
            item.sql += ";\n";
            if (!table.ofType.empty()) item.sql += fmt::format("ALTER TABLE {} OF {};\n", item.name, table.ofType);
            item.needs = join(parentsOf(table), ", ");
            if (partition) attached_ += fmt::format("ALTER TABLE ONLY {} ATTACH PARTITION {} {};\n", parentsOf(table).at(0), item.name, table.partitionBound);
            items.push_back(std::move(item));
        }
        sql_ += ordered(items);
    }

    void constraint(const Table& table, const Constraint& constraint) {
        add(fmt::format("ALTER TABLE {}{} ADD CONSTRAINT {} {}{}", constraint.type == ConstraintType::check ? "" : "ONLY ", nameOf(table),
                        quoteIdentifier(constraint.name), constraint.definition, constraint.validated ? "" : " NOT VALID"));
    }
    void constraints(const Table& table) {
        for (const Constraint& one : table.constraints)
            if (one.type != ConstraintType::foreignKey && (!one.inherited || !table.partitionBound.empty() || one.type != ConstraintType::check))
                constraint(table, one);
    }
    void foreignKeys(const Table& table) {
        for (const Constraint& one : table.constraints)
            if (one.type == ConstraintType::foreignKey && !one.inherited) {
                const bool partitioned = table.kind == TableKind::partitioned;
                add(fmt::format("ALTER TABLE {}{} ADD CONSTRAINT {} {}{}", partitioned ? "" : "ONLY ", nameOf(table), quoteIdentifier(one.name), one.definition,
                                one.validated ? "" : " NOT VALID"));
            }
    }

    void indexes(const Table& table) {
        if (isView(table)) return;  // behind its view
        for (const Index& index : table.indexes)
            if (index.constraint.empty()) add(index.definition);
    }
    void views() {
        std::vector<Item> items;
        for (const Table& table : catalog_.tables) {
            if (!isView(table)) continue;
            Item item{.name = nameOf(table), .needs = table.viewDefinition};
            const bool kept = table.kind == TableKind::materializedView;
            std::string query(trim(table.viewDefinition));
            if (query.ends_with(';')) query.pop_back();
            std::vector<std::string> columns;
            for (const Column& each : table.columns) columns.push_back(quoteIdentifier(each.name));
            item.sql = fmt::format("CREATE {}VIEW {} ({}){} AS {}{};\n", kept ? "MATERIALIZED " : "", item.name, join(columns, ", "),
                                   table.options.empty() ? "" : fmt::format(" WITH ({})", join(table.options, ", ")), query,
                                   kept && !table.populated ? " WITH NO DATA" : "");
            for (const Index& index : table.indexes) item.sql += index.definition + ";\n";
            items.push_back(std::move(item));
        }
        sql_ += ordered(items);
    }

    void rest(const Table& table) {
        const std::string name = nameOf(table);
        const std::string alter = (isView(table) ? std::string("ALTER VIEW ") : "ALTER TABLE ") + name;
        for (const Attachment& rule : table.rules) add(rule.definition);
        for (const Attachment& trigger : table.triggers) {
            add(trigger.definition);
            if (trigger.firing == "DISABLED") add(fmt::format("ALTER TABLE {} DISABLE TRIGGER {}", name, quoteIdentifier(trigger.name)));
        }
        for (const Attachment& policy : table.policies) add(fmt::format("CREATE POLICY {} ON {} {}", quoteIdentifier(policy.name), name, policy.definition));
        if (table.rowSecurity) add(alter + " ENABLE ROW LEVEL SECURITY");
        if (table.rowSecurityForced) add(alter + " FORCE ROW LEVEL SECURITY");
        if (table.replicaIdentity == "FULL" || table.replicaIdentity == "NOTHING") add(alter + " REPLICA IDENTITY " + table.replicaIdentity);
        for (const Index& index : table.indexes) {
            if (index.replicaIdentity && table.replicaIdentity == "INDEX") add(fmt::format("{} REPLICA IDENTITY USING INDEX {}", alter, quoteIdentifier(index.name)));
            if (index.clustered) add(fmt::format("{} CLUSTER ON {}", alter, quoteIdentifier(index.name)));
        }
    }

    /// Foreign servers come before the tables, what tables are in behind them.
    void others(bool before) {
        static const std::set<std::string> harmless = {"default acl", "database setting", "language", "user mapping", "security label",
                                                       "event trigger", "subscription", "transform", "access method"};
        for (const Other& other : catalog_.others) {
            if (other.kind == "cast" && ofRange(other)) continue;
            const bool foreign = other.kind == "foreign-data wrapper" || other.kind == "server";
            if (foreign && before) {
                if (other.kind == "server")
                    add(fmt::format("CREATE SERVER {} FOREIGN DATA WRAPPER {}", other.identity, split(other.definition.substr(8), ',').front()));
                else
                    add("CREATE FOREIGN DATA WRAPPER " + other.identity);
            } else if (other.kind == "statistics object" && !before) {
                add(split(other.definition, ';').front().substr(0, other.definition.rfind(", target ")));
            } else if (other.kind == "publication" && !before) {
                publication(other);
            } else if (!foreign && before && other.kind != "statistics object" && other.kind != "publication" && !harmless.contains(other.kind)) {
                missing_.push_back(other.kind + " " + other.identity);
            }
        }
    }

    /// Since PostgreSQL 14 every range type brings a cast to its multirange along.
    bool ofRange(const Other& cast) const {
        return std::ranges::any_of(catalog_.types, [&](const Type& type) {
            return type.kind == TypeKind::range && cast.identity.starts_with(fmt::format("({} AS ", qualified(type.schema, type.name)));
        });
    }

    /// Without its column lists and row filters, which change no lock.
    void publication(const Other& other) {
        const std::set<std::string> named = namesIn(other.definition);
        std::vector<std::string> tables;
        for (const Table& table : catalog_.tables)
            if (named.contains(nameOf(table))) tables.push_back(nameOf(table));
        std::string sql = "CREATE PUBLICATION " + other.identity;
        if (other.definition.contains("for all tables")) sql += " FOR ALL TABLES";
        else if (!tables.empty()) sql += " FOR TABLE " + join(tables, ", ");
        add(sql);
    }

    const Catalog& catalog_;
    std::vector<std::string>& missing_;
    std::string sql_;
    std::string attached_;  ///< the partitions, for when all tables have their indexes
};

}  // namespace

std::string definitionsOf(const Catalog& catalog, std::vector<std::string>& missing) { return Writer(catalog, missing).write(); }

Predictor predictorFrom(const Catalog& catalog, int serverMajor, std::vector<std::string>& notes) {
    ScriptText script;
    script.file = "snapshot";
    script.text = definitionsOf(catalog, notes);
    for (std::string& each : notes) each = fmt::format("the snapshot does not say what {} is made of", each);
    Predictor predictor(serverMajor, true);
    predictor.play(script, [&](Predicted&& each) {
        const std::string why = each.problem ? each.problem->message : each.statement.why ? *each.statement.why : "";
        if (!why.empty()) notes.push_back(fmt::format("{} of the snapshot: {}", each.statement.kind, why));
    });
    if (!notes.empty()) predictor.becomeIncomplete();
    return predictor;
}

}  // namespace slipway::postgres
