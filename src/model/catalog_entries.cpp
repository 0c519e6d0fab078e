#include "model/catalog_entries.h"

#include "base/text.h"

namespace slipway {

std::string_view CatalogEntry::attribute(std::string_view name) const {
    for (const auto& [key, value] : attributes)
        if (key == name) return value;
    return {};
}

namespace {

/// Collects the attributes of one object, passing over those that have their default.
class Entry {
  public:
    Entry(std::string kind, std::string identity) {
        entry_.kind = std::move(kind), entry_.identity = std::move(identity);
    }

    Entry& within(std::string key) { return entry_.parents.push_back(std::move(key)), *this; }
    Entry& set(const char* name, std::string_view value) {
        if (!value.empty()) entry_.attributes.emplace_back(name, value);
        return *this;
    }
    Entry& set(const char* name, const std::vector<std::string>& values) { return set(name, join(values, ", ")); }
    Entry& set(const char* name, int64_t value, int64_t usual) {
        return value == usual ? *this : set(name, std::to_string(value));
    }
    Entry& flag(const char* name, bool value, bool usual = false) {
        return value == usual ? *this : set(name, value ? "yes" : "no");
    }
    Entry& columns(const std::vector<Column>& columns) {
        for (const Column& column : columns) entry_.columnOrder.push_back(column.name);
        return *this;
    }
    template <class Object>
    Entry& access(const Object& object) {
        return set("owner", object.owner).set("grants", object.grants).set("comment", object.comment);
    }
    CatalogEntry take() { return std::move(entry_); }
    std::string key() const { return entry_.key(); }

  private:
    CatalogEntry entry_;
};

class Flattener {
  public:
    std::vector<CatalogEntry> flatten(const Catalog& catalog) {
        for (const Schema& schema : catalog.schemas) add(Entry("schema", sqlName(schema.name)).access(schema));
        for (const Extension& extension : catalog.extensions)
            add(Entry("extension", sqlName(extension.name))
                    .set("version", extension.version)
                    .set("schema", extension.schema)
                    .set("comment", extension.comment));
        for (const Type& type : catalog.types) addType(type);
        for (const Table& table : catalog.tables) addTable(table);
        for (const Sequence& sequence : catalog.sequences) addSequence(sequence);
        for (const Function& function : catalog.functions)
            add(Entry(nameOf(function.kind),
                      fmt::format("{}({})", sqlName(function.schema, function.name), function.arguments))
                    .set("definition", function.definition)
                    .access(function));
        for (const Other& other : catalog.others)
            add(Entry(other.kind, other.identity).set("definition", other.definition).access(other));
        const auto order = [](const CatalogEntry& e) { return std::tie(e.kind, e.identity); };
        std::ranges::sort(entries_, {}, order);
        return std::move(entries_);
    }

  private:
    void add(Entry&& entry) { entries_.push_back(entry.take()); }
    void add(Entry& entry) { entries_.push_back(entry.take()); }

    void addColumns(const std::vector<Column>& columns, const std::string& owner, const std::string& parent) {
        for (const Column& column : columns)
            add(Entry("column", owner + '.' + sqlName(column.name))
                    .within(parent)
                    .set("type", column.type)
                    .flag("not null", column.notNull)
                    .flag("not null validated", column.notNullValidated, true)
                    .set("default", column.defaultValue.value_or(""))
                    .set("identity", column.identity)
                    .set("generated", column.generated)
                    .set("collation", column.collation)
                    .set("storage", column.storage)
                    .set("compression", column.compression)
                    .set("statistics target", column.statisticsTarget, -1)
                    .flag("inherited", column.inherited)
                    .set("options", column.options)
                    .set("grants", column.grants)
                    .set("comment", column.comment));
    }

    void addConstraints(const std::vector<Constraint>& constraints, const std::string& owner,
                        const std::string& parent) {
        for (const Constraint& constraint : constraints)
            add(Entry("constraint", owner + '.' + sqlName(constraint.name))
                    .within(parent)
                    .set("definition", constraint.definition)
                    .flag("validated", constraint.validated, true)
                    .flag("inherited", constraint.inherited)
                    .set("comment", constraint.comment));
    }

