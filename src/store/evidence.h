// Evidence on disk: canonical documents named by their digest, so that what is approved cannot be changed unseen.
#pragma once

#include <string>
#include <vector>

namespace slipway::store {

/// Writes the document to ROOT/.slipway/evidence/SHA256.json and returns the path; "" when the folder cannot be made.
std::string writeEvidence(const std::string& root, const std::string& document);

/// The documents written so far, in no order.
std::vector<std::string> evidenceFiles(const std::string& root);

}  // namespace slipway::store
