// From the text of a script to its statements.
#pragma once

#include <vector>

#include "model/script.h"
#include "model/statement.h"

namespace slipway::postgres {

/// One piece of a script as the splitter sees it: what lies between two semicolons that separate statements.
struct Piece {
    Span span;            ///< without leading blanks and comments, without the semicolon
    Span data;            ///< COPY ... FROM stdin: its lines, without "\."
    bool copyIn = false;
};

/// Cuts a script into statements the way psql does, but as a whole: dollar quotes, nested comments, E'' strings,
/// parentheses (rules with several actions), BEGIN ATOMIC ... END bodies, COPY data, a byte order mark. Empty
/// statements are left out; \restrict and \unrestrict lines of pg_dump are passed over.
/// Throws Error (usage) with file, line and column: "psql-command" for \i, \set ..., "unterminated" for a quote,
/// comment, dollar quote or body that never ends, "copy-line" for text behind COPY ... FROM stdin; on its line,
/// "script-too-large" from 4 GB on.
std::vector<Piece> split(const ScriptText& script);

/// split(), then each statement through PostgreSQL's own parser (libpg_query), which runs on a thread with a large
/// stack, since it has no guard against deep nesting. What does not parse (syntax newer than the parser, or wrong)
/// keeps `why`, is told by its first words and goes to the server as it is: the server has the last word. So is a statement
/// of more than a megabyte. An INSERT, UPDATE or DELETE is told by its first word and not parsed here.
/// The kinds are PostgreSQL's command tags in snake_case; "opaque" is none of them.
std::vector<Statement> parse(const ScriptText& script);

/// The fields of one statement. `text` is the statement alone.
Statement classify(std::string_view text);

}  // namespace slipway::postgres
