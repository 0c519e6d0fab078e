#include "commands/fix_script.h"

#include <algorithm>

#include "base/text.h"
#include "engines/postgres/rewrite.h"
#include "rules/rule.h"

namespace slipway::commands {

namespace {

/// A piece of the file's own text and what takes its place.
struct Edit {
    size_t begin = 0, end = 0;
    std::string text;
};

class Fixing {
  public:
    explicit Fixing(const JudgedScript& script) : script_(script), raw_(script.script.raw.empty() ? script.script.text : script.script.raw) {}

    FixedScript run() {
        for (size_t i = 0; i < script_.statements.size(); i++) one(i);
        split();
        std::ranges::stable_sort(edits_, {}, &Edit::begin);
        size_t at = 0;
        for (const Edit& edit : edits_) {
            result_.text += raw_.substr(at, edit.begin - at) + edit.text;
            at = edit.end;
        }
        result_.text += raw_.substr(at);
        result_.changed = !edits_.empty();
        result_.further.insert(result_.further.end(), deferred_.begin(), deferred_.end());
        return result_;
    }

  private:
    Span spanOf(size_t index) const {
        const Span span = script_.statements[index].statement.span;
        return {static_cast<uint32_t>(script_.script.offsetInFile(span.begin)), static_cast<uint32_t>(script_.script.offsetInFile(span.end))};
    }

    /// The first fix that a finding about the statement has.
    void one(size_t index) {
        std::vector<std::string> notes;
        for (const Finding& finding : script_.findings) {
            if (finding.statement != static_cast<int>(index) || finding.severity == Severity::note) continue;
            const rules::Rule* rule = rules::findRule(finding.rule);
            if (!rule || rule->id == std::string_view("ddl-and-dml")) continue;
            const auto fix = rule->fix ? rule->fix(script_.statements[index]) : std::nullopt;
            if (fix && apply(index, *fix)) return;  // what else was found is found in the form that goes
            if (mixed_ && finding.rule == "work-under-lock") continue;  // parted from the rest it gets a transaction of its own
            notes.push_back(fmt::format("{}:{}: {} [{}]: {}", finding.file, finding.line, finding.message, finding.rule, finding.help));
        }
        result_.notes.insert(result_.notes.end(), notes.begin(), notes.end());
    }

    bool apply(size_t index, const rules::Fix& fix) {
        const Span span = spanOf(index);
        const std::string statement = raw_.substr(span.begin, span.end - span.begin);
        std::string text;
        if (fix.edit == rules::Fix::Edit::concurrently) {
            const auto edited = postgres::withConcurrently(statement);
            if (!edited) return false;
            text = *edited + ";";
        } else if (fix.edit == rules::Fix::Edit::notValid) {
            text = postgres::withNotValid(statement) + ";";
        }
        for (const rules::Fix::Step& step : fix.steps) {
            if (step.alone) deferred_.push_back({step.sql, step.undo});
            else text += (text.empty() ? "" : "\n") + step.sql;
            if (!step.alone && !step.undo.empty()) result_.undo = step.undo + "\n" + result_.undo;
        }
        if (text.ends_with(';')) text.pop_back();  // that of the statement follows
        edits_.push_back({span.begin, span.end, text});
        return true;
    }

    enum class Kind { neutral, definition, rows };

    Kind kindOf(const JudgedStatement& one) const {
        Kind kind = Kind::neutral;
        for (const Change& change : one.changes) {
            if (const auto* write = std::get_if<change::Write>(&change.what)) {
                if (write->table.inUse()) kind = Kind::rows;
            } else if (!std::holds_alternative<change::SetVariable>(change.what) && !std::holds_alternative<change::UseEnumValue>(change.what)) {
                return Kind::definition;
            }
        }
        return kind;
    }

    /// Where definitions and rows follow each other, the rest goes into migrations of its own, in the same order.
    void split() {
        if (!mixed_) return;
        Kind now = Kind::neutral;
        std::string settings;  // of the session: each file begins with them
        for (size_t i = 0; i < script_.statements.size(); i++) {
            const JudgedStatement& one = script_.statements[i];
            const Span span = spanOf(i);
            const std::string sql = raw_.substr(span.begin, span.end - span.begin) + ";\n";
            if (one.statement.session) settings += sql;
            const Kind kind = kindOf(one);
            if (kind != Kind::neutral && now != Kind::neutral && kind != now) pieces_.push_back({settings, ""});
            if (kind != Kind::neutral) now = kind;
            if (pieces_.empty() || one.statement.session) continue;
            const auto edited = std::ranges::find(edits_, span.begin, &Edit::begin);
            pieces_.back().sql += edited == edits_.end() ? sql : edited->text + ";\n";
            if (edited != edits_.end()) edits_.erase(edited);
            size_t end = span.end;
            while (end < raw_.size() && raw_[end] != '\n' && raw_[end] != ';') end++;
            while (end < raw_.size() && (raw_[end] == ';' || raw_[end] == '\n')) end++;
            edits_.push_back({span.begin, end, ""});
        }
        result_.further.insert(result_.further.end(), pieces_.begin(), pieces_.end());
        result_.parted = !pieces_.empty();
    }

    const JudgedScript& script_;
    const std::string& raw_;
    const bool mixed_ = std::ranges::any_of(script_.findings, [](const Finding& each) { return each.rule == "ddl-and-dml"; });
    std::vector<Edit> edits_;
    std::vector<Piece> deferred_, pieces_;
    FixedScript result_;
};

}  // namespace

FixedScript fixScript(const JudgedScript& script) { return Fixing(script).run(); }

}  // namespace slipway::commands
