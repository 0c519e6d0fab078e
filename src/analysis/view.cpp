#include "analysis/view.h"

#include "base/text.h"

namespace slipway::analysis {

namespace {

/// The timeouts that a script's session has, statement by statement.
class Session {
  public:
    OwnTimeout lock, statement;

    void enter(int segment) {
        if (segment == segment_) return;
        segment_ = segment;
        if (lockLocal_) lock = lockOutside_;  // SET LOCAL ends with its transaction
        if (statementLocal_) statement = statementOutside_;
        lockLocal_ = statementLocal_ = false;
    }

    void apply(const change::SetVariable& set, size_t index, bool inTransaction) {
        if (set.name == "lock_timeout" || set.name == "all") change(set, index, inTransaction, lock, lockOutside_, lockLocal_);
        if (set.name == "statement_timeout" || set.name == "all") change(set, index, inTransaction, statement, statementOutside_, statementLocal_);
    }

  private:
    static void change(const change::SetVariable& set, size_t index, bool inTransaction, OwnTimeout& now, OwnTimeout& outside, bool& local) {
        if (set.local && !inTransaction) return;  // the server warns and forgets it
        if (set.local && !local) outside = now, local = true;
        if (!set.local) local = false;
        now = {set.resets ? std::nullopt : timeoutValue(set.value), index};
    }

    int segment_ = 0;
    OwnTimeout lockOutside_, statementOutside_;
    bool lockLocal_ = false, statementLocal_ = false;
};

}  // namespace

std::optional<Milliseconds> timeoutValue(std::string_view text) {
    const std::string value(trim(text));
    size_t digits = 0;
    while (digits < value.size() && value[digits] >= '0' && value[digits] <= '9') digits++;
    constexpr size_t mostDigits = 10;
    if (digits == 0 || digits > mostDigits) return std::nullopt;
    const int64_t number = std::stoll(value.substr(0, digits));
    const std::string unit(trim(std::string_view(value).substr(digits)));
    if (unit.empty() || unit == "ms") return Milliseconds(number);
    if (unit == "us") return Milliseconds(number / 1000);
    if (unit == "s") return Milliseconds(number * 1000);
    if (unit == "min") return Milliseconds(number * 60'000);
    if (unit == "h") return Milliseconds(number * 3'600'000);
    if (unit == "d") return Milliseconds(number * 86'400'000);
    return std::nullopt;
}

int lineOf(const JudgedScript& script, const JudgedStatement& one) { return script.script.positionOf(one.statement.span.begin).line; }

bool StatementView::rewrites(const RelationRef& relation) const {
    const Effect* effect = effectOn(relation);
    return effect && effect->rewrites;
}

bool StatementView::scans(const RelationRef& relation) const {
    const Effect* effect = effectOn(relation);
    return effect && effect->scans;
}

void forEachStatement(const ReleaseEffects& release, const JudgedScript& script, const std::function<void(const StatementView&)>& visit) {
    std::map<std::string, Held> held;
    Session session;
    int segment = 0;
    for (size_t i = 0; i < script.statements.size(); i++) {
        const JudgedStatement& one = script.statements[i];
        if (one.segment != segment) held.clear();
        segment = one.segment;
        session.enter(segment);
        visit({release, script, one, i, held, session.lock, session.statement});
        for (const Change& each : one.changes)
            if (const auto* set = std::get_if<change::SetVariable>(&each.what)) session.apply(*set, i, one.statement.runs != Runs::alone);
        for (const Effect& effect : one.effects.effects) {
            Held& known = held[effect.relation];
            if (effect.lock > known.mode) known = {effect.lock, i, effect.kind};
        }
    }
}

}  // namespace slipway::analysis
