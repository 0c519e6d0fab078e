#include "store/evidence.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/files.h"
#include "store/run_log.h"

namespace slipway::store {

std::string writeEvidence(const std::string& root, const std::string& document) {
    const std::string folder = ownFolder(root, "evidence");
    if (folder.empty()) return "";
    const fs::path file = fs::path(folder) / (sha256(document) + ".json");
    try {
        writeFile(file, document);
    } catch (const Error&) {
        return "";
    }
    return shownPath(file);
}

}  // namespace slipway::store
