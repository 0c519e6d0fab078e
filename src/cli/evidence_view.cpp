#include "cli/evidence_view.h"

#include "cli/findings.h"

namespace slipway::cli {

void printEvidence(const Evidence& evidence, bool facts, Terminal& terminal) {
    for (const StageOutcome& stage : evidence.stages) {
        const bool wanted = facts && !stage.facts.empty();
        if (stage.findings.empty() && !wanted) continue;
        terminal.line();
        terminal.line(terminal.styled(stage.stage, Style::bold));
        if (wanted)
            for (const auto& [name, value] : stage.facts) terminal.line(fmt::format("  {}: {}", name, value));
        printFindings(stage.findings, terminal);
    }
}

}  // namespace slipway::cli