    void addAttachments(const char* kind, const std::vector<Attachment>& items, const std::string& owner,
                        const std::string& parent) {
        for (const Attachment& item : items)
            add(Entry(kind, owner + '.' + sqlName(item.name))
                    .within(parent)
                    .set("definition", item.definition)
                    .set("firing", item.firing)
                    .set("comment", item.comment));
    }

    void addIndexes(const Table& table, const std::string& owner, const std::string& parent) {
        for (const Index& index : table.indexes) {
            Entry entry("index", sqlName(table.schema, index.name));
            entry.within(parent);
            if (!index.constraint.empty()) entry.within("constraint " + owner + '.' + sqlName(index.constraint));
            add(entry.set("definition", index.definition)
                    .flag("valid", index.valid, true)
                    .flag("ready", index.ready, true)
                    .flag("replica identity", index.replicaIdentity)
                    .flag("clustered", index.clustered)
                    .set("constraint", index.constraint)
                    .set("attached to", index.parent)
                    .set("tablespace", index.tablespace)
                    .set("statistics targets", index.statisticsTargets)
                    .set("comment", index.comment));
        }
    }

    void addTable(const Table& table) {
        const std::string name = sqlName(table.schema, table.name);
        Entry entry(nameOf(table.kind), name);
        const std::string key = entry.key();
        add(entry.columns(table.columns)
                .set("definition", table.viewDefinition)
                .flag("row security", table.rowSecurity)
                .flag("row security forced", table.rowSecurityForced)
                .flag("unlogged", table.unlogged)
                .flag("populated", table.populated, true)
                .set("replica identity", table.replicaIdentity)
                .set("parents", table.parents)
                .flag("detach pending", table.detachPending)
                .set("partition bound", table.partitionBound)
                .set("partition key", table.partitionKey)
                .set("of type", table.ofType)
                .set("access method", table.accessMethod)
                .set("tablespace", table.tablespace)
                .set("server", table.server)
                .set("options", table.options)
                .access(table));
        addColumns(table.columns, name, key);
        addConstraints(table.constraints, name, key);
        addIndexes(table, name, key);
        addAttachments("trigger", table.triggers, name, key);
        addAttachments("rule", table.rules, name, key);
        addAttachments("policy", table.policies, name, key);
    }

    void addSequence(const Sequence& sequence) {
        Entry entry("sequence", sqlName(sequence.schema, sequence.name));
        std::string owned;
        if (!sequence.ownedByColumn.empty()) {
            const std::string table = sqlName(sequence.ownedBySchema, sequence.ownedByTable);
            owned = table + '.' + sqlName(sequence.ownedByColumn);
            entry.within("column " + owned);
        }
        add(entry.set("type", sequence.type)
                .set("start", std::to_string(sequence.start))
                .set("increment", std::to_string(sequence.increment))
                .set("minimum", std::to_string(sequence.minimum))
                .set("maximum", std::to_string(sequence.maximum))
                .set("cache", sequence.cache, 1)
                .flag("cycle", sequence.cycle)
                .flag("unlogged", sequence.unlogged)
                .set(sequence.identity ? "identity of" : "owned by", owned)
                .access(sequence));
    }

    void addType(const Type& type) {
        const std::string name = sqlName(type.schema, type.name);
        Entry entry(type.kind == TypeKind::domain ? "domain" : "type", name);
        const std::string key = entry.key();
        std::vector<std::string> labels;
        for (const std::string& label : type.labels) labels.push_back('\'' + replaceAll(label, "'", "''") + '\'');
        add(entry.columns(type.attributes)
                .set("kind", nameOf(type.kind))
                .set("labels", labels)
                .set("base type", type.baseType)
                .flag("not null", type.notNull)
                .set("default", type.defaultValue.value_or(""))
                .set("collation", type.collation)
                .set("definition", type.definition)
                .access(type));
        addColumns(type.attributes, name, key);
        addConstraints(type.constraints, name, key);
    }

    std::vector<CatalogEntry> entries_;
};

}  // namespace

std::vector<CatalogEntry> catalogEntries(const Catalog& catalog) {
    return Flattener().flatten(catalog);
}

}  // namespace slipway
