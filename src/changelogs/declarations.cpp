#include "changelogs/declarations.h"

#include <toml++/toml.h>
#include <set>

#include "base/digest.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"

namespace slipway::changelogs {

namespace {

/// One table of the file, read key by key; what was not asked for is refused at the end.
class Table {
  public:
    Table(const toml::table& table, std::string name, const std::string& shown)
        : table_(table), name_(std::move(name)), shown_(shown) {}

    int line() const { return static_cast<int>(table_.source().begin.line); }

    const toml::node* find(const std::string& key) {
        known_.push_back(key);
        return table_.get(key);
    }

    std::optional<std::string> text(const std::string& key) {
        const toml::node* node = find(key);
        if (node == nullptr) return std::nullopt;
        if (!node->is_string()) throw wrong(*node, key, "a text in quotes");
        return *node->value<std::string>();
    }

    std::string neededText(const std::string& key) {
        std::optional<std::string> value = text(key);
        if (!value) throw missing(key);
        if (trim(*value).empty())
            throw invalid(table_.get(key)->source(), fmt::format("'{}' of {} is empty", key, name_),
                          "write it, or remove the key");
        return *std::move(value);
    }

    /// An answer of a query: a text, or a number or truth value that stands for its text.
    std::optional<std::string> answer(const std::string& key) {
        const toml::node* node = find(key);
        if (node == nullptr) return std::nullopt;
        if (node->is_string()) return *node->value<std::string>();
        if (node->is_integer()) return std::to_string(*node->value<int64_t>());
        if (node->is_boolean()) return *node->value<bool>() ? "t" : "f";
        throw wrong(*node, key, "a text in quotes (the answer as PostgreSQL prints it), a whole number, true or false");
    }

    void refuseTheRest() const {
        for (auto&& [key, node] : table_) {
            const std::string name(key.str());
            if (std::ranges::find(known_, name) != known_.end()) continue;
            const std::string near = nearest(name, known_);
            throw invalid(key.source(), fmt::format("{} knows no '{}'", name_, name),
                          near.empty() ? fmt::format("it knows: {}", join(known_, ", "))
                                       : fmt::format("did you mean '{}'?", near));
        }
    }

    Error missing(const std::string& key) const {
        return invalid(table_.source(), fmt::format("{} has no '{}'", name_, key),
                       fmt::format("add {} = \"...\"", key));
    }

    Error wrong(const toml::node& node, const std::string& key, const std::string& wanted) const {
        return invalid(node.source(), fmt::format("'{}' of {} must be {}", key, name_, wanted), "correct the value");
    }

    Error invalid(const toml::source_region& where, std::string message, std::string hint) const {
        return Error("declarations-invalid", Exit::usage, std::move(message), std::move(hint))
            .at(shown_, static_cast<int>(where.begin.line), static_cast<int>(where.begin.column));
    }

