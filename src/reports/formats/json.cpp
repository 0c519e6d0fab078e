// One document for programs, with everything that is known (docs/reference/json.md).
#include <nlohmann/json.hpp>

#include "reports/format.h"

namespace slipway::reports {

namespace {

/// A string of JSON. The usual one is copied: a document tree would cost more than to tell what the statements do.
void addText(std::string& out, std::string_view text) {
    const bool plain = std::ranges::all_of(text, [](unsigned char c) { return c >= ' ' && c < 0x7F && c != '"' && c != '\\'; });
    if (plain)
        out.append("\"").append(text).append("\"");
    else
        out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The members of an object, one after the other.
class Members {
  public:
    explicit Members(std::string& out) : out_(out) { out_ += '{'; }
    void text(std::string_view name, std::string_view value) {
        key(name);
        addText(out_, value);
    }
    void number(std::string_view name, int value) {
        key(name);
        out_ += std::to_string(value);
    }
    void flag(std::string_view name, bool value) {
        key(name);
        out_ += value ? "true" : "false";
    }
    /// A list of what `show` writes for each of `effects` that `wanted` picks.
    template <class Wanted, class Show>
    void list(std::string_view name, const std::vector<Effect>& effects, Wanted wanted, Show show) {
        key(name);
        out_ += '[';
        bool any = false;
        for (const Effect& effect : effects) {
            if (!wanted(effect)) continue;
            if (any) out_ += ", ";
            any = true;
            show(effect);
        }
        out_ += ']';
    }
    void names(std::string_view name, const std::vector<Effect>& effects, bool Effect::*wanted) {
        list(name, effects, [&](const Effect& e) { return e.*wanted; }, [&](const Effect& e) { addText(out_, e.relation); });
    }
    void end() { out_ += '}'; }

  private:
    void key(std::string_view name) {
        if (any_) out_ += ", ";
        any_ = true;
        out_.append("\"").append(name).append("\": ");
    }

    std::string& out_;
    bool any_ = false;
};

void addStatement(std::string& out, const JudgedScript& script, const JudgedStatement& one, int line) {
    const Statement& statement = one.statement;
    const std::vector<Effect>& effects = one.effects.effects;
    Members members(out);
    members.number("line", line);
    members.text("sql", statement.span.of(script.script.text));
    members.text("kind", statement.kind);
    members.flag("transactional", statement.runs != Runs::alone);
    members.list("locks", effects, [](const Effect& e) { return e.lock != LockMode::none; }, [&](const Effect& e) {
        Members lock(out);
        lock.text("relation", e.relation);
        lock.text("mode", nameOf(e.lock));
        lock.end();
    });
    members.names("rewrites", effects, &Effect::rewrites);
    members.names("scans", effects, &Effect::scans);
    members.names("rebuilds", effects, &Effect::rebuilds);
    members.names("drops", effects, &Effect::drops);
    members.list("renames", effects, [](const Effect& e) { return !e.renamedTo.empty(); }, [&](const Effect& e) {
        Members rename(out);
        rename.text("from", e.relation);
        rename.text("to", e.renamedTo);
        rename.end();
    });
    members.flag("certain", one.effects.certain);
    if (!one.effects.certain) members.text("why", one.effects.why);
    members.text("by", one.effects.by == By::observed ? "observed" : "predicted");
    members.number("segment", one.segment);
    members.end();
}

void addFinding(std::string& out, const Finding& finding) {
    Members members(out);
    members.text("rule", finding.rule);
    members.text("severity", nameOf(finding.severity));
    members.number("line", finding.line);
    members.number("column", finding.column);
    members.text("message", finding.message);
    members.text("help", finding.help);
    if (finding.category != Category::none) members.text("category", nameOf(finding.category));
    if (finding.ground != Ground::none) members.text("ground", nameOf(finding.ground));
    members.end();
}

/// Lines of a list's elements, with commas between them.
template <class List, class Add>
void writeList(const LineSink& write, std::string_view indent, const List& list, Add add) {
    std::string line;
    for (size_t i = 0; i < list.size(); i++) {
        line = indent;
        add(line, list[i]);
        if (i + 1 < list.size()) line += ',';
        write(line);
    }
}

/// Line by line, a statement on each: a large release is never in memory as a whole.
void writeJson(const ReleaseEffects& release, const Presentation&, const LineSink& write) {
    write("{");
    write("  \"slipway\": 1,");
    write("  \"server_version\": " + std::to_string(release.serverVersion) + ",");
    write("  \"migrations\": [");
    for (const JudgedScript& script : release.scripts) {
        std::string head = "    {\"id\": ";
        addText(head, script.id);
        head += ", \"file\": ";
        addText(head, script.script.file);
        write(head + ",");
        write("      \"statements\": [");
        LineCounter lines(script.script);
        writeList(write, "        ", script.statements, [&](std::string& out, const JudgedStatement& one) {
            addStatement(out, script, one, lines.lineOf(one.statement.span.begin));
        });
        write("      ],");
        write("      \"findings\": [");
        writeList(write, "        ", script.findings, addFinding);
        write(&script == &release.scripts.back() ? "      ]}" : "      ]},");
    }
    write("  ],");
    write(release.passed() ? "  \"verdict\": \"pass\"" : "  \"verdict\": \"fail\"");
    write("}");
}

}  // namespace

extern const Format format_json = {"json", "one document with everything, for programs", writeJson};

}  // namespace slipway::reports
