// What the body of a PL/pgSQL function does.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/predict/prediction.h"

namespace slipway::postgres {

/// Values of variables that are constants; an expression over them may be known.
using Constants = std::map<std::string, std::string, std::less<>>;

/// The text that an expression of constants comes to: what EXECUTE executes. nullopt when it is only known at run time.
std::optional<std::string> constantText(const Node& expression, const Constants& constants);

/// Walks through a body, statement by statement, and plays the SQL in it.
class PlpgsqlPlayer {
  public:
    /// `name` is how people are told where: "function app.f".
    PlpgsqlPlayer(Prediction& prediction, std::string name) : prediction_(prediction), name_(std::move(name)) {}

    /// A PLpgSQL_function node.
    void play(const Node& function);

  private:
    void readConstants(const Node& function);
    void statements(const std::vector<Node>& list);
    void statement(const Node& statement);
    void block(const Node& block);
    void branch(const std::vector<Node>& list, int64_t line);
    void conditional(const Node& statement);
    void choice(const Node& statement);
    void forEach(const Node& statement);
    void dynamic(const Node& expression, int64_t line);
    void expression(const Node& expression, int64_t line);
    void sql(std::string_view text, int64_t line);
    std::optional<bool> decide(const Node& condition) const;
    std::string place(int64_t line) const;

    Prediction& prediction_;
    std::string name_;
    Constants constants_;
    std::vector<std::string> variables_;    ///< by their number in the tree
    bool returned_ = false;                 ///< nothing behind this is executed
    int branches_ = 0;                      ///< how many conditions stand around
    int handlers_ = 0;                      ///< how many blocks with handlers do
    std::optional<size_t> left_;            ///< what was told when it may have returned: Prediction::told()
    int64_t leftLine_ = 0;
};

}  // namespace slipway::postgres