  private:
    const toml::table& table_;
    std::string name_;
    const std::string& shown_;
    std::vector<std::string> known_;
};

/// Calls `take` for each [[key]] of the file, in its order.
template <class Take>
void eachOf(Table& file, const std::string& key, const std::string& shown, Take take) {
    const toml::node* node = file.find(key);
    if (node == nullptr) return;
    const toml::array* array = node->as_array();
    if (array == nullptr || !array->is_homogeneous(toml::node_type::table))
        throw file.wrong(*node, key, fmt::format("written as [[{}]], once for each", key));
    std::set<std::string> names;
    for (const toml::node& element : *array) {
        Table table(*element.as_table(), "[[" + key + "]]", shown);
        const std::string name = take(table);
        table.refuseTheRest();
        if (!names.insert(name).second)
            throw table.invalid(element.source(), fmt::format("two [[{}]] are named '{}'", key, name),
                                "give each a name of its own: reports tell them apart by it");
    }
}

std::vector<Check> readChecks(Table& file, const std::string& key, const std::string& shown) {
    std::vector<Check> checks;
    eachOf(file, key, shown, [&](Table& table) {
        Check check{table.text("name").value_or(fmt::format("{} {}", key, checks.size() + 1)),
                    table.neededText("sql"),
                    {},
                    table.line()};
        const std::optional<std::string> expect = table.answer("expect");
        if (!expect) throw table.missing("expect");
        check.expect = *expect;
        checks.push_back(check);
        return check.name;
    });
    return checks;
}

std::vector<Reconciliation> readReconciliations(Table& file, const std::string& shown) {
    std::vector<Reconciliation> all;
    eachOf(file, "reconcile", shown, [&](Table& table) {
        all.push_back({table.text("name").value_or(fmt::format("reconcile {}", all.size() + 1)),
                       table.neededText("sql"), table.answer("expect").value_or("same"), table.line()});
        return all.back().name;
    });
    return all;
}

std::vector<std::string> readKey(Table& table) {
    const toml::node* node = table.find("key");
    if (node == nullptr) throw table.missing("key");
    std::vector<std::string> columns;
    if (node->is_string()) columns.push_back(*node->value<std::string>());
    if (const toml::array* array = node->as_array())
        for (const toml::node& column : *array)
            if (column.is_string()) columns.push_back(*column.value<std::string>());
    const bool strings = node->is_string() || (node->is_array() && columns.size() == node->as_array()->size());
    if (!strings || columns.empty() || std::ranges::find(columns, "") != columns.end())
        throw table.wrong(*node, "key", "a column's name, or an array of them: [\"tenant\", \"id\"]");
    return columns;
}

std::optional<Backfill> readBackfill(Table& file, const std::string& shown) {
    const toml::node* node = file.find("backfill");
    if (node == nullptr) return std::nullopt;
    if (!node->is_table()) throw file.wrong(*node, "backfill", "one table, written as [backfill]");
    Table table(*node->as_table(), "[backfill]", shown);
    Backfill backfill;
    backfill.table = table.neededText("table");
    backfill.key = readKey(table);
    backfill.set = table.neededText("set");
    backfill.where = table.text("where").value_or("");
    backfill.line = table.line();
    if (const toml::node* batch = table.find("batch")) {
        const std::optional<int64_t> rows = batch->is_integer() ? batch->value<int64_t>() : std::nullopt;
        if (!rows || *rows < 1 || *rows > 1'000'000)
            throw table.wrong(*batch, "batch", "a number of rows from 1 to 1000000");
        backfill.batch = static_cast<int>(*rows);
    }
    if (const toml::node* pause = table.find("pause")) {
        const std::optional<Milliseconds> time =
            pause->is_string() ? parseDuration(*pause->value<std::string>()) : std::nullopt;
        if (!time) throw table.wrong(*pause, "pause", "a duration such as \"100ms\" or \"2s\"");
        backfill.pause = *time;
    }
    table.refuseTheRest();
    return backfill;
}

}  // namespace

Declarations readDeclarations(const std::string& path, const std::string& shown) {
    const std::string text = readScript(path, shown);
    toml::table root;
    try {
        root = toml::parse(text);
    } catch (const toml::parse_error& e) {
        throw Error("declarations-invalid", Exit::usage, fmt::format("this is not TOML: {}", e.description()),
                    "correct the line; texts that hold quotes or line ends go between ''' and '''")
            .at(shown, static_cast<int>(e.source().begin.line), static_cast<int>(e.source().begin.column));
    }
    Table file(root, "a declarations file", shown);
    Declarations declarations{.file = shown, .digest = sha256(text)};
    declarations.pre = readChecks(file, "pre", shown);
    declarations.post = readChecks(file, "post", shown);
    declarations.backfill = readBackfill(file, shown);
    declarations.reconcile = readReconciliations(file, shown);
    if (file.find("irreversible") != nullptr) declarations.irreversible = file.neededText("irreversible");
    file.refuseTheRest();
    return declarations;
}

}  // namespace slipway::changelogs
