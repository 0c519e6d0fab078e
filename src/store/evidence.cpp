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

std::vector<std::string> evidenceFiles(const std::string& root) {
    std::vector<std::string> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(fs::path(root) / ".slipway" / "evidence", none))
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    return files;
}

}  // namespace slipway::store
