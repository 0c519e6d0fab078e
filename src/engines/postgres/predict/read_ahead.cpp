#include "engines/postgres/predict/read_ahead.h"

#include "engines/postgres/parse_words.h"
#include "engines/postgres/parser_thread.h"
#include "engines/postgres/predict/newer_syntax.h"

namespace slipway::postgres {

std::string StatementReader::tree(std::string_view text, Statement& statement) {
    if (text.size() > ParserThread::current().largestStatement()) return "it is too large to be parsed";
    return reader_.read(text, statement);
}

void StatementReader::read(const Piece& piece, ReadStatement& read) {
    read.statement = {};
    read.statement.span = piece.span;
    read.statement.data = piece.data;
    read.statement.copyIn = piece.copyIn;
    const std::string_view text = piece.span.of(script_.text);
    read.problem = tree(text, read.statement);
    if (!read.problem.empty())
        if (const auto older = inOlderSyntax(text, serverMajor_); older && tree(*older, read.statement).empty()) read.problem.clear();
    if (read.problem.empty()) {
        read.tree.swap(reader_.tree());
    } else {
        readWords(text, read.statement);
        read.statement.why = std::make_shared<const std::string>(read.problem);
    }
}

size_t ReadAhead::fill(Block& block, StatementReader& reader, const std::vector<Piece>& pieces, size_t& next) {
    size_t bytes = 0, count = 0;
    while (count < mostStatements && bytes < mostBytes && next < pieces.size()) {
        ReadStatement& read = block.statements[count++];
        // A buffer that a giant needed is not kept for those behind it.
        if (read.tree.capacity() > mostBytes) std::string().swap(read.tree);
        reader.read(pieces[next++], read);
        bytes += read.tree.size();
    }
    return count;
}

void ReadAhead::readAll(StatementReader& reader, const std::vector<Piece>& pieces) {
    size_t next = 0;
    for (size_t i = 0; next < pieces.size(); i = (i + 1) % blocks_.size()) {
        Block& block = blocks_[i];
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return block.count == 0 || stopped_; });
        if (stopped_) return;
        lock.unlock();
        size_t count = 0;
        std::exception_ptr failure;
        try {
            count = fill(block, reader, pieces, next);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        block.count = count;
        failure_ = failure;
        changed_.notify_all();
        if (failure) return;
    }
}

const ReadStatement& ReadAhead::next() {
    if (taken_ == available_) {
        std::unique_lock lock(mutex_);
        if (available_ > 0) {
            blocks_[playing_].count = 0;
            playing_ = (playing_ + 1) % blocks_.size();
            changed_.notify_all();
        }
        changed_.wait(lock, [&] { return blocks_[playing_].count > 0 || failure_; });
        if (blocks_[playing_].count == 0) std::rethrow_exception(failure_);
        available_ = blocks_[playing_].count;
        taken_ = 0;
    }
    return blocks_[playing_].statements[taken_++];
}

void ReadAhead::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
}

}  // namespace slipway::postgres
