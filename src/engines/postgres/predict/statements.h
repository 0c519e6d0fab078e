// The statements that can be played: one function for each node of the parse tree.
#pragma once

#include <string_view>

#include "engines/postgres/predict/prediction.h"

namespace slipway::postgres {

/// Plays a statement of one kind; see play() in prediction.h.
using Player = void (*)(Prediction& prediction, const Node& statement, std::string_view text);

void playAlterDomain(Prediction&, const Node&, std::string_view);
void playAlterEnum(Prediction&, const Node&, std::string_view);
void playAlterExtension(Prediction&, const Node&, std::string_view);
void playAlterFunction(Prediction&, const Node&, std::string_view);
void playAlterOwner(Prediction&, const Node&, std::string_view);
void playAlterPolicy(Prediction&, const Node&, std::string_view);
void playAlterPublication(Prediction&, const Node&, std::string_view);
void playAlterSchema(Prediction&, const Node&, std::string_view);
void playAlterSequence(Prediction&, const Node&, std::string_view);
void playAlterStatistics(Prediction&, const Node&, std::string_view);
void playAlterTable(Prediction&, const Node&, std::string_view);
void playCall(Prediction&, const Node&, std::string_view);
void playCluster(Prediction&, const Node&, std::string_view);
void playComment(Prediction&, const Node&, std::string_view);
void playCompositeType(Prediction&, const Node&, std::string_view);
void playCopy(Prediction&, const Node&, std::string_view);
void playCreateDomain(Prediction&, const Node&, std::string_view);
void playCreateEnum(Prediction&, const Node&, std::string_view);
void playCreateExtension(Prediction&, const Node&, std::string_view);
void playCreateFunction(Prediction&, const Node&, std::string_view);
void playCreateIndex(Prediction&, const Node&, std::string_view);
void playCreatePolicy(Prediction&, const Node&, std::string_view);
void playCreatePublication(Prediction&, const Node&, std::string_view);
void playCreateRange(Prediction&, const Node&, std::string_view);
void playCreateRule(Prediction&, const Node&, std::string_view);
void playCreateSchema(Prediction&, const Node&, std::string_view);
void playCreateSequence(Prediction&, const Node&, std::string_view);
void playCreateStatistics(Prediction&, const Node&, std::string_view);
void playCreateTable(Prediction&, const Node&, std::string_view);
void playCreateTableAs(Prediction&, const Node&, std::string_view);
void playCreateTrigger(Prediction&, const Node&, std::string_view);
void playDefine(Prediction&, const Node&, std::string_view);
void playDepends(Prediction&, const Node&, std::string_view);
void playDo(Prediction&, const Node&, std::string_view);
void playDrop(Prediction&, const Node&, std::string_view);
void playDropOwned(Prediction&, const Node&, std::string_view);
void playExecute(Prediction&, const Node&, std::string_view);
void playExplain(Prediction&, const Node&, std::string_view);
void playExtensionContents(Prediction&, const Node&, std::string_view);
void playGrant(Prediction&, const Node&, std::string_view);
void playLock(Prediction&, const Node&, std::string_view);
void playMoveAll(Prediction&, const Node&, std::string_view);
void playNamedOther(Prediction&, const Node&, std::string_view);
void playPrepare(Prediction&, const Node&, std::string_view);
void playQueryStatement(Prediction&, const Node&, std::string_view);
void playRefresh(Prediction&, const Node&, std::string_view);
void playReindex(Prediction&, const Node&, std::string_view);
void playRename(Prediction&, const Node&, std::string_view);
void playSet(Prediction&, const Node&, std::string_view);
void playTruncate(Prediction&, const Node&, std::string_view);
void playVacuum(Prediction&, const Node&, std::string_view);
void playView(Prediction&, const Node&, std::string_view);

}  // namespace slipway::postgres
