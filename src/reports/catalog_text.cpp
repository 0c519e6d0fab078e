#include "reports/catalog_text.h"

#include "base/text.h"

namespace slipway::reports {

namespace {

using Words = std::vector<std::string>;

/// Rows of cells, their columns aligned; the last cell of a row may be as long as it likes.
class Listing {
  public:
    void add(Words cells) { rows_.push_back(std::move(cells)); }

    void print(std::string_view heading, std::string& out) const {
        if (rows_.empty()) return;
        std::vector<size_t> widths;
        for (const Words& cells : rows_)
            for (size_t i = 0; i + 1 < cells.size(); ++i) {
                if (widths.size() <= i) widths.push_back(0);
                widths[i] = std::max(widths[i], displayWidth(cells[i]));
            }
        if (!heading.empty()) out += fmt::format("  {}\n", heading);
        for (const Words& cells : rows_) {
            std::string line = "    ";
            for (size_t i = 0; i < cells.size(); ++i) {
                line += cells[i];
                if (i + 1 < cells.size()) line.append(widths[i] - displayWidth(cells[i]) + 2, ' ');
            }
            line.erase(line.find_last_not_of(' ') + 1);
            out += line + '\n';
        }
    }

  private:
    std::vector<Words> rows_;
};

/// Joins what is not empty.
std::string phrase(std::initializer_list<std::string> words) {
    Words said;
    std::ranges::copy_if(words, std::back_inserter(said), [](const std::string& word) { return !word.empty(); });
    return join(said, ", ");
}

std::string when(bool condition, std::string words) {
    return condition ? std::move(words) : "";
}

std::string with(std::string_view word, const std::string& value) {
    return value.empty() ? "" : fmt::format("{} {}", word, value);
}

template <class Object>
std::string access(const Object& object) {
    return phrase({with("owner", object.owner), with("grants", join(object.grants, " ")),
                   when(!object.comment.empty(), "\"" + object.comment + "\"")});
}

std::string inBrackets(const std::string& words) {
    return words.empty() ? "" : " (" + words + ")";
}

std::string describe(const Column& c) {
    std::string value;
    if (!c.generated.empty())
        value = fmt::format("generated as {} {}", c.defaultValue.value_or(""), lower(c.generated));
    else if (c.defaultValue)
        value = "default " + *c.defaultValue;
    return phrase({when(c.notNull, c.notNullValidated ? "not null" : "not null (not validated)"), value,
                   when(!c.identity.empty(), "generated " + lower(c.identity) + " as identity"),
                   with("collation", c.collation), with("storage", lower(c.storage)),
                   with("compression", c.compression),
                   when(c.statisticsTarget >= 0, fmt::format("statistics {}", c.statisticsTarget)),
                   when(c.inherited, "inherited"), with("options", join(c.options, " ")),
                   with("grants", join(c.grants, " ")), when(!c.comment.empty(), "\"" + c.comment + "\"")});
}

std::string describe(const Index& i) {
    return phrase({when(!i.valid, "INVALID"), when(!i.ready, "not kept up to date"),
                   with("for constraint", i.constraint), when(i.replicaIdentity, "replica identity"),
                   when(i.clustered, "clustered"), with("attached to", i.parent), with("tablespace", i.tablespace),
                   with("statistics", i.statisticsTargets), when(!i.comment.empty(), "\"" + i.comment + "\"")});
}

void printColumns(const std::vector<Column>& columns, std::string& out) {
    Listing listing;
    for (const Column& column : columns) listing.add({sqlName(column.name), column.type, describe(column)});
    listing.print("", out);
}

void printConstraints(const std::vector<Constraint>& constraints, std::string& out) {
    Listing listing;
    for (const Constraint& c : constraints)
        listing.add(
            {sqlName(c.name),
             c.definition + inBrackets(phrase({when(!c.validated, "NOT VALIDATED"), when(c.inherited, "inherited"),
                                               when(!c.comment.empty(), "\"" + c.comment + "\"")}))});
    listing.print("constraints", out);
}

void printIndexes(const std::vector<Index>& indexes, std::string& out) {
    Listing listing;
    for (const Index& index : indexes) {
        // The definition repeats the name: what follows the table is what is new.
        const size_t use = index.definition.find(" USING ");
        const std::string how = use == std::string::npos ? index.method + " (" + join(index.columns, ", ") + ")"
                                                         : index.definition.substr(use + 7);
        listing.add({sqlName(index.name), when(index.unique, "unique ") + how + inBrackets(describe(index))});
    }
    listing.print("indexes", out);
}

void printAttachments(std::string_view heading, const std::vector<Attachment>& items, std::string& out) {
    Listing listing;
    for (const Attachment& item : items)
        listing.add({sqlName(item.name),
                     item.definition +
                         inBrackets(phrase({item.firing, when(!item.comment.empty(), "\"" + item.comment + "\"")}))});
    listing.print(heading, out);
}

/// Texts of several lines, each indented.
void printText(std::string_view heading, std::string_view text, std::string& out) {
    if (text.empty()) return;
    out += fmt::format("  {}\n", heading);
    for (const std::string& line : split(trim(text), '\n')) out += fmt::format("    {}\n", line);
}

void print(const Table& t, std::string& out) {
    out += fmt::format("\n{} {}{}\n", nameOf(t.kind), sqlName(t.schema, t.name), inBrackets(access(t)));
    const std::string facts = phrase(
        {when(t.unlogged, "unlogged"), when(!t.populated, "not populated"), with("partitioned by", t.partitionKey),
         when(!t.parents.empty(), (t.partitionBound.empty() ? "inherits " : "partition of ") + join(t.parents, ", ")),
         t.partitionBound, when(t.detachPending, "its detaching was not finished"),
         when(t.rowSecurity, t.rowSecurityForced ? "row security, forced" : "row security"),
         with("replica identity", lower(t.replicaIdentity)), with("of type", t.ofType),
         with("access method", t.accessMethod), with("tablespace", t.tablespace), with("server", t.server),
         with("options", join(t.options, " "))});
    if (!facts.empty()) out += "  " + facts + '\n';
    printColumns(t.columns, out);
    printConstraints(t.constraints, out);
    printIndexes(t.indexes, out);
    printAttachments("triggers", t.triggers, out);
    printAttachments("rules", t.rules, out);
    printAttachments("policies", t.policies, out);
    printText("definition", t.viewDefinition, out);
}

void print(const Type& t, std::string& out) {
    out += fmt::format("\n{} {}{}\n", nameOf(t.kind), sqlName(t.schema, t.name), inBrackets(access(t)));
    const std::string facts = phrase({t.baseType, join(t.labels, ", "), when(t.notNull, "not null"),
                                      when(t.defaultValue.has_value(), "default " + t.defaultValue.value_or("")),
                                      with("collation", t.collation), t.definition});
    if (!facts.empty()) out += "  " + facts + '\n';
    printColumns(t.attributes, out);
    printConstraints(t.constraints, out);
}

void print(const Sequence& s, std::string& out) {
    const std::string owner =
        s.ownedByColumn.empty() ? "" : sqlName(s.ownedBySchema, s.ownedByTable) + '.' + sqlName(s.ownedByColumn);
    out +=
        fmt::format("\nsequence {}{}\n  {}\n", sqlName(s.schema, s.name), inBrackets(access(s)),
                    phrase({s.type, fmt::format("from {} by {}, {} to {}", s.start, s.increment, s.minimum, s.maximum),
                            when(s.cache != 1, fmt::format("cache {}", s.cache)), when(s.cycle, "cycle"),
                            when(s.unlogged, "unlogged"), with(s.identity ? "identity of" : "owned by", owner)}));
}

}  // namespace

std::string catalogText(const Catalog& catalog) {
    std::string out = summary(catalog) + '\n';
    for (const Schema& schema : catalog.schemas)
        out += fmt::format("\nschema {}{}\n", sqlName(schema.name), inBrackets(access(schema)));
    for (const Extension& e : catalog.extensions)
        out += fmt::format("\nextension {} {} in schema {}\n", sqlName(e.name), e.version, sqlName(e.schema));
    for (const Type& type : catalog.types) print(type, out);
    for (const Table& table : catalog.tables) print(table, out);
    for (const Sequence& sequence : catalog.sequences) print(sequence, out);
    for (const Function& f : catalog.functions) {
        out += fmt::format("\n{} {}({}){}\n", nameOf(f.kind), sqlName(f.schema, f.name), f.arguments,
                           inBrackets(access(f)));
        printText("definition", f.definition, out);
    }
    for (const Other& o : catalog.others) {
        out += fmt::format("\n{} {}{}\n", o.kind, o.identity, inBrackets(access(o)));
        if (!o.definition.empty()) out += "  " + o.definition + '\n';
    }
    return out;
}

}  // namespace slipway::reports
